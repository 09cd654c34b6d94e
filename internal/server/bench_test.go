package server

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/engawa/engawa/internal/config"
)

// dealFields is the form of the load generator's app.
const dealFields = `{
	"title":{"type":"SINGLE_LINE_TEXT","code":"title"},"company":{"type":"SINGLE_LINE_TEXT","code":"company"},
	"amount":{"type":"NUMBER","code":"amount"},"due":{"type":"DATE","code":"due"},"meet":{"type":"DATETIME","code":"meet"},
	"stage":{"type":"DROP_DOWN","code":"stage","options":{"未着手":{"label":"未着手","index":"0"},"提案中":{"label":"提案中","index":"1"},"受注":{"label":"受注","index":"2"}}},
	"tags":{"type":"MULTI_SELECT","code":"tags","options":{"重要":{"label":"重要","index":"0"},"新規":{"label":"新規","index":"1"}}},
	"done":{"type":"CHECK_BOX","code":"done","options":{"済":{"label":"済","index":"0"}}},
	"email":{"type":"LINK","code":"email","protocol":"MAIL"},"phone":{"type":"LINK","code":"phone","protocol":"CALL"},
	"memo":{"type":"MULTI_LINE_TEXT","code":"memo"},"owner":{"type":"SINGLE_LINE_TEXT","code":"owner"}}`

var stages = []string{"未着手", "提案中", "受注"}

func deal(i int) string {
	memo := strings.Repeat("見積書 を 送付 しました 担当者 は 来週 訪問 予定 です quotation sent to the customer ", 5)
	return fmt.Sprintf(`{"title":{"value":"案件 deal #%07d"},"company":{"value":"東京商事株式会社%03d"},"amount":{"value":"%d"},
		"due":{"value":"202%d-%02d-%02d"},"meet":{"value":"2026-%02d-11T09:30:00Z"},"stage":{"value":"%s"},"tags":{"value":["重要"]},"done":{"value":[]},
		"email":{"value":"user%d@example.com"},"phone":{"value":"03-1234-%04d"},"memo":{"value":"案件番号K%03d%s"},"owner":{"value":"user%02d"}}`,
		i, i%1000, i*7919%1000000, 4+i%4, 1+i%12, 1+i%28, 1+i%12, stages[i%3], i, i%10000, i%1000, memo, i%50)
}

// site is a running handler with the load generator's app and n records in it.
type site struct {
	b       *testing.B
	handler http.Handler
	auth    string
}

func newSite(b *testing.B, n int) *site {
	b.Helper()
	c := config.Config{Data: b.TempDir(), BaseURL: "http://127.0.0.1", MailFrom: "engawa@example.com", AdminLogin: "admin", AdminPassword: "correct horse 1"}
	s, err := New(context.Background(), c, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	if _, err := s.Prepare(context.Background()); err != nil {
		b.Fatal(err)
	}
	t := &site{b, s.Handler(), base64.StdEncoding.EncodeToString([]byte("admin:correct horse 1"))}
	t.post("/k/v1/preview/app.json", `{"name":"deals"}`)
	t.post("/k/v1/preview/app/form/fields.json", `{"app":1,"properties":`+dealFields+`}`)
	t.post("/k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
	for i := 0; i < n; i += 100 {
		t.post("/k/v1/records.json", bulk(i, min(i+100, n)))
	}
	return t
}

func bulk(from, to int) string {
	var list []string
	for i := from; i < to; i++ {
		list = append(list, deal(i))
	}
	return `{"app":1,"records":[` + strings.Join(list, ",") + `]}`
}

func (t *site) post(path, body string) { t.do("POST", path, body) }

func (t *site) do(method, path, body string) {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("X-Cybozu-Authorization", t.auth)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	t.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.b.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
}

func BenchmarkGet(b *testing.B) {
	t := newSite(b, 1000)
	b.ResetTimer()
	for i := range b.N {
		t.do("GET", fmt.Sprintf("/k/v1/record.json?app=1&id=%d", 1+i%1000), "")
	}
}

func BenchmarkCreate(b *testing.B) {
	t := newSite(b, 0)
	var n atomic.Int64
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			t.post("/k/v1/record.json", `{"app":1,"record":`+deal(int(n.Add(1)))+`}`)
		}
	})
}

func BenchmarkBulk100(b *testing.B) {
	t := newSite(b, 0)
	b.ResetTimer()
	for i := range b.N {
		t.post("/k/v1/records.json", bulk(i*100, i*100+100))
	}
}

func BenchmarkUpdate(b *testing.B) {
	t := newSite(b, 1000)
	var n atomic.Int64
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := int(n.Add(1))
			t.do("PUT", "/k/v1/record.json", fmt.Sprintf(`{"app":1,"id":%d,"record":{"amount":{"value":"%d"},"stage":{"value":"%s"}}}`, 1+i%1000, i, stages[i%3]))
		}
	})
}

func BenchmarkList100(b *testing.B) {
	t := newSite(b, 5000)
	q := url.QueryEscape(`amount > "500000" and stage in ("受注", "提案中") order by due desc limit 100`)
	b.ResetTimer()
	for range b.N {
		t.do("GET", "/k/v1/records.json?app=1&query="+q, "")
	}
}
