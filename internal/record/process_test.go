package record_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/space"
	"github.com/engawa/engawa/internal/world"
)

// An app from before there were statuses gets them when it is edited next, and its records begin like all others, those in
// the trash too.
func TestAppsFromBeforeThereWereStatuses(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("old", "title text")
		n, buried := a.Add("title=desk"), a.Add("title=chair")
		forgetFields(t, w, "STATUS")
		w.Apps = app.New(w.DB, record.Tables{}, w.People, w.Files, space.New(w.DB, w.People, w.Files))
		w.Records = record.New(w.DB, w.Apps, w.Files, w.People)
		if got := w.Root.Query(a, `title = "desk"`); got != "found 1" {
			t.Fatalf("an old app: %s", got)
		}
		a.Delete(buried)
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			if err := s.SetProcess(app.ProcessChange{Enable: new(true)}, p); err != nil {
				t.Error(err)
			}
		})
		if err := w.Root.Set(a).Restore(t.Context(), []id.Record{buried}); err != nil {
			t.Fatal(err)
		}
		if got := w.Root.Query(a, `ステータス = "未処理"`); got != "found 2" {
			t.Errorf("at the start: %s", got)
		}
		if _, err := w.Root.Set(a).Act(t.Context(), []record.Step{{ID: n, Action: "処理開始", Assignee: "root", Revision: record.AnyRevision}}, false); err != nil {
			t.Error(err)
		}
	})
}

// forgetFields makes the stored settings those of a version that knew no fields whose type begins so.
func forgetFields(t *testing.T, w *world.World, prefix string) {
	t.Helper()
	err := w.DB.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		for _, env := range []string{"live", "preview"} {
			var text string
			if err := tx.QueryRow(ctx, `SELECT document FROM app_settings WHERE environment = ?`, env).Scan(&text); err != nil {
				return err
			}
			var doc map[string]json.RawMessage
			var form, kept []json.RawMessage
			if err := json.Unmarshal([]byte(text), &doc); err != nil {
				return err
			}
			if err := json.Unmarshal(doc["form"], &form); err != nil {
				return err
			}
			for _, f := range form {
				if !strings.Contains(string(f), `"type":"`+prefix) {
					kept = append(kept, f)
				}
			}
			doc["form"], _ = json.Marshal(kept)
			out, err := json.Marshal(doc)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `UPDATE app_settings SET document = ? WHERE environment = ?`, string(out), env); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
