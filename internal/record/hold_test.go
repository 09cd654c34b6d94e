package record_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// free are the records of an app that no other transaction than tx holds.
func free(ctx context.Context, tx *db.Tx, a *world.App) ([]id.Record, error) {
	return db.Pluck[id.Record](ctx, tx, fmt.Sprintf("SELECT id FROM rec_%d", a.ID)+tx.Dialect().SkipLocked())
}

// waits runs fn beside tx until it waits for tx, or has ended and did not wait. ended tells of its end.
func waits(ctx context.Context, tx *db.Tx, fn func() error) (waiting bool, ended <-chan error, err error) {
	end := make(chan error, 1)
	go func() { end <- fn() }()
	for !waiting && len(end) == 0 && err == nil {
		err = tx.QueryRow(ctx, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))").Scan(&waiting)
	}
	return waiting, end, err
}

// Who may only look keeps nobody from changing what he names. Where one writes at a time nothing is held.
func TestOnlyWhoMayChangeHolds(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		if w.DB.Dialect().OneWriter() {
			return
		}
		aiko := w.User("aiko")
		a := w.App("deals", "title text; no text unique")
		n := a.Add("title=one no=K1")
		a.Permit("aiko", access.View|access.Add)
		for _, tc := range []struct {
			who   world.Person
			named record.Named
			held  bool
		}{
			{w.Root, record.Named{Need: access.Edit, IDs: []id.Record{n}}, true},
			{w.Root, record.Named{Need: access.Edit | access.Add, Upsert: true, Keys: []record.Key{{Field: "no", Value: "K1"}}}, true},
			{aiko, record.Named{Need: access.Edit, IDs: []id.Record{n}}, false},
			{aiko, record.Named{Need: access.Delete, IDs: []id.Record{n}}, false},
		} {
			err := w.DB.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				if err := w.Records.Hold(ctx, tx, tc.who.Actor(), map[id.App][]record.Named{a.ID: {tc.named}}); err != nil {
					return err
				}
				if _, err := tx.Exec(ctx, "SELECT 1"); err != nil { // what waits is sent
					return err
				}
				return w.DB.Write(t.Context(), func(ctx context.Context, other *db.Tx) error {
					list, err := free(ctx, other, a)
					if held := len(list) == 0; held != tc.held {
						t.Errorf("%s %+v: held %v", tc.who.Actor(), tc.named, held)
					}
					return err
				})
			})
			must(t, world.Outcome(err))
		}
	})
}

// Who adds a key waits for others who do before he holds any record, of that app or of another, and holds it afterwards. Who
// names keys that are there does not wait.
func TestAloneBeforeRecords(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		if w.DB.Dialect().OneWriter() {
			return
		}
		apps := []*world.App{w.App("deals", "title text; no text unique"), w.App("orders", "title text; no text unique")}
		for _, a := range apps {
			a.Add("title=one no=K1")
			a.Add("title=two no=K2")
		}
		upsert := func(keys ...string) record.Named {
			n := record.Named{Need: access.Edit | access.Add, Upsert: true}
			for _, k := range keys {
				n.Keys = append(n.Keys, record.Key{Field: "no", Value: k})
			}
			return n
		}
		edit := record.Named{Need: access.Edit, IDs: []id.Record{1}}
		for name, tc := range map[string]struct {
			first, second []record.Named // of the apps
			alone         int            // of which the other one is alone
			waits         bool
		}{
			"a key of the lower app":             {[]record.Named{edit, upsert("new")}, []record.Named{edit}, 0, true},
			"a key of the higher app":            {[]record.Named{edit}, []record.Named{edit, upsert("K1", "new")}, 1, true},
			"keys that are there":                {[]record.Named{edit, upsert("K1", "K2", "K1")}, []record.Named{edit}, 0, false},
			"a key that is not there, to change": {[]record.Named{{Need: access.Edit, Keys: upsert("new").Keys}}, []record.Named{edit}, 0, false},
		} {
			var held <-chan error
			err := w.DB.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				if err := tx.Alone(ctx, fmt.Sprint("record.upsert ", apps[tc.alone].ID)); err != nil {
					return err
				}
				waiting, end, err := waits(ctx, tx, func() error {
					return w.DB.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
						return w.Records.Hold(ctx, tx, w.Root.Actor(), map[id.App][]record.Named{apps[0].ID: tc.first, apps[1].ID: tc.second})
					})
				})
				held = end
				if waiting != tc.waits {
					t.Errorf("%s: waits %v", name, waiting)
				}
				for _, a := range apps {
					if err != nil {
						return err
					}
					var list []id.Record
					if list, err = free(ctx, tx, a); len(list) != 2 {
						t.Errorf("%s: free %v", name, list)
					}
				}
				return err
			})
			must(t, world.Outcome(err))
			must(t, world.Outcome(<-held))
		}
	})
}
