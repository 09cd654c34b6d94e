package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/engawa/engawa/internal/blob"
)

// WriteFile writes a backup of a site into a new file, which only its owner can read: whole and durable, or not at all.
//
// Errors: fs.ErrExist when there is a file of that name.
func WriteFile(ctx context.Context, path string, site Site, o Options) (s Summary, err error) {
	if _, err := os.Lstat(path); err == nil {
		return Summary{}, fmt.Errorf("%s: %w; a backup replaces nothing", path, fs.ErrExist)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.partial")
	if err != nil {
		return Summary{}, err
	}
	defer os.Remove(tmp.Name()) //nolint:errcheck // it has its name by then, or is of no use
	s, err = Write(ctx, tmp, site, o)
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return s, err
	}
	err = os.Link(tmp.Name(), path) // unlike Rename it replaces nothing
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(tmp.Name(), path) // the disk knows no second names
	}
	return s, errors.Join(err, blob.SyncDir(filepath.Dir(path)))
}
