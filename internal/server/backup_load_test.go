package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/engawa/engawa/internal/backup"
	"github.com/engawa/engawa/internal/config"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/migrations"
)

// pair writes a record into each of the apps 1 and 2 at once, the first with a file.
func pair(s *testSite, name string) {
	s.T.Helper()
	key := s.upload("root", name+".txt", "text/plain", "content of "+name).fileKey()
	s.must("root", "POST /k/v1/bulkRequest.json", bulkOf(
		"POST /k/v1/record.json", fmt.Sprintf(`{"app":1,"record":{"title":{"value":%q},"paper":{"value":[{"fileKey":%q}]}}}`, name, key),
		"POST /k/v1/record.json", fmt.Sprintf(`{"app":2,"record":{"title":{"value":%q}}}`, name)))
}

// newPairs is a site with the apps of pair, and some pairs.
func newPairs(t *testing.T, o db.Options) *testSite {
	t.Helper()
	s := buildTestSite(t, o)
	s.World.App("one", "title text unique; paper file")
	s.World.App("two", "title text unique")
	for i := range 5 {
		pair(s, fmt.Sprintf("before-%d", i))
	}
	return s
}

// titles are those of an app's records, between blanks; every attached file is read.
func titles(s *testSite, app int) string {
	s.T.Helper()
	var page struct {
		Records []struct {
			Title struct{ Value string }
			Paper struct{ Value []struct{ FileKey string } }
		}
	}
	read(s, s.call("root", fmt.Sprintf("GET /k/v1/records.json?app=%d&query=%s", app, url.QueryEscape("order by title asc limit 500")), ""), &page)
	var list []string
	for _, r := range page.Records {
		list = append(list, r.Title.Value)
		for _, f := range r.Paper.Value {
			if got := string(s.call("root", "GET /k/v1/file.json?fileKey="+f.FileKey, "").Body); got != "content of "+r.Title.Value {
				s.T.Errorf("the file of %s is %.100q", r.Title.Value, got)
			}
		}
	}
	return strings.Join(list, " ")
}

// While a backup is written others write, delete files and deploy, at every stage and without waiting for it; it holds what
// was there when its snapshot was taken. Attack cases 74 and 76.
func TestNobodyWaitsForABackup(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, from db.Options) {
		s := newPairs(t, from)
		root := s.World.Root.Actor()
		var uploads []string
		for i := range 10 {
			uploads = append(uploads, s.upload("root", "u.txt", "text/plain", fmt.Sprint("upload ", i)).fileKey())
		}
		seen := map[string]int{}
		path := backupOf(t, s, from, func(what string, _ int64) {
			seen[what]++
			switch {
			case seen[what] > 1:
			case what == "files": // before the snapshot: files that it has listed go, others come
				for _, key := range uploads {
					if err := s.files.DropUpload(t.Context(), root, key); err != nil {
						t.Error(err)
					}
				}
				pair(s, "listed")
			default:
				pair(s, "late-"+what)
			}
			if what == "records" && seen[what] == 7 { // of the second app: the first is open to changes again
				s.must("root", "POST /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{"more":{"type":"NUMBER","code":"more","label":"more"}}}`)
				s.must("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
			}
		})
		if seen["files"] == 0 || seen["tables"] == 0 || seen["records"] < 7 {
			t.Fatalf("not all stages were seen: %v", seen)
		}
		const want = "before-0 before-1 before-2 before-3 before-4 listed"
		dbtest.EachLasting(t, func(t *testing.T, to db.Options) {
			data := t.TempDir()
			summary, err := restoreInto(t.Context(), data, to, path, "", nil)
			if err != nil || len(summary.Missing) > 0 {
				t.Fatal(err, summary.Missing)
			}
			r := reopened(t, to, data)
			for n := 1; n <= 2; n++ {
				if got := titles(r, n); got != want {
					t.Errorf("app %d: got %s, want %s", n, got, want)
				}
			}
		})
		if got := titles(s, 2); got != strings.Replace(want, "listed", "late-records late-tables listed", 1) {
			t.Errorf("the site itself: %s", got)
		}
	})
}

// Backups that are written one after the other while many write: each holds pairs only, with all that was acknowledged
// before it began.
func TestBackupsUnderLoad(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, from db.Options) {
		s := newPairs(t, from)
		ctx, stop := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				for n := 0; ctx.Err() == nil; n++ {
					pair(s, fmt.Sprintf("w%d-%d", i, n))
				}
			})
		}
		var paths []string
		for i := range 2 {
			pair(s, fmt.Sprintf("known-%d", i))
			paths = append(paths, backupOf(t, s, from, nil))
		}
		stop()
		all.Wait()
		for i, path := range paths {
			data := t.TempDir()
			to := databaseIn(data)
			if _, err := restoreInto(t.Context(), data, to, path, "", nil); err != nil {
				t.Fatal(err)
			}
			r := reopened(t, to, data)
			one, two := titles(r, 1), titles(r, 2)
			if one != two || !strings.Contains(one, fmt.Sprintf("known-%d", i)) || strings.Contains(one, fmt.Sprintf("known-%d", i+1)) {
				t.Errorf("backup %d: one has\n%s\ntwo has\n%s", i, one, two)
			}
		}
	})
}

