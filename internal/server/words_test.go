package server

import (
	"context"
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/words"
)

// A site of a version that cut texts in another way finds everything as soon as it is served, and is not gone over again.
func TestIndexOfAnotherFormatIsMadeAnew(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("deals", `"title":{"type":"SINGLE_LINE_TEXT"}`)
		s.must("root", "POST /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{"memo":{"type":"RICH_TEXT","code":"memo","label":"memo"}}}`)
		s.deploy("1")
		s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{"title":{"value":"案件K123"},"memo":{"value":"<b>太</b>字"}},{"title":{"value":"案件K456"}}]}`)
		found := func() string {
			t.Helper()
			return fmt.Sprint(s.must("root", "GET /k/v1/records.json?app=1&totalCount=true&query=title+like+%22k12%22+and+memo+like+%22%E5%A4%AA%E5%AD%97%22", "")["totalCount"])
		}
		before := found()
		lose := func(statements ...string) {
			t.Helper()
			err := s.db.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				for _, sql := range statements {
					if _, err := tx.Exec(ctx, sql); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := words.Settle(t.Context(), s.db); err != nil {
			t.Fatal(err)
		}
		id := "rowid"
		if s.db.Dialect().Name() == "postgres" {
			id = "id"
		}
		lose("DELETE FROM rec_1_words WHERE "+id+" > 0", "UPDATE rec_1 SET n_10 = ' 太 字'", "DELETE FROM site_setting WHERE name = 'words.format'")
		if found() == before {
			t.Fatal("what is lost is found")
		}
		if err := s.indexWords(t.Context()); err != nil {
			t.Fatal(err)
		}
		if after := found(); after != before {
			t.Errorf("found %s, before %s", after, before)
		}
		if err := words.Settle(t.Context(), s.db); err != nil {
			t.Fatal(err)
		}
		lose("DELETE FROM rec_1_words WHERE " + id + " > 0")
		if err := s.indexWords(t.Context()); err != nil {
			t.Fatal(err)
		}
		if found() == before {
			t.Error("an index that is current is made anew")
		}
	})
}
