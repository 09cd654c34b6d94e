package file_test

import (
	"context"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/world"
)

// The bytes of an upload go when it is gone for good, and not when its going could not be written down.
func TestSweepKeepsTheBytesOfWhatIsStillThere(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		ctx := t.Context()
		do := func(query string) {
			t.Helper()
			err := w.DB.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
				_, err := tx.Exec(ctx, query)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		w.Upload("late.txt", "縁側")
		w.Pass(100 * 24 * time.Hour)
		do("CREATE TABLE pin (file_id BIGINT REFERENCES file (id) DEFERRABLE INITIALLY DEFERRED)") // asked at the commit
		do("INSERT INTO pin SELECT id FROM file")
		if n, err := w.Files.Sweep(ctx); n != 0 || err == nil {
			t.Errorf("%d removed, %v", n, err)
		}
		var key string
		err := w.DB.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
			return tx.QueryRow(ctx, "SELECT blob_key FROM file").Scan(&key)
		})
		if err != nil {
			t.Fatal(err)
		}
		there := func() bool {
			content, err := w.Blobs.Open(ctx, key)
			return err == nil && content.Close() == nil
		}
		if !there() {
			t.Fatal("its bytes are gone")
		}
		do("DROP TABLE pin")
		if n, err := w.Files.Sweep(ctx); n != 1 || err != nil {
			t.Errorf("%d removed, %v", n, err)
		}
		if there() {
			t.Error("its bytes are still there")
		}
	})
}
