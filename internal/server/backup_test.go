package server

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/id"
)

// The restore drill: what a company has comes back on another machine, on either database, to the last file and line of
// history, and goes on from there. Attack case 76.
func TestBackupsMoveBetweenDatabases(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, from db.Options) {
		s := buildTestSite(t, from)
		next := furnish(s)
		before := everything(s)
		path := backupOf(t, s, from, nil)
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("others may read the backup: %v, %v", info.Mode(), err)
		}
		dbtest.EachLasting(t, func(t *testing.T, to db.Options) {
			data := filepath.Join(t.TempDir(), "new")
			summary, err := restoreInto(t.Context(), data, to, path, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			if summary.Records != 31 || summary.Files != 4 || len(summary.Missing) > 0 {
				t.Errorf("%+v", summary)
			}
			r := reopened(t, to, data)
			for _, d := range differences(before, everything(r)) {
				t.Errorf("told otherwise: %s", d)
			}
			r.drain()
			goesOn(r, next)
		})
	})
}

// goesOn works with a restored site.
func goesOn(r *testSite, next id.Record) {
	t := r.T
	t.Helper()
	orders := `"app":2`
	for query, want := range map[string]string{
		`note like "樫の"`:                           `"totalCount":"0"`,
		`note like "の机"`:                           `"totalCount":"28"`,
		`part like "天板"`:                           `"totalCount":"1"`,
		`paper like "見積"`:                          `"totalCount":"1"`,
		`amount > 123456789012.3455`:               `"totalCount":"1"`,
		`amount = 123456789012.3456`:               `"totalCount":"1"`,
		`deal = "D-1" and who in ("aiko") limit 1`: `"totalCount":"1"`,
		`no = "N-29" order by amount desc limit 1`: `"totalCount":"1"`,
	} {
		got := r.call("root", "GET /k/v1/records.json?app=2&totalCount=true&query="+url.QueryEscape(query), "")
		if !strings.Contains(string(got.Body), want) {
			t.Errorf("%s: want %s in %.300s", query, want, got.Body)
		}
	}
	added := r.must("root", "POST /k/v1/record.json", `{`+orders+`,"record":{"no":{"value":"new"},"lines":{"value":[{"value":{"part":{"value":"棚"}}}]}}}`)
	if got := added["id"]; got != id.String(next) {
		t.Errorf("the next record is %v, want %d: numbers are not used again", got, next)
	}
	if got := r.call("root", "POST /k/v1/record.json", `{`+orders+`,"record":{"no":{"value":"N-7"}}}`).String(); !strings.HasPrefix(got, "400") {
		t.Errorf("a value that must be unique was taken twice: %s", got)
	}
	r.must("root", "POST /api/v1/trash/restore", `{`+orders+`,"ids":["3"]}`)
	r.must("aiko", "POST /k/v1/record/comment.json", `{`+orders+`,"record":"1","comment":{"text":"again"}}`)
	if key := r.upload("aiko", "a.txt", "text/plain", "a").fileKey(); key == "" {
		t.Error("no file can be uploaded")
	}
	if got := r.call("root", "GET /k/v1/records.json?app=2&query="+"no+%3D+%22new%22", ""); !strings.Contains(string(got.Body), "棚") {
		t.Errorf("%s", got.Body)
	}
}
