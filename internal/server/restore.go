package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/engawa/engawa/internal/backup"
	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/config"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/migrations"
)

// Restore makes a site of a backup where c says, and where nothing is yet. The backup is read to its end and checked before
// anything is touched. The site then comes to be in a place of its own, is compared with the backup, and gets its name last.
//
// Errors: sentences for the operator; then nothing is left, but for a power cut: then nothing serves what is left.
func Restore(ctx context.Context, c config.Config, path, passphrase string, progress backup.Progress) (backup.Summary, error) {
	return restoreInto(ctx, c.Data, siteDatabase(c), path, passphrase, progress)
}

// restoreInto is Restore into a database of the caller's choice.
func restoreInto(ctx context.Context, data string, to db.Options, path, passphrase string, progress backup.Progress) (backup.Summary, error) {
	if err := whole(data); err != nil {
		return backup.Summary{}, err
	}
	if err := vacant(ctx, data, to, ""); err != nil {
		return backup.Summary{}, err
	}
	in, err := os.Open(path)
	if err != nil {
		return backup.Summary{}, err
	}
	defer in.Close() //nolint:errcheck // only read
	room := backup.Room{Rows: strings.HasPrefix(to.URL, "sqlite:")}
	room.Bytes, _ = blob.Free(nearest(data))
	archive, err := backup.Check(ctx, in, passphrase, migrations.FS, room, progress)
	if err != nil {
		return backup.Summary{}, err
	}
	r := restore{data: data, spare: filepath.Join(data, restoring), from: to, to: to}
	r.from.Schema = spareSchema + to.Schema
	if strings.HasPrefix(to.URL, "sqlite:") {
		r.from.URL = "sqlite:" + filepath.Join(r.spare, databaseFile)
	}
	return archive.Summary, r.run(ctx, archive, progress)
}

// nearest is a folder, or the one above that is there.
func nearest(folder string) string {
	for {
		above := filepath.Dir(folder)
		if _, err := os.Stat(folder); err == nil || above == folder {
			return folder
		}
		folder = above
	}
}

// vacant refuses a place where there is anything, but for one name in the folder.
func vacant(ctx context.Context, data string, to db.Options, but string) error {
	list, err := os.ReadDir(data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range list {
		if e.Name() != "lost+found" && e.Name() != but { // new disks have the first
			return fmt.Errorf("%s is not empty: a site is restored into an empty folder only", data)
		}
	}
	there, err := db.Exists(ctx, to)
	if err == nil && there {
		err = errors.New("the database has a site already: a site is restored into an empty one only")
	}
	return err
}

// restore is a restore under way.
type restore struct {
	data, spare string // folders
	from, to    db.Options
	moved       []string // what is in data by now
}

// run makes the site, or leaves nothing.
func (r *restore) run(ctx context.Context, a *backup.Archive, progress backup.Progress) error {
	there, err := db.Exists(ctx, r.from)
	if err == nil && there {
		err = fmt.Errorf("a restore into this database is not finished: wait for it, or drop the schema %s and restore again", r.from.Schema)
	}
	if err != nil {
		return err
	}
	if err := os.MkdirAll(r.data, 0o700); err != nil {
		return err
	}
	if err := os.Mkdir(r.spare, 0o700); err != nil {
		return err
	}
	err = vacant(ctx, r.data, r.to, restoring) // from now on no server begins here; one may have since the backup was checked
	if err != nil {
		return errors.Join(err, os.Remove(r.spare))
	}
	if err := r.move(ctx, a, progress); err != nil {
		return errors.Join(err, r.undo(context.WithoutCancel(ctx)))
	}
	return errors.Join(os.RemoveAll(r.spare), blob.SyncDir(r.data))
}

// move makes the site in its spare place, and moves it where it belongs: the database last.
func (r *restore) move(ctx context.Context, a *backup.Archive, progress backup.Progress) error {
	if err := r.fill(ctx, a, progress); err != nil {
		return err
	}
	files, secret := filepath.Join(r.data, filesFolder), filepath.Join(r.data, secretFile)
	if err := os.Rename(filepath.Join(r.spare, filesFolder), files); err != nil {
		return err
	}
	r.moved = append(r.moved, files)
	if len(a.Secret) > 0 {
		if err := keepSecret(secret, a.Secret); err != nil {
			return err
		}
		r.moved = append(r.moved, secret)
	}
	return db.Move(ctx, r.from, r.to)
}

// fill makes the site and gives it up again.
func (r *restore) fill(ctx context.Context, a *backup.Archive, progress backup.Progress) (err error) {
	files, err := blob.Open(filepath.Join(r.spare, filesFolder))
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, r.from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return a.Restore(ctx, backup.Site{DB: d, Files: files}, progress)
}

// undo removes what run made, and nothing else.
func (r *restore) undo(ctx context.Context) error {
	err := db.Drop(ctx, r.from)
	for _, path := range append(r.moved, r.spare) {
		err = errors.Join(err, os.RemoveAll(path))
	}
	return err
}
