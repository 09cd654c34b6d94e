package record_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// A Set that was opened before settings were deployed writes nothing: its input was checked against another form.
func TestSettingsThatChangedMeanwhile(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text")
		n := a.Add("title=one")
		a.Update(n, input(t, `{"title":{"value":"two"}}`))
		gone := a.Add("title=gone")
		a.Delete(gone)
		set := w.Root.Set(a)
		a.AddFields("cost number required")
		ctx := t.Context()
		_, err := set.Add(ctx, []record.Input{input(t, `{"title":{"value":"x"}}`)}, "record")
		same(t, "adding", world.Outcome(err), "record.appChanged")
		_, err = set.Update(ctx, []record.Change{{ID: n, Record: input(t, `{"title":{"value":"x"}}`), Revision: record.AnyRevision}}, false, "record")
		same(t, "changing", world.Outcome(err), "record.appChanged")
		_, err = set.Revert(ctx, n, 1, record.AnyRevision)
		same(t, "going back", world.Outcome(err), "record.appChanged")
		same(t, "restoring", world.Outcome(set.Restore(ctx, []id.Record{gone})), "record.appChanged")
		same(t, "deleting", world.Outcome(set.Delete(ctx, []id.Record{n}, nil)), "record.appChanged")
		same(t, "with the form of now", update(t, w.Root, a, n, `{"title":{"value":"x"}}`), "validation record.cost.value=field.required")
	})
}

// Every write is told by one event with ids in it and no values; one that fails is not told.
func TestEvents(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		var told []string
		w.Jobs.Receive("test", func(_ context.Context, _ *db.Tx, list []job.Event) error {
			for _, e := range list {
				told = append(told, e.Kind+" "+string(e.Payload))
			}
			return nil
		}, "record.added", "record.updated", "record.deleted", "record.restored", "comment.added")
		a := w.App("deals", "title text; no text unique")
		set := w.Root.Set(a)
		if _, err := set.Add(t.Context(), []record.Input{input(t, `{"title":{"value":"secret"}}`), input(t, `{"no":{"value":"K"}}`)}, ""); err != nil {
			t.Fatal(err)
		}
		_, err := set.Add(t.Context(), []record.Input{{}, input(t, `{"no":{"value":"K"}}`)}, "")
		same(t, "a repeated value", world.Outcome(err), "validation records[1].no.value=field.repeated")
		must(t, update(t, w.Root, a, 1, `{"title":{"value":"secret 2"}}`))
		_, err = set.Update(t.Context(), []record.Change{
			{ID: 1, Record: record.Input{}, Revision: record.AnyRevision},
			{Key: record.Key{Field: "no", Value: "new"}, Record: record.Input{}, Revision: record.AnyRevision},
		}, true, "")
		must(t, world.Outcome(err))
		a.Delete(1)
		must(t, restore(t, w.Root, a, 1))
		w.Root.Comment(a, 1, record.Shared, "secret")
		w.Drain()
		by := fmt.Sprintf(`"by":%d}`, w.Root.ID)
		bulk := fmt.Sprintf(`"by":%d,"bulk":true}`, w.Root.ID)
		want := []string{
			`record.added {"app":1,"records":[1,2],` + bulk, `record.updated {"app":1,"records":[1],` + by, `record.added {"app":1,"records":[3],` + bulk,
			`record.updated {"app":1,"records":[1],` + bulk, `record.deleted {"app":1,"records":[1],` + by, `record.restored {"app":1,"records":[1],` + by,
			`comment.added {"app":1,"records":[1],"comment":1,` + by,
		}
		if got := strings.NewReplacer(": ", ":", ", ", ",").Replace(strings.Join(told, "\n")); got != strings.Join(want, "\n") {
			t.Errorf("told\n%s\nwant\n%s", got, strings.Join(want, "\n"))
		}
	})
}

