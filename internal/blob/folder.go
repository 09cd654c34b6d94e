// Package blob keeps the content of files, as it came, under keys of its own. It knows neither names nor types nor who
// may read what (file).
package blob

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/engawa/engawa/internal/errs"
)

// Folder keeps each object in a file of its own: ROOT/ab/cd/KEY, two levels of 256 folders. An object appears whole and
// durable or not at all. It is safe for concurrent use, by several processes too.
//
// gocloud.dev/blob, which would also speak to object stores, links 193 further packages (gRPC, Google's API client,
// OpenTelemetry) for a folder; a store in the cloud can have the same three methods.
type Folder struct{ root string }

// Object is what Put stored.
type Object struct {
	Key    string // 32 hexadecimal digits, random
	Size   int64
	SHA256 string // in hexadecimal
}

const (
	partial = "partial"      // folder of objects that are being written
	stale   = 24 * time.Hour // after which what is there was left behind by a crash
)

// Open returns the store in a folder, made if missing, and removes what interrupted writes left there.
func Open(root string) (*Folder, error) {
	f := &Folder{root: root}
	if err := os.MkdirAll(filepath.Join(root, partial), 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	left, err := os.ReadDir(filepath.Join(root, partial))
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	for _, e := range left {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > stale {
			os.Remove(filepath.Join(root, partial, e.Name())) //nolint:errcheck // the next start tries again
		}
	}
	return f, nil
}

// Put stores what r gives, at most max bytes, under a new key. On any error nothing is left.
//
// Errors: TooLarge "blob.tooLarge" beyond max; what r returns; what the disk says.
func (f *Folder) Put(ctx context.Context, r io.Reader, max int64) (Object, error) {
	return f.put(ctx, newKey(), r, max)
}

// PutBack is Put under the key that an object had in another store.
//
// Errors: fs.ErrExist when there is one; one for what is not a key.
func (f *Folder) PutBack(ctx context.Context, key string, r io.Reader, max int64) (Object, error) {
	if !IsKey(key) {
		return Object{}, fmt.Errorf("blob: %q is not a key", key)
	}
	if _, err := os.Lstat(f.path(key)); !errors.Is(err, fs.ErrNotExist) {
		return Object{}, fmt.Errorf("blob: put back %s: %w", key, cmp.Or(err, fs.ErrExist))
	}
	return f.put(ctx, key, r, max)
}

func (f *Folder) put(ctx context.Context, key string, r io.Reader, max int64) (_ Object, err error) {
	tmp, err := os.CreateTemp(filepath.Join(f.root, partial), "put-*")
	if err != nil {
		return Object{}, fmt.Errorf("blob: %w", err)
	}
	defer func() {
		if err != nil {
			tmp.Close()           //nolint:errcheck // it goes away
			os.Remove(tmp.Name()) //nolint:errcheck // the next start tries again
		}
	}()
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(tmp, sum), io.LimitReader(&contextReader{ctx, r}, max+1))
	if err != nil {
		return Object{}, fmt.Errorf("blob: put: %w", err)
	}
	if n > max {
		return Object{}, errs.E(errs.TooLarge, "blob.tooLarge", errs.Args{"max": max})
	}
	if err := tmp.Sync(); err != nil {
		return Object{}, fmt.Errorf("blob: put: %w", err)
	}
	if err := tmp.Close(); err != nil {
		return Object{}, fmt.Errorf("blob: put: %w", err)
	}
	o := Object{Key: key, Size: n, SHA256: hex.EncodeToString(sum.Sum(nil))}
	if err := f.publish(tmp.Name(), o.Key); err != nil {
		return Object{}, fmt.Errorf("blob: put: %w", err)
	}
	return o, nil
}

// publish gives a finished file its place, and makes sure that the place survives a power cut.
func (f *Folder) publish(tmp, key string) error {
	path := f.path(key)
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	for _, d := range []string{dir, filepath.Dir(dir), f.root} {
		if err := SyncDir(d); err != nil {
			return err
		}
	}
	return nil
}

// Open returns an object's content; the caller closes it.
//
// Errors: NotFound "blob.missing".
func (f *Folder) Open(_ context.Context, key string) (io.ReadSeekCloser, error) {
	if !IsKey(key) {
		return nil, errs.E(errs.NotFound, "blob.missing")
	}
	file, err := os.Open(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errs.E(errs.NotFound, "blob.missing").With(err)
	}
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	return file, nil
}

// Delete removes an object. One that is not there is no error.
func (f *Folder) Delete(_ context.Context, key string) error {
	if !IsKey(key) {
		return nil
	}
	if err := os.Remove(f.path(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("blob: %w", err)
	}
	return nil
}

// Keys goes through the objects stored before an instant, in no order: for whoever looks for those that nothing
// refers to any more.
func (f *Folder) Keys(before time.Time) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		err := filepath.WalkDir(f.root, func(_ string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !IsKey(e.Name()) {
				return err
			}
			info, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) || err == nil && !info.ModTime().Before(before) {
				return nil
			}
			if !yield(e.Name(), err) {
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield("", fmt.Errorf("blob: %w", err))
		}
	}
}

func (f *Folder) path(key string) string { return filepath.Join(f.root, key[:2], key[2:4], key) }

func newKey() string {
	var b [16]byte
	rand.Read(b[:]) //nolint:errcheck // crypto/rand.Read never returns an error
	return hex.EncodeToString(b[:])
}

// IsKey reports whether Put may have given a key: everything else is kept out of paths.
func IsKey(key string) bool {
	b, err := hex.DecodeString(key)
	return err == nil && len(b) == 16 && hex.EncodeToString(b) == key
}

// contextReader stops a copy when its request is over.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *contextReader) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}
