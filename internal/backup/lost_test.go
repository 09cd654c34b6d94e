package backup

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/world"
	"github.com/engawa/engawa/migrations"
)

// keysOf are the keys of the files that rows name.
func keysOf(t testing.TB, d *db.DB) (keys []string) {
	t.Helper()
	must(t, d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) (err error) {
		keys, err = blobKeys(ctx, tx, kept(tablesOf(t, d)))
		return err
	}))
	return keys
}

// A file whose content the disk has lost does not keep the rest from being saved, and the operator is told.
func TestLostFiles(t *testing.T) {
	w := world.New(t)
	a := w.App("orders", "paper file")
	for i := range 3 {
		a.AddJSON(fmt.Sprintf(`{"paper":{"value":[{"fileKey":%q}]}}`, w.Upload("note.txt", fmt.Sprint("note ", i))))
	}
	keys := keysOf(t, w.DB)
	must(t, w.Blobs.Delete(t.Context(), keys[1]))
	b := written(t, w, "")
	archive, err := check(t, b, "")
	must(t, err)
	if !slices.Equal(archive.Summary.Missing, keys[1:2]) || archive.Summary.Files != 2 || archive.Summary.Records != 3 {
		t.Errorf("%+v", archive.Summary)
	}
	files, err := blob.Open(t.TempDir())
	must(t, err)
	d, err := db.Open(t.Context(), db.Options{URL: "sqlite::memory:"})
	must(t, err)
	defer d.Close() //nolint:errcheck // in memory
	must(t, archive.Restore(t.Context(), Site{DB: d, Files: files}, nil))
	if got := keysOf(t, d); !slices.Equal(got, keys) {
		t.Errorf("got %v, want %v", got, keys)
	}
	for i, key := range keys {
		f, err := files.Open(t.Context(), key)
		if (err == nil) == (i == 1) {
			t.Errorf("file %d: %v", i, err)
		}
		if err == nil {
			must(t, f.Close())
		}
	}
	current, err := d.Current(t.Context(), migrations.FS)
	if must(t, err); !current {
		t.Error("the tables are not those of now")
	}
}
