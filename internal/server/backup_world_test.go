package server

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/backup"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// databaseIn is the embedded database of a data folder.
func databaseIn(data string) db.Options {
	return db.Options{URL: "sqlite:" + filepath.Join(data, databaseFile)}
}

// reopened is the site in a data folder and a database, as after a restart.
func reopened(t *testing.T, o db.Options, data string) *testSite {
	t.Helper()
	s := emptyTestSite(t, o, data)
	s.World = world.On(t, s.db, s.people, s.pages.Apps, s.records, s.files)
	return s
}

// backupOf writes a backup of s, which goes on, and returns its file.
func backupOf(t *testing.T, s *testSite, o db.Options, progress backup.Progress) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "site.backup")
	if _, err := writeBackup(t.Context(), s.config, o, path, "", progress); err != nil {
		t.Fatal(err)
	}
	return path
}

// furnish fills a site with one of everything that a backup has to carry. It returns the number of the next record of the
// app orders.
func furnish(s *testSite) (next id.Record) {
	o := newOrchard(s.T, s, "")
	w := s.World
	w.Organization("east", "")
	w.Organization("head", "")
	top := "head"
	s.must("root", "PUT /v1/organizations.json", `{"organizations":[{"code":"east","parentCode":"`+top+`"}]}`) // its parent comes later
	w.Group("buyers", w.As("aiko"))
	w.As("aiko").Join("east")
	o.app.AddFields("sku text unique")
	o.app.Update(o.record, record.Input{"sku": {Value: json.RawMessage(`"D-1"`)}})
	a := w.App("orders", `no text unique; amount number; gone number; note multiline; at datetime; who user; many check(a|b|c);
		paper file; lines table(part text, price number, lost text, scan file)`)
	a.Define(`{"deal":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":"` + id.String(o.app.ID) + `"},"relatedKeyField":"sku"}},
		"twice":{"type":"CALC","expression":"amount*2"}}`)
	for i := range 30 {
		a.AddJSON(fmt.Sprintf(`{"no":{"value":"N-%d"},"amount":{"value":"%d.%d"},"note":{"value":"第%d号\n\"樫\"の机\t<b>&\\"}}`, i, i*1000, i, i))
	}
	rich := a.AddJSON(`{"no":{"value":"rich"},"amount":{"value":"123456789012.3456"},"gone":{"value":"0.1"},"deal":{"value":"D-1"},
		"at":{"value":"2026-11-21T09:30:00Z"},"who":{"value":[{"code":"aiko"}]},"many":{"value":["c","a"]},
		"paper":{"value":[{"fileKey":"` + w.Upload("紙.txt", "いつもの見積書") + `"}]},
		"lines":{"value":[{"value":{"part":{"value":"脚"},"price":{"value":"-0.10"},"lost":{"value":"x"}}},
			{"value":{"part":{"value":"天板"},"scan":{"value":[{"fileKey":"` + w.Upload("scan.txt", "scanned") + `"}]}}}]}}`)
	w.As("aiko").Comment(a, rich, "internal", "見ました", w.Root)
	s.must("aiko", "PUT /k/v1/record.json", `{"app":`+id.String(a.ID)+`,"id":"`+id.String(rich)+`","record":{"note":{"value":"changed"}}}`)
	a.Delete(3)
	a.Edit(func(st *app.Settings, _ *errs.Fields) {
		if err := st.DeleteFields([]string{"gone", "lost"}); err != nil {
			s.T.Fatal(err)
		}
	})
	last := a.Add("no=last")
	a.Delete(last)
	s.must("root", "DELETE /k/v1/records.json", `{"app":`+id.String(a.ID)+`,"ids":["5"]}`)
	s.drain()
	return last + 1
}

// everything is what a site tells its administrator of all that is in it, by call.
func everything(s *testSite) map[string]string {
	s.T.Helper()
	told := map[string]string{}
	ask := func(path string) answer {
		a := s.call("root", "GET "+path, "")
		if a.Status != 200 {
			s.T.Fatalf("%s: %s", path, a)
		}
		told[path] = string(a.Body)
		return a
	}
	for _, path := range []string{"/v1/users.json", "/v1/organizations.json", "/v1/groups.json", "/v1/user/organizations.json?code=aiko", "/api/v1/notifications"} {
		ask(path)
	}
	var apps struct{ Apps []struct{ AppID string } }
	read(s, ask("/k/v1/apps.json"), &apps)
	for _, a := range apps.Apps {
		for _, part := range []string{"form/fields", "form/layout", "views", "acl", "status", "notifications/general"} {
			ask("/k/v1/app/" + part + ".json?app=" + a.AppID)
		}
		ask("/api/v1/trash?app=" + a.AppID)
		ask("/api/v1/app/fields/trash?app=" + a.AppID)
		var page struct {
			Records []map[string]struct{ Value json.RawMessage }
		}
		all := ask("/k/v1/records.json?totalCount=true&query=order+by+$id+asc+limit+500&app=" + a.AppID)
		read(s, all, &page)
		for _, r := range page.Records {
			n := strings.Trim(string(r["$id"].Value), `"`)
			ask("/api/v1/record/history?app=" + a.AppID + "&record=" + n)
			ask("/k/v1/record/comments.json?app=" + a.AppID + "&record=" + n)
			ask("/api/v1/shares?app=" + a.AppID + "&record=" + n)
		}
		for _, rest := range strings.Split(string(all.Body), `"fileKey":"`)[1:] {
			key, _, _ := strings.Cut(rest, `"`)
			ask("/k/v1/file.json?fileKey=" + key)
		}
	}
	return told
}

func read(s *testSite, a answer, v any) {
	s.T.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		s.T.Fatalf("%v in %s", err, a.Body)
	}
}

// differences are the calls that two sites answer otherwise, in order.
func differences(a, b map[string]string) (list []string) {
	for call, told := range a {
		if b[call] != told {
			list = append(list, fmt.Sprintf("%s\n\t%.600s\n\t%.600s", call, told, b[call]))
		}
	}
	for call := range b {
		if _, there := a[call]; !there {
			list = append(list, call+" is new")
		}
	}
	slices.Sort(list)
	return list
}
