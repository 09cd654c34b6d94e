package words_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/words"
	"github.com/engawa/engawa/migrations"
)

const pets, plants = words.Index("pet_words"), words.Index("plant_words")

// shelf is two indexes and what should be in them.
type shelf struct {
	*testing.T
	db   *db.DB
	want map[words.Index]map[int64]string
}

func newShelf(t *testing.T, d *db.DB) *shelf {
	s := &shelf{t, d, map[words.Index]map[int64]string{pets: {}, plants: {}}}
	s.write(func(ctx context.Context, tx *db.Tx) error {
		for x := range s.want {
			for _, sql := range x.Create(tx.Dialect()) {
				if _, err := tx.Exec(ctx, sql); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return s
}

func (s *shelf) write(fn func(ctx context.Context, tx *db.Tx) error) {
	s.Helper()
	if err := s.db.Write(s.Context(), fn); err != nil {
		s.Fatal(err)
	}
}

func (s *shelf) put(x words.Index, entries ...words.Entry) {
	s.Helper()
	s.write(func(ctx context.Context, tx *db.Tx) error { return x.Put(ctx, tx, entries) })
	for _, e := range entries {
		s.want[x][e.Row] = e.Tokens
	}
}

func (s *shelf) forget(x words.Index, rows ...int64) {
	s.Helper()
	s.write(func(ctx context.Context, tx *db.Tx) error { return x.Forget(ctx, tx, rows...) })
	for _, n := range rows {
		delete(s.want[x], n)
	}
}

func (s *shelf) settle() {
	s.Helper()
	if err := words.Settle(s.Context(), s.db); err != nil {
		s.Fatal(err)
	}
}

// match returns the rows that the index gives for tokens.
func (s *shelf) match(x words.Index, tokens ...string) (rows []int64) {
	s.Helper()
	err := s.db.Read(s.Context(), func(ctx context.Context, tx *db.Tx) (err error) {
		sql, args := x.Match(tx.Dialect(), tokens)
		rows, err = db.Pluck[int64](ctx, tx, "SELECT DISTINCT * FROM ("+sql+") x ORDER BY 1", args...)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return rows
}

// check looks every token up: all rows with it must be found, and once nothing waits, no others.
func (s *shelf) check(settled bool) {
	s.Helper()
	for x, rows := range s.want {
		for _, tokens := range [][]string{{"ab"}, {"bc"}, {"猫犬"}, {"ab", "猫犬"}, {"ab", "bc", "zz"}} {
			var want []int64
			for n, has := range rows {
				if !slices.ContainsFunc(tokens, func(w string) bool { return !slices.Contains(strings.Fields(has), w) }) {
					want = append(want, n)
				}
			}
			slices.Sort(want)
			got := s.match(x, tokens...)
			if settled && !slices.Equal(got, want) {
				s.Errorf("%s %v: found %v, want %v", x, tokens, got, want)
			}
			for _, n := range want {
				if !slices.Contains(got, n) {
					s.Errorf("%s %v: %d is not among %v", x, tokens, n, got)
				}
			}
		}
	}
}

// TestAnyOrder puts, changes, forgets and settles at random: whatever waits where, nothing is missed.
func TestAnyOrder(t *testing.T) {
	dbtest.Each(t, migrations.FS, func(t *testing.T, d *db.DB) {
		s, r := newShelf(t, d), rand.New(rand.NewPCG(3, 7))
		vocabulary := []string{"ab", "bc", "zz", "猫犬", "犬猫"}
		entry := func(n int64) words.Entry {
			var has []string
			for _, w := range vocabulary {
				if r.IntN(2) == 0 {
					has = append(has, w)
				}
			}
			return words.Entry{Row: n, Tokens: strings.Join(has, " ")}
		}
		for range 150 {
			x := []words.Index{pets, plants}[r.IntN(2)]
			switch r.IntN(8) {
			case 0:
				s.forget(x, int64(r.IntN(40)), int64(40+r.IntN(40)))
			case 1:
				s.settle()
				s.check(true)
			case 2: // after some of these, the queue is too long
				var many []words.Entry
				for n := range int64(900) {
					many = append(many, entry(n))
				}
				s.put(x, many...)
			default:
				s.put(x, entry(int64(r.IntN(80))))
			}
			s.check(false)
		}
		s.settle()
		s.check(true)
	})
}

// TestUndone leaves nothing of a write that failed, neither in the index nor waiting for it.
func TestUndone(t *testing.T) {
	dbtest.Each(t, migrations.FS, func(t *testing.T, d *db.DB) {
		s := newShelf(t, d)
		s.put(pets, words.Entry{Row: 1, Tokens: "ab"})
		no := errors.New("no")
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(pets.Put(ctx, tx, []words.Entry{{Row: 1, Tokens: "bc"}, {Row: 2, Tokens: "ab"}}), no)
		})
		if !errors.Is(err, no) {
			t.Fatal(err)
		}
		s.settle()
		s.check(true)
	})
}

// TestKeep moves what waits without being told, more than one transaction's worth of it.
func TestKeep(t *testing.T) {
	dbtest.Each(t, migrations.FS, func(t *testing.T, d *db.DB) {
		s := newShelf(t, d)
		for n := range int64(30) {
			var list []words.Entry
			for i := range int64(10) {
				list = append(list, words.Entry{Row: 10*n + i, Tokens: fmt.Sprintf("ab n%d", n)})
			}
			s.put(pets, list...)
		}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		done := make(chan struct{})
		go func() {
			defer close(done)
			words.Keep(ctx, d, slog.New(slog.NewTextHandler(io.Discard, nil)))
		}()
		for len(s.match(pets, "n7")) != 10 { // until all others wait no longer
		}
		s.put(pets, words.Entry{Row: 1000, Tokens: "late"})
		s.put(pets, words.Entry{Row: 1001, Tokens: "bc"})
		for !slices.Equal(s.match(pets, "late"), []int64{1000}) {
		}
		stop()
		<-done
		s.check(true)
	})
}

// TestRemake leaves an index without entries, and as good as new.
func TestRemake(t *testing.T) {
	dbtest.Each(t, migrations.FS, func(t *testing.T, d *db.DB) {
		s := newShelf(t, d)
		s.put(pets, words.Entry{Row: 1, Tokens: "ab"}, words.Entry{Row: 2, Tokens: "bc"})
		s.put(plants, words.Entry{Row: 1, Tokens: "ab"})
		s.settle()
		s.write(pets.Remake)
		s.want[pets] = map[int64]string{}
		s.check(true)
		s.put(pets, words.Entry{Row: 2, Tokens: "ab zz"})
		s.check(false)
		s.settle()
		s.check(true)
	})
}

// TestLongEntries moves what is too much for one transaction in several.
func TestLongEntries(t *testing.T) {
	dbtest.Each(t, migrations.FS, func(t *testing.T, d *db.DB) {
		s := newShelf(t, d)
		for n := range int64(4) {
			var long strings.Builder
			for i := range 60_000 {
				fmt.Fprintf(&long, " n%dx%d", n, i)
			}
			s.put(pets, words.Entry{Row: 3*n + 1, Tokens: "ab" + long.String()}, words.Entry{Row: 3*n + 2, Tokens: "ab bc"}, words.Entry{Row: 3*n + 3, Tokens: "猫犬"})
		}
		s.check(false)
		s.settle()
		s.check(true)
		if got := s.match(pets, "n3x59999"); !slices.Equal(got, []int64{10}) {
			t.Errorf("the last token of a long text: %v", got)
		}
	})
}
