package db_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

func with(base fstest.MapFS, name, text string) fstest.MapFS {
	out := maps.Clone(base)
	out[name] = &fstest.MapFile{Data: []byte(text)}
	return out
}

func TestMigrateGoesForward(t *testing.T) {
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		d := dbtest.OpenOptions(t, notes, o)
		write(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "kept") })
		more := with(notes, "0002_tag.sql", "CREATE TABLE tag (note BIGINT REFERENCES note (id), name {text} NOT NULL);")
		more = with(more, "0003_own.sqlite.sql", "INSERT INTO tag (note, name) VALUES (1, 'sqlite');")
		more = with(more, "0003_own.postgres.sql", "INSERT INTO tag (note, name) VALUES (1, 'postgres');")
		for range 2 { // the second time there is nothing to do
			if err := d.Migrate(t.Context(), more); err != nil {
				t.Fatal(err)
			}
		}
		got, err := column(t, d, "SELECT note.name || ' ' || tag.name FROM note JOIN tag ON tag.note = note.id")
		if want := "[kept " + d.Dialect().Name() + "]"; err != nil || fmt.Sprint(got) != want {
			t.Errorf("got %v, %v, want %s", got, err, want)
		}
		err = d.Migrate(t.Context(), notes)
		if err == nil || !strings.Contains(err.Error(), "newer than this program") {
			t.Errorf("an older program: got %v, want a refusal", err)
		}
	})
}

func TestFailedMigrationLeavesNothing(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		broken := with(notes, "0002_bad.sql", "CREATE TABLE half (id BIGINT);\nCREATE TABLE note (id BIGINT);")
		if err := d.Migrate(t.Context(), broken); err == nil {
			t.Fatal("the migration succeeded")
		}
		mended := with(notes, "0002_bad.sql", "CREATE TABLE half (id BIGINT);")
		if err := d.Migrate(t.Context(), mended); err != nil {
			t.Error(err)
		}
	})
}

func TestMigrationsThatCannotBe(t *testing.T) {
	d := dbtest.Open(t, nil)
	for name, files := range map[string]fs.FS{
		"no number": fstest.MapFS{"note.sql": {}},
		"twice":     with(notes, "0001_note.sqlite.sql", ""),
	} {
		if err := d.Migrate(t.Context(), files); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestServersThatStartTogetherMigrateOnce(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
		if strings.HasPrefix(o.URL, "sqlite") {
			return // one process has the file
		}
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				d, err := db.Open(t.Context(), o)
				if err != nil {
					t.Error(err)
					return
				}
				defer d.Close()
				if err := d.Migrate(t.Context(), notes); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
}
