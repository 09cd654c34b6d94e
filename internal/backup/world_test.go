package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/world"
	"github.com/engawa/engawa/migrations"
)

// cheap is work that a test can wait for.
const cheap = 10

// written is the backup of a world.
func written(t testing.TB, w *world.World, passphrase string) []byte {
	t.Helper()
	newest, err := db.Newest(migrations.FS)
	must(t, err)
	var b bytes.Buffer
	_, err = Write(t.Context(), &b, Site{DB: w.DB, Files: w.Blobs, Secret: []byte("a secret of thirty-two characters")},
		Options{Passphrase: passphrase, Program: "test", Schema: newest, work: cheap})
	must(t, err)
	return b.Bytes()
}

// check reads a backup of this version.
func check(t testing.TB, b []byte, passphrase string) (*Archive, error) {
	t.Helper()
	return checkWith(t.Context(), bytes.NewReader(b), passphrase, migrations.FS, func(_ context.Context, _ fs.FS, _ int64) ([]db.Table, error) {
		return tablesNow()
	}, Room{}, nil)
}

// tablesNow are the tables of this version, made once for all tests.
var tablesNow = sync.OnceValues(func() ([]db.Table, error) { return tablesAt(context.Background(), migrations.FS, math.MaxInt64) })

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// entry is an entry of a backup taken apart.
type entry struct {
	tar.Header
	body []byte
}

func takeApart(t testing.TB, b []byte) []entry {
	t.Helper()
	u, err := newUnsealer(bytes.NewReader(b), "")
	must(t, err)
	var list []entry
	for in := tar.NewReader(u); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return list
		}
		must(t, err)
		body, err := io.ReadAll(in)
		must(t, err)
		list = append(list, entry{*h, body})
	}
}

// putTogether seals entries, whatever they are.
func putTogether(t testing.TB, list []entry) []byte {
	t.Helper()
	var b bytes.Buffer
	s, err := newSealer(&b, Options{})
	must(t, err)
	out := tar.NewWriter(s)
	for _, e := range list {
		e.Size, e.Format = int64(len(e.body)), tar.FormatUnknown
		if e.Typeflag != tar.TypeReg {
			e.Size = 0
		}
		must(t, out.WriteHeader(&e.Header))
		if e.Size > 0 {
			_, err := out.Write(e.body)
			must(t, err)
		}
	}
	must(t, out.Close())
	must(t, s.Close())
	return b.Bytes()
}

// edited is a JSON entry changed.
func edited[T any](t testing.TB, e entry, fn func(v *T)) entry {
	t.Helper()
	var v T
	must(t, json.Unmarshal(e.body, &v))
	fn(&v)
	b, err := json.Marshal(v)
	must(t, err)
	e.body = b
	return e
}

// indexOf is where the first entry is whose name begins so.
func indexOf(t testing.TB, list []entry, prefix string) int {
	t.Helper()
	i := slices.IndexFunc(list, func(e entry) bool { return strings.HasPrefix(e.Name, prefix) })
	if i < 0 {
		t.Fatalf("no entry %s", prefix)
	}
	return i
}

// replaced is an entry with one place changed.
func replaced(t testing.TB, e entry, old, new string) entry {
	t.Helper()
	if !bytes.Contains(e.body, []byte(old)) {
		t.Fatalf("%s has no %s in %.2000s", e.Name, old, e.body)
	}
	e.body = bytes.Replace(e.body, []byte(old), []byte(new), 1)
	return e
}
