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

const (
	filesFolder  = "files"      // of the data folder: what is attached
	databaseFile = "main.db"    // in it
	siteSchema   = "site_main"  // on PostgreSQL
	restoring    = "restoring"  // folder of a restore that goes on, or broke off
	spareSchema  = "restoring_" // the same on PostgreSQL: before the schema's name
)

// Backup writes the site that c describes into a new file, while a server may serve it.
//
// Errors: sentences for the operator.
func Backup(ctx context.Context, c config.Config, path, passphrase string, progress backup.Progress) (backup.Summary, error) {
	return writeBackup(ctx, c, siteDatabase(c), path, passphrase, progress)
}

// writeBackup is Backup of a database of the caller's choice.
func writeBackup(ctx context.Context, c config.Config, o db.Options, path, passphrase string, progress backup.Progress) (s backup.Summary, err error) {
	if err := whole(c.Data); err != nil {
		return s, err
	}
	o.ReadOnly = true
	d, err := db.Open(ctx, o)
	if errors.Is(err, fs.ErrNotExist) {
		return s, fmt.Errorf("there is no site in %s", c.Data)
	}
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	current, err := d.Current(ctx, migrations.FS)
	if err == nil && !current {
		err = errors.New("the site is of another version than this program: back it up with the program that serves it")
	}
	if err != nil {
		return s, err
	}
	schema, err := db.Newest(migrations.FS)
	if err != nil {
		return s, err
	}
	site := backup.Site{DB: d}
	if site.Files, err = blob.Open(filepath.Join(c.Data, filesFolder)); err != nil {
		return s, err
	}
	if c.Secret == "" {
		site.Secret, err = readSecret(filepath.Join(c.Data, secretFile))
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // then its servers are told ENGAWA_SECRET, and keep none
			return s, err
		}
	}
	return backup.WriteFile(ctx, path, site, backup.Options{Passphrase: passphrase, Program: Version, Schema: schema, Progress: progress})
}

// Restore makes a site of a backup where c says, and where nothing is yet. The backup is read to its end and checked before
// anything is touched. The site then comes to be in a place of its own, is compared with the backup, and gets its name last.
//
// Errors: sentences for the operator; then nothing is left, but for a power cut: then nothing serves what is left.
func Restore(ctx context.Context, c config.Config, path, passphrase string, progress backup.Progress) (backup.Summary, error) {
	return restoreInto(ctx, c.Data, siteDatabase(c), path, passphrase, progress)
}

// restoreInto is Restore into a database of the caller's choice.
func restoreInto(ctx context.Context, data string, to db.Options, path, passphrase string, progress backup.Progress) (backup.Summary, error) {
	if err := vacant(ctx, data, to); err != nil {
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

// siteDatabase is where the database of the site is.
func siteDatabase(c config.Config) db.Options {
	return db.Options{URL: databaseURL(c), Schema: siteSchema}
}

// whole refuses a data folder in which a restore goes on, or broke off.
func whole(data string) error {
	_, err := os.Lstat(filepath.Join(data, restoring))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = fmt.Errorf("%s holds a restore that is not finished: wait for it, or empty the folder and restore again", data)
	}
	return err
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

// vacant refuses a place where there is anything.
func vacant(ctx context.Context, data string, to db.Options) error {
	if err := whole(data); err != nil {
		return err
	}
	list, err := os.ReadDir(data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(list) > 0 && (len(list) > 1 || list[0].Name() != "lost+found") { // which new disks have
		return fmt.Errorf("%s is not empty: a site is restored into an empty folder only", data)
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
}

// run makes the site, or leaves nothing.
func (r restore) run(ctx context.Context, a *backup.Archive, progress backup.Progress) error {
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
	if err := r.move(ctx, a, progress); err != nil {
		return errors.Join(err, r.undo(context.WithoutCancel(ctx)))
	}
	return errors.Join(os.RemoveAll(r.spare), blob.SyncDir(r.data))
}

// move makes the site in its spare place, and moves it where it belongs: the database last.
func (r restore) move(ctx context.Context, a *backup.Archive, progress backup.Progress) error {
	if err := r.fill(ctx, a, progress); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(r.spare, filesFolder), filepath.Join(r.data, filesFolder)); err != nil {
		return err
	}
	if len(a.Secret) > 0 {
		if err := keepSecret(filepath.Join(r.data, secretFile), a.Secret); err != nil {
			return err
		}
	}
	return db.Move(ctx, r.from, r.to)
}

// fill makes the site and gives it up again.
func (r restore) fill(ctx context.Context, a *backup.Archive, progress backup.Progress) (err error) {
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

// undo removes all that run made: there was nothing before.
func (r restore) undo(ctx context.Context) error {
	return errors.Join(
		db.Drop(ctx, r.from),
		os.RemoveAll(filepath.Join(r.data, filesFolder)),
		os.RemoveAll(filepath.Join(r.data, secretFile)),
		os.RemoveAll(r.spare),
	)
}
