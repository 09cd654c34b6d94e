package record_test

import (
	"context"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// An upsert whose key another request adds, or brings back, at the same time changes that record.
func TestUpsertsFindWhatIsAddedMeanwhile(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; no text unique")
		restored := a.Add("title=old no=K1")
		a.Delete(restored)
		set := w.Root.Set(a)
		for key, add := range map[string]func(ctx context.Context) error{
			"K1": func(ctx context.Context) error { return set.Restore(ctx, []id.Record{restored}) },
			"K2": func(ctx context.Context) error {
				_, err := set.Add(ctx, []record.Input{input(t, `{"no":{"value":"K2"}}`)}, "record")
				return err
			},
		} {
			var out []record.Written
			upsert := func() (err error) {
				out, err = set.Update(t.Context(), []record.Change{
					{Key: record.Key{Field: "no", Value: key}, Record: input(t, `{"title":{"value":"new"}}`), Revision: record.AnyRevision}}, true, "")
				return err
			}
			var ended <-chan error
			err := w.DB.Write(t.Context(), func(ctx context.Context, tx *db.Tx) (err error) {
				if err := add(ctx); err != nil {
					return err
				}
				if w.DB.Dialect().OneWriter() { // it comes after this one anyway
					end := make(chan error, 1)
					go func() { end <- upsert() }()
					ended = end
					return nil
				}
				waiting, end, err := waits(ctx, tx, upsert)
				if ended = end; !waiting {
					t.Errorf("%s: did not meet", key)
				}
				return err
			})
			must(t, world.Outcome(err))
			must(t, world.Outcome(<-ended))
			if len(out) != 1 || out[0].Inserted {
				t.Errorf("%s: %+v", key, out)
			}
			same(t, key, w.Root.Query(a, `no = "`+key+`" and title = "new"`), "found 1")
		}
	})
}

// An upsert whose key is of a record that its actor may not see is told so, and that it was tried again changes nothing.
func TestUpsertsOfWhatIsHidden(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("deals", "title text; no text unique")
		a.Add("title=secret no=K1")
		a.Forbid(`title = "secret"`, "root")
		_, err := aiko.Set(a).Update(t.Context(), []record.Change{
			{Key: record.Key{Field: "no", Value: "K1"}, Revision: record.AnyRevision},
			{Key: record.Key{Field: "no", Value: "K2"}, Revision: record.AnyRevision, Record: input(t, `{"title":{"value":"fine"}}`)},
		}, true, "")
		same(t, "told", world.Outcome(err), "validation records[0].no.value=field.repeated")
		same(t, "kept", w.Root.Query(a, ""), "found 1")
	})
}