// A restore touches nothing unless everything is right, and leaves nothing when it fails. Attack case 63.
func TestRestoreRefuses(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
		s := newPairs(t, o)
		path := backupOf(t, s, o, nil)
		if _, err := writeBackup(t.Context(), s.config, o, path, "", nil); !errors.Is(err, fs.ErrExist) {
			t.Errorf("a file was replaced: %v", err)
		}
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		bad := filepath.Join(t.TempDir(), "bad")
		whole[len(whole)/2] ^= 1
		if err := os.WriteFile(bad, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		full := t.TempDir()
		if err := os.WriteFile(filepath.Join(full, "letter.txt"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		broken := t.TempDir()
		if err := os.Mkdir(filepath.Join(broken, restoring), 0o700); err != nil {
			t.Fatal(err)
		}
		late, cancel := context.WithCancel(t.Context())
		dbtest.EachLasting(t, func(t *testing.T, to db.Options) {
			begun := t.TempDir()
			for _, tc := range []struct {
				name, path, data, want string
				to                     db.Options
				ctx                    context.Context
				progress               backup.Progress
			}{
				{name: "no file", path: bad + "x", want: "no such file"},
				{name: "a damaged file", path: bad, want: "damaged"},
				{name: "a full folder", data: full, want: "not empty"},
				{name: "a restore that broke off", data: broken, want: "not finished"},
				{name: "a site", data: s.config.Data, to: o, want: "not empty"},
				{name: "a database with a site", to: o, want: "already"},
				{name: "a server that was started meanwhile", data: begun, want: "not empty", progress: func(what string, _ int64) {
					if err := os.WriteFile(filepath.Join(begun, secretFile), []byte("new"), 0o600); what == "check" && err != nil {
						t.Error(err)
					}
				}},
				{name: "stopped on the way", ctx: late, want: "context canceled", progress: func(what string, done int64) {
					if what == "records" && done > 3 {
						cancel()
					}
				}},
			} {
				at := tc
				if at.path == "" {
					at.path = path
				}
				empty := filepath.Join(t.TempDir(), "new")
				if at.data == "" {
					at.data = empty
				}
				if at.to.URL == "" {
					at.to = to
				}
				if at.ctx == nil {
					at.ctx = t.Context()
				}
				_, err := restoreInto(at.ctx, at.data, at.to, at.path, "", at.progress)
				if err == nil || !strings.Contains(err.Error(), at.want) {
					t.Errorf("%s: %v, want %q", at.name, err, at.want)
				}
				if list, _ := os.ReadDir(empty); len(list) > 0 {
					t.Errorf("%s: %v is left", at.name, list)
				}
				spare := to
				spare.Schema = spareSchema + to.Schema
				if b, _ := os.ReadFile(filepath.Join(begun, secretFile)); at.data == begun && string(b) != "new" {
					t.Error("what the server made is gone")
				}
				for _, place := range []db.Options{to, spare} {
					if there, err := db.Exists(t.Context(), place); err != nil || there {
						t.Errorf("%s: a database is left (%v)", at.name, err)
					}
				}
			}
		})
		if got := titles(s, 1); got != "before-0 before-1 before-2 before-3 before-4" {
			t.Errorf("the site that was there: %s", got)
		}
		if _, err := New(t.Context(), config.Config{Data: broken}, s.log); err == nil || !strings.Contains(err.Error(), "not finished") {
			t.Errorf("a half-made site was served: %v", err)
		}
	})
}

// What a restore has left behind that was killed is neither served nor saved nor taken for the work of this one.
func TestKilledRestores(t *testing.T) {
	from := db.Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "site.db")}
	path := backupOf(t, newPairs(t, from), from, nil)
	dbtest.EachLasting(t, func(t *testing.T, to db.Options) {
		data := t.TempDir()
		ctx, kill := context.WithCancel(t.Context())
		r := restore{data: data, spare: filepath.Join(data, restoring), from: to, to: to}
		r.from.Schema = spareSchema + to.Schema
		if to.Schema == "" {
			r.from.URL = "sqlite:" + filepath.Join(r.spare, databaseFile)
		}
		if err := os.Mkdir(r.spare, 0o700); err != nil {
			t.Fatal(err)
		}
		in, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close() //nolint:errcheck // only read
		archive, err := backup.Check(ctx, in, "", migrations.FS, backup.Room{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = r.fill(ctx, archive, func(what string, done int64) {
			if what == "records" && done > 3 {
				kill() // and nobody cleans up
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		refused := func(what string, err error) {
			t.Helper()
			if err == nil || !strings.Contains(err.Error(), "not finished") {
				t.Errorf("%s: %v", what, err)
			}
		}
		c := config.Config{Data: data}
		_, err = New(t.Context(), c, slog.New(slog.DiscardHandler))
		refused("to serve it", err)
		_, err = writeBackup(t.Context(), c, to, filepath.Join(t.TempDir(), "b"), "", nil)
		refused("to save it", err)
		_, err = restoreInto(t.Context(), data, to, path, "", nil)
		refused("to go on with it", err)
		if to.Schema != "" {
			_, err = restoreInto(t.Context(), t.TempDir(), to, path, "", nil)
			refused("to use the same database", err)
		}
		if err := r.undo(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err = restoreInto(t.Context(), data, to, path, "", nil); err != nil {
			t.Errorf("after it was cleaned up: %v", err)
		}
	})
}

// A site of another version is left to the program that serves it.
func TestBackupOfAnotherVersion(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
		d := dbtest.OpenOptions(t, nil, o)
		if err := d.MigrateTo(t.Context(), migrations.FS, 20); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "b")
		_, err := writeBackup(t.Context(), config.Config{Data: t.TempDir()}, o, path, "", nil)
		if err == nil || !strings.Contains(err.Error(), "another version") {
			t.Error(err)
		}
		if list, _ := os.ReadDir(filepath.Dir(path)); len(list) > 0 {
			t.Errorf("%v is left", list)
		}
	})
}
