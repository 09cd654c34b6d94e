package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// Backup is what the commands backup and restore are told.
type Backup struct {
	Site       Config // Data, DatabaseURL and Secret
	File       string // the backup
	Passphrase string // "": not encrypted
}

// ParseBackup reads the arguments of a command that takes the file of a backup, and the environment.
//
// Errors: as Parse; also for a file with a passphrase that cannot be read, or holds none.
func ParseBackup(command string, args []string, getenv func(string) string) (b Backup, err error) {
	var from string
	set := backupFlags(command, &b.Site, &from, getenv)
	var files []string
	for { // flags may stand before and behind the file
		if err := set.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return Backup{}, ErrHelp
			}
			return Backup{}, &UsageError{err.Error()}
		}
		if set.NArg() == 0 {
			break
		}
		files, args = append(files, set.Arg(0)), set.Args()[1:]
	}
	switch len(files) {
	case 0:
		return Backup{}, &UsageError{"want the name of the file"}
	case 1:
		b.File = files[0]
	default:
		return Backup{}, &UsageError{fmt.Sprintf("unexpected argument %q", files[1])}
	}
	b.Site.Secret = getenv("ENGAWA_SECRET")
	if err := b.Site.completePlace(); err != nil {
		return Backup{}, &UsageError{err.Error()}
	}
	if from == "" {
		return b, nil
	}
	b.Passphrase, err = readPassphrase(from)
	return b, err
}

func readPassphrase(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", &UsageError{"--passphrase-file: " + err.Error()}
	}
	line, rest, _ := strings.Cut(strings.TrimRight(string(text), "\r\n"), "\n")
	if line = strings.TrimSuffix(line, "\r"); line == "" || rest != "" {
		return "", &UsageError{"--passphrase-file: want a file with one line"}
	}
	return line, nil
}

// BackupUsage writes the flags of such a command.
func BackupUsage(command string, w io.Writer) {
	var c Config
	var from string
	set := backupFlags(command, &c, &from, func(string) string { return "" })
	set.SetOutput(w)
	set.PrintDefaults()
}

func backupFlags(command string, c *Config, from *string, getenv func(string) string) *flag.FlagSet {
	set, text := newSet(command, getenv)
	place(c, text)
	text(from, "passphrase-file", "ENGAWA_PASSPHRASE_FILE", "", "file with the passphrase that the backup is encrypted with")
	return set
}
