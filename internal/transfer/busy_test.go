package transfer_test

import (
	"context"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/transfer"
)

// An import that others are always in the way of waits for them: it is not the file's fault. SQLite has one writer.
func TestAnImportWaitsForWhoIsInTheWay(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		if s.DB.Dialect().OneWriter() {
			return
		}
		content, middle := numbered(manyRows)
		m := s.send(s.Root.Actor(), "a.csv", content)
		s.begin(s.Root.Actor(), m, nil)
		do := func(statements ...string) error {
			return s.DB.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				for _, q := range statements {
					if _, err := tx.Exec(ctx, q); err != nil {
						return err
					}
				}
				return nil
			})
		}
		s.blobs.when(middle, func() error {
			return do("CREATE FUNCTION in_the_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '40001'; END $$",
				"CREATE TRIGGER in_the_way BEFORE UPDATE OF rows_done ON import EXECUTE FUNCTION in_the_way()")
		})
		s.Drain()
		if half := s.now(m.ID); half.State != transfer.Queued || half.Done == 0 {
			t.Fatalf("%s, %d rows, %+v", half.State, half.Done, half.Error)
		}
		if err := do("DROP TRIGGER in_the_way ON import"); err != nil {
			t.Fatal(err)
		}
		s.Pass(time.Minute)
		s.Drain()
		s.complete(t, s.now(m.ID))
	})
}
