package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/world"
	"github.com/engawa/engawa/migrations"
)

// A backup of an older version becomes a site of this one: its rows pass through the migrations that came since.
func TestOlderBackups(t *testing.T) {
	w := world.New(t)
	w.App("orders", "title text").Add("title=desk")
	b := written(t, w, "")
	later := fstest.MapFS{"9001_later.sql": {Data: []byte(`
		ALTER TABLE app ADD COLUMN shade {text} NOT NULL DEFAULT 'green';
		CREATE TABLE shade_of (app_id BIGINT PRIMARY KEY REFERENCES app (id), shade {text} NOT NULL);
		INSERT INTO shade_of (app_id, shade) SELECT id, shade FROM app;`)}}
	names, err := fs.Glob(migrations.FS, "*.sql")
	must(t, err)
	for _, name := range names {
		text, err := fs.ReadFile(migrations.FS, name)
		must(t, err)
		later[name] = &fstest.MapFile{Data: text}
	}
	dbtest.Each(t, nil, func(t *testing.T, d *db.DB) {
		files, err := blob.Open(t.TempDir())
		must(t, err)
		a, err := Check(t.Context(), bytes.NewReader(b), "", later, Room{}, nil)
		must(t, err)
		must(t, a.Restore(t.Context(), Site{DB: d, Files: files}, nil))
		var got string
		must(t, d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			return tx.QueryRow(ctx, "SELECT shade FROM shade_of WHERE app_id = 1").Scan(&got)
		}))
		current, err := d.Current(t.Context(), later)
		if must(t, err); got != "green" || !current {
			t.Errorf("shade %q, current %v", got, current)
		}
	})
}

// What is right by itself and cannot be a site is noticed when it is stored, whatever the sums say.
func TestImpossibleSites(t *testing.T) {
	w := world.New(t)
	a := w.App("orders", "title text unique")
	a.Add("title=desk")
	a.Add("title=lamp")
	good := takeApart(t, written(t, w, ""))
	change := func(prefix, old, new string) []entry { return resum(t, good, prefix, old, new) }
	for _, tc := range []struct {
		name string
		list []entry
	}{
		{"a missing value", change("tables/user_account/", `"name":"Administrator"`, `"name":null`)},
		{"a login name twice", change("tables/user_account/", `"code_key":"root"`, `"code_key":"administrator"`)},
		{"settings of no app", change("tables/app_settings/", `"app_id":1`, `"app_id":7`)},
		{"settings that are none", change("tables/app_settings/", `"document":"{`, `"document":"}`)},
		{"a unique value twice", change("records/1/", "lamp", "desk")},
		{"an app without records", change("tables/app/", `"live_revision":`, `"live_revision":-`)},
	} {
		dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
			d := dbtest.OpenOptions(t, nil, o)
			files, err := blob.Open(t.TempDir())
			must(t, err)
			a, err := check(t, putTogether(t, tc.list), "")
			must(t, err)
			if err := a.Restore(t.Context(), Site{DB: d, Files: files}, nil); err == nil {
				t.Errorf("%s: restored", tc.name)
			}
		})
	}
}

// resum changes a stream of a backup and its sum.
func resum(t testing.TB, good []entry, prefix, old, new string) []entry {
	t.Helper()
	list := slices.Clone(good)
	i := indexOf(t, list, prefix)
	sum := func() string { b := sha256.Sum256(list[i].body); return hex.EncodeToString(b[:]) }
	was := sum()
	list[i] = replaced(t, list[i], old, new)
	last := len(list) - 1
	list[last] = replaced(t, list[last], was, sum())
	return list
}
