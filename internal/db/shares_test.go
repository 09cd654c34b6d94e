package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/errs"
)

// Attack case 72: a statement without an end ends, when somebody asks for it.
func TestReadsEndInTime(t *testing.T) {
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		o.ReadWithin = 20 * time.Millisecond
		d := dbtest.OpenOptions(t, notes, o)
		endless := func(ctx context.Context) error {
			return d.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
				var n int
				return tx.QueryRow(ctx, "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n").Scan(&n)
			})
		}
		if err := endless(db.Whose(t.Context(), "ben")); errs.KindOf(err) != errs.TooLarge {
			t.Errorf("an endless statement: %v", err)
		}
		ctx, cancel := context.WithTimeout(db.Whose(t.Context(), "ben"), time.Millisecond)
		defer cancel()
		if err := endless(ctx); !errors.Is(err, context.DeadlineExceeded) || errs.KindOf(err) == errs.TooLarge {
			t.Errorf("whose caller gives up first: %v", err)
		}
		// What is inside a read or a write is a part of it.
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			return d.Read(db.Whose(ctx, "ben"), func(context.Context, *db.Tx) error { return nil })
		})
	})
}

// Attack case 72: whoever asks much waits for himself; others are answered meanwhile.
func TestNobodyReadsAlone(t *testing.T) {
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		d := dbtest.OpenOptions(t, notes, o)
		ben, hold, reading := db.Whose(t.Context(), "ben"), make(chan struct{}), make(chan struct{}, 100)
		ended := make(chan error, 100)
		for range 100 {
			go func() {
				ended <- d.Read(ben, func(ctx context.Context, tx *db.Tx) error {
					reading <- struct{}{}
					<-hold
					return d.Read(ctx, func(context.Context, *db.Tx) error { return nil }) // a part of it needs no place
				})
			}()
		}
		<-reading
		for range 20 {
			err := d.Read(db.Whose(t.Context(), "aiko"), func(ctx context.Context, tx *db.Tx) error {
				_, err := tx.Exec(ctx, "SELECT 1")
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for full := false; !full; { // his places are taken sooner or later
			short, cancel := context.WithTimeout(ben, time.Millisecond)
			err := d.Read(short, func(context.Context, *db.Tx) error { return nil })
			full = errors.Is(err, context.DeadlineExceeded)
			cancel()
		}
		close(hold)
		for range 100 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	})
}

// Who waits for a place in vain is told that he asks too much.
func TestWaitingForOneselfInVain(t *testing.T) {
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		o.ReadWithin = 50 * time.Millisecond
		d := dbtest.OpenOptions(t, notes, o)
		ben, hold := db.Whose(t.Context(), "ben"), make(chan struct{})
		ended := make(chan error, 100)
		for range 30 {
			go func() {
				ended <- d.Read(ben, func(context.Context, *db.Tx) error { <-hold; return nil })
			}()
		}
		left := 30
		for told := false; !told; left-- {
			err := <-ended
			told = errs.KindOf(err) == errs.TooMany
			if !told && errs.KindOf(err) != errs.TooLarge { // whose turn it is may come too late to begin, on a busy machine
				t.Fatalf("who waited in vain: %v", err)
			}
		}
		close(hold)
		for range left {
			<-ended
		}
	})
}

// Whoever writes much at a time waits for himself, and others write and read meanwhile, though he reads all he can as well.
// Where one writes at a time there are no shares of that.
func TestNobodyWritesAlone(t *testing.T) {
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		d := dbtest.OpenOptions(t, notes, o)
		if d.Dialect().OneWriter() {
			return
		}
		ben, hold, begun := db.Whose(t.Context(), "ben"), make(chan struct{}), make(chan string, 100)
		ended := make(chan error, 100)
		for range 50 {
			go func() {
				ended <- d.Write(ben, func(ctx context.Context, tx *db.Tx) error {
					begun <- "write"
					<-hold
					return d.Write(ctx, func(context.Context, *db.Tx) error { return nil }) // a part of it needs no place
				})
			}()
			go func() {
				ended <- d.Read(ben, func(context.Context, *db.Tx) error { begun <- "read"; <-hold; return nil })
			}()
		}
		const reads, writes = 9, 4 // of sixteen
		for range reads + writes {
			<-begun
		}
		for i := range 20 {
			write(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, fmt.Sprint("nobody's ", i)) })
			aiko := db.Whose(t.Context(), "aiko")
			if err := d.Write(aiko, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, fmt.Sprint("aiko's ", i)) }); err != nil {
				t.Fatal(err)
			}
			if err := d.Read(aiko, func(context.Context, *db.Tx) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}
		if len(begun) > 0 {
			t.Errorf("ben has more than his share: a %s", <-begun)
		}
		short, cancel := context.WithTimeout(ben, time.Millisecond)
		defer cancel()
		err := d.Write(short, func(context.Context, *db.Tx) error { return nil })
		if !errors.Is(err, context.DeadlineExceeded) || errs.KindOf(err) == errs.TooMany {
			t.Errorf("who gives up before it is his turn: %v", err)
		}
		close(hold)
		for range 100 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	})
}

// Who waits in vain for a place to write is told that he asks too much; what he writes ends when it ends.
func TestWaitingToWriteInVain(t *testing.T) {
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		o.ReadWithin = 50 * time.Millisecond
		d := dbtest.OpenOptions(t, notes, o)
		if d.Dialect().OneWriter() {
			return
		}
		ben, hold := db.Whose(t.Context(), "ben"), make(chan struct{})
		ended := make(chan error, 100)
		for range 10 {
			go func() {
				ended <- d.Write(ben, func(context.Context, *db.Tx) error { <-hold; return nil })
			}()
		}
		for range 6 {
			if err := <-ended; errs.KindOf(err) != errs.TooMany {
				t.Errorf("beyond his share: %v", err)
			}
		}
		close(hold)
		for range 4 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	})
}