// What a rule hides from a query it hides from every way to reach one record: the condition in SQL and the one in memory
// decide alike.
func TestRowRulesDecideAlike(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("deals", "title text; n number; kind dropdown(a|b); tags multi(x|y); who user; due date; lines table(part text, price number)")
		for i := range 12 {
			a.AddJSON(fmt.Sprintf(`{"title":{"value":"%s"},"n":{"value":"%s"},"kind":{"value":"%s"},"tags":{"value":%s},"who":{"value":%s},"due":{"value":"%s"},"lines":{"value":%s}}`,
				[]string{"", "Ａbc", "abc", "東京"}[i%4], []string{"", "1", "1.5", "-2"}[i%4], []string{"", "a", "b"}[i%3], []string{"[]", `["x"]`, `["x","y"]`}[i%3],
				[]string{"[]", `[{"code":"aiko"}]`}[i%2], []string{"", "2026-11-21", "2027-01-01"}[i%3], []string{"[]", `[{"value":{"part":{"value":"leg"},"price":{"value":"3"}}},{"value":{"price":{"value":"9"}}}]`}[i%2]))
		}
		for _, rule := range []string{
			`title = "abc"`, `title != ""`, `title like "ab"`, `n > 1`, `n = ""`, `kind in ("a")`, `kind not in ("")`, `tags in ("x")`, `tags not in ("y")`, `who in (LOGINUSER())`,
			`who in ("")`, `due <= TODAY()`, `due = ""`, `part in ("leg")`, `price in (9)`, `$id > 6`, `title = "abc" or (n < 0 and kind in ("b", ""))`, `作成者 in (LOGINUSER())`,
		} {
			a.Edit(func(s *app.Settings, p *errs.Fields) {
				everyone := access.Entity{Type: "GROUP", Code: access.Everyone}
				s.SetRecordRules([]app.RecordRule{{Filter: rule, Entities: []access.RecordRight{{Entity: everyone, Verbs: access.View | access.Edit | access.Delete}}}, {Filter: "$id > 0"}}, p)
			})
			set := aiko.Set(a)
			page, err := set.Query(t.Context(), "order by $id asc", nil, true)
			if err != nil {
				t.Fatalf("%s: %v", rule, err)
			}
			var queried, loaded []id.Record
			for _, r := range page.Records {
				queried = append(queried, r.ID)
			}
			for n := id.Record(1); n <= 12; n++ {
				_, title := set.Title(t.Context(), n)
				_, got := set.Get(t.Context(), n)
				_, _, history := set.History(t.Context(), n, 0)
				if (title == nil) != (got == nil) || (title == nil) != (history == nil) {
					t.Errorf("%s: record %d: title %v, get %v, history %v", rule, n, title, got, history)
				}
				if title == nil {
					loaded = append(loaded, n)
				}
			}
			if !slices.Equal(queried, loaded) || page.Total != len(loaded) || len(loaded) == 12 {
				t.Errorf("%s: queries find %v (%d), looking at each finds %v", rule, queried, page.Total, loaded)
			}
		}
	})
}

// A problem with a field that somebody may not see is told without its name.
func TestProblemsOfHiddenFields(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("deals", "title text; cost number hidden-from:aiko; no text unique hidden-from:aiko")
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			_ = s.UpdateFields(map[string]app.Definition{"no": {"defaultValue": []byte(`"same"`)}}, p)
		})
		add := func() string {
			_, err := aiko.Set(a).Add(t.Context(), []record.Input{input(t, `{"title":{"value":"x"}}`)}, "record")
			return world.Outcome(err)
		}
		same(t, "the first", add(), "ok")
		same(t, "a default that is there already", add(), "validation record=record.hiddenProblem")
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			_ = s.UpdateFields(map[string]app.Definition{"no": {"unique": []byte(`false`)}, "cost": {"required": []byte(`true`)}}, p)
		})
		same(t, "what is required", add(), "validation record=record.hiddenProblem")
	})
}
