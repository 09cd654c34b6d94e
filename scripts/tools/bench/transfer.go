package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/url"
	"time"

	"golang.org/x/text/encoding/japanese"
)

// rowsOfFile is how many rows the imported file has: as many as Japan has postal codes.
const rowsOfFile = 146_924

// file makes a file as Japanese offices exchange them: CSV, Shift_JIS, CRLF, half-width katakana, empty columns.
func file() ([]byte, error) {
	r := rand.New(rand.NewPCG(1, 42))
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	var b bytes.Buffer
	w := csv.NewWriter(japanese.ShiftJIS.NewEncoder().Writer(&b))
	w.UseCRLF = true
	rows := [][]string{{"郵便番号", "都道府県", "市区町村", "町域", "番地", "事業所名", "都道府県カナ", "市区町村カナ", "町域カナ"}}
	for i := range rowsOfFile {
		prefecture := pick("北海道", "東京都", "京都府", "秋田県", "福岡県")
		city := fmt.Sprintf("%s%s市", pick("北", "南", "東", "西"), pick("川", "山", "島", "田", "浜"))
		town := fmt.Sprintf("%s町%d丁目", pick("寺内", "本", "栄", "緑", "港", "旭"), 1+r.IntN(9))
		rows = append(rows, []string{
			fmt.Sprintf("%03d-%04d", i/10000, i%10000), prefecture, city, town, "", "",
			pick("ﾎｯｶｲﾄﾞｳ", "ﾄｳｷｮｳﾄ", "ｱｷﾀｹﾝ"), pick("ｷﾀｶﾜｼ", "ﾐﾅﾐﾔﾏｼ"), pick("ﾃﾗｳﾁﾏﾁ", "ﾎﾝﾏﾁ", "ｻｶｴﾏﾁ"),
		})
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// importFile makes an app of the file and answers the app's id and the rows taken per second, from the moment
// the import is started until it is done.
func importFile(c *client) (app string, rate float64, err error) {
	content, err := file()
	if err != nil {
		return "", 0, err
	}
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	part, err := m.CreateFormFile("file", "郵便番号.csv")
	if err != nil {
		return "", 0, err
	}
	part.Write(content)
	m.Close()
	answer, err := c.do("POST", "/api/v1/imports", m.FormDataContentType(), form.Bytes())
	if err != nil {
		return "", 0, err
	}
	var job struct {
		ID, State, App, Error string
		Columns               []map[string]any
		Done, Rejected        int
	}
	if err := decode(answer.Body, &job); err != nil {
		return "", 0, err
	}
	here := "/api/v1/import?id=" + url.QueryEscape(job.ID)
	look := func(state string) func() (bool, error) {
		return func() (bool, error) {
			job.State = ""
			err := c.call("GET", here, nil, &job)
			if err == nil && (job.State == "failed" || job.State == "cancelled") {
				err = fmt.Errorf("import: %s %s", job.State, job.Error)
			}
			return job.State == state, err
		}
	}
	if err := until(time.Minute, 20*time.Millisecond, look("preview")); err != nil {
		return "", 0, err
	}
	began := time.Now()
	begin := map[string]any{"id": job.ID, "appName": "郵便番号", "columns": job.Columns}
	if err := c.call("POST", "/api/v1/import/start", begin, nil); err != nil {
		return "", 0, err
	}
	if err := until(5*time.Minute, 100*time.Millisecond, look("done")); err != nil {
		return "", 0, err
	}
	if job.Rejected > 0 {
		return "", 0, fmt.Errorf("import: %d rows rejected", job.Rejected)
	}
	return job.App, rowsOfFile / time.Since(began).Seconds(), nil
}

// exportFile answers the rows per second at which the app comes back as CSV.
func exportFile(c *client, app string) (rate float64, err error) {
	began := time.Now()
	answer, err := c.do("GET", "/api/v1/export.csv?app="+url.QueryEscape(app), "", nil)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	if lines := bytes.Count(content, []byte("\n")); lines < rowsOfFile {
		return 0, fmt.Errorf("export: %d lines, want %d", lines, rowsOfFile)
	}
	return rowsOfFile / time.Since(began).Seconds(), nil
}
