package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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
