package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/engawa/engawa/internal/errs"
)

// files counts what is stored in a folder.
func files(t *testing.T, root string) (n int) {
	t.Helper()
	err := filepath.WalkDir(root, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func open(t *testing.T) (*Folder, string) {
	t.Helper()
	root := t.TempDir()
	f, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	return f, root
}

func TestWhatIsPutComesBack(t *testing.T) {
	f, root := open(t)
	o, err := f.Put(t.Context(), strings.NewReader("縁側"), 6)
	if err != nil {
		t.Fatal(err)
	}
	if o.Size != 6 || o.SHA256 != "d697566762db6c33a5e2127adf37affd6079c3eba94ab3b5407b4bc4f2027e82" {
		t.Errorf("%+v", o)
	}
	r, err := f.Open(t.Context(), o.Key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if b, err := io.ReadAll(r); string(b) != "縁側" || err != nil {
		t.Errorf("%q %v", b, err)
	}
	for key, err := range f.Keys(time.Now().Add(time.Hour)) {
		if key != o.Key || err != nil {
			t.Errorf("key %q %v", key, err)
		}
	}
	for key := range f.Keys(time.Now().Add(-time.Hour)) {
		t.Errorf("%s is not that old", key)
	}
	if err := errors.Join(f.Delete(t.Context(), o.Key), f.Delete(t.Context(), o.Key)); err != nil {
		t.Error(err)
	}
	if _, err := f.Open(t.Context(), o.Key); errs.KindOf(err) != errs.NotFound {
		t.Errorf("deleted: %v", err)
	}
	if n := files(t, root); n != 0 {
		t.Errorf("%d files left", n)
	}
}

func TestAFailedPutLeavesNothing(t *testing.T) {
	f, root := open(t)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	broken := errors.New("cut off")
	for name, tc := range map[string]struct {
		ctx  context.Context
		r    io.Reader
		want func(error) bool
	}{
		"too large": {t.Context(), strings.NewReader("1234567"), func(err error) bool { return errs.KindOf(err) == errs.TooLarge }},
		"cut off": {t.Context(), io.MultiReader(strings.NewReader("1"), iotest.ErrReader(broken)),
			func(err error) bool { return errors.Is(err, broken) }},
		"cancelled": {cancelled, strings.NewReader("1"), func(err error) bool { return errors.Is(err, context.Canceled) }},
	} {
		if _, err := f.Put(tc.ctx, tc.r, 6); !tc.want(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := files(t, root); n != 0 {
		t.Errorf("%d files left", n)
	}
}

func TestKeysReachNothingElse(t *testing.T) {
	f, root := open(t)
	if err := os.WriteFile(filepath.Join(root, "secret"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"", "secret", "../secret", "..", strings.Repeat("A", 32), strings.Repeat("a", 31), "aa/../../../../secret...........", strings.Repeat("a", 32) + "\x00"} {
		if _, err := f.Open(t.Context(), key); errs.KindOf(err) != errs.NotFound {
			t.Errorf("Open(%q) = %v", key, err)
		}
		if err := f.Delete(t.Context(), key); err != nil {
			t.Errorf("Delete(%q) = %v", key, err)
		}
	}
	if files(t, root) != 1 {
		t.Error("something was removed")
	}
}

func TestOpenRemovesWhatACrashLeft(t *testing.T) {
	_, root := open(t)
	old, fresh := filepath.Join(root, partial, "put-1"), filepath.Join(root, partial, "put-2")
	for _, path := range []string{old, fresh} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ago := time.Now().Add(-stale - time.Minute)
	if err := os.Chtimes(old, ago, ago); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(root); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an old remainder stays")
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Error("an upload of another process was removed")
	}
}

// An object comes back under its key, once, and under nothing that is not one.
func TestPutBack(t *testing.T) {
	f, root := open(t)
	const key = "0123456789abcdef0123456789abcdef"
	if o, err := f.PutBack(t.Context(), key, strings.NewReader("縁側"), 6); err != nil || o.Key != key || o.Size != 6 {
		t.Errorf("%+v, %v", o, err)
	}
	if _, err := f.PutBack(t.Context(), key, strings.NewReader("x"), 6); !errors.Is(err, fs.ErrExist) {
		t.Errorf("an object was replaced: %v", err)
	}
	for _, bad := range []string{"", "../../evil", "0123456789ABCDEF0123456789ABCDEF", key + "0", "partial"} {
		if _, err := f.PutBack(t.Context(), bad, strings.NewReader("x"), 6); err == nil {
			t.Errorf("%q was taken for a key", bad)
		}
	}
	if n := files(t, root); n != 1 {
		t.Errorf("%d files", n)
	}
}
