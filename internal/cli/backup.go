package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/engawa/engawa/internal/backup"
	"github.com/engawa/engawa/internal/config"
	"github.com/engawa/engawa/internal/server"
)

const backupHelp = `engawa backup [flags] FILE

Writes the whole site, as it is at one instant, into a new file. A server may go on serving it. The file is the same for
SQLite and PostgreSQL; who has it has everything, so keep it safe, or encrypt it.

`

const restoreHelp = `engawa restore [flags] FILE

Makes a site of a backup, in an empty data folder and, with --database, an empty PostgreSQL database. The backup is
checked to its end before anything is touched; when anything is wrong, nothing is left.

`

// backupSite writes a backup.
func backupSite(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	b, err := parseBackup("backup", backupHelp, args, getenv, stdout)
	if err != nil {
		return err
	}
	shown := newProgress(stderr)
	s, err := server.Backup(ctx, b.Site, b.File, b.Passphrase, shown.show)
	shown.end()
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s holds %s.\n", b.File, inWords(s))
	for _, key := range s.Missing {
		fmt.Fprintf(stderr, "warning: the content of file %s was lost before and is not in the backup\n", key)
	}
	return nil
}

// restoreSite makes a site of a backup.
func restoreSite(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	b, err := parseBackup("restore", restoreHelp, args, getenv, stdout)
	if err != nil {
		return err
	}
	shown := newProgress(stderr)
	s, err := server.Restore(ctx, b.Site, b.File, b.Passphrase, shown.show)
	shown.end()
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "Restored %s, as of %s. Everybody has to log in again.\n", inWords(s), s.CreatedAt.Local().Format(time.DateTime))
	if !s.Secret {
		fmt.Fprintln(stdout, "It kept no secret of its own: start it with the same ENGAWA_SECRET as before.")
	}
	return nil
}

func parseBackup(command, help string, args []string, getenv func(string) string, stdout io.Writer) (config.Backup, error) {
	b, err := config.ParseBackup(command, args, getenv)
	if errors.Is(err, config.ErrHelp) {
		fmt.Fprint(stdout, help)
		config.BackupUsage(command, stdout)
	}
	return b, err
}

// inWords is a backup in words.
func inWords(s backup.Summary) string {
	return fmt.Sprintf("%d records and %d files (%.1f MB)", s.Records, s.Files, float64(s.Bytes)/1e6)
}

// progress is a line on a terminal that changes. Elsewhere it shows nothing.
type progress struct {
	w    io.Writer // nil: not a terminal
	last time.Time
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	if !ok {
		return &progress{}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &progress{}
	}
	return &progress{w: w}
}

// show is a backup.Progress.
func (p *progress) show(what string, done int64) {
	if p.w == nil || time.Since(p.last) < 100*time.Millisecond {
		return
	}
	p.last = time.Now()
	fmt.Fprintf(p.w, "\r%-8s %12d ", what, done)
}

// end takes the line away.
func (p *progress) end() {
	if p.w != nil {
		fmt.Fprintf(p.w, "\r%24s\r", "")
	}
}
