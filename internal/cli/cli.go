// Package cli is the command line: it reads arguments, calls the server's parts and turns errors into exit codes.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/engawa/engawa/internal/config"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/server"
)

// The exit codes.
const (
	ok     = 0
	failed = 1
	usage  = 2
)

// Main runs the command that args name and returns the exit code.
func Main(args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	name := "help"
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	command, known := commands[name]
	if !known {
		fmt.Fprintf(stderr, "engawa: unknown command %q\n\n%s", name, help)
		return usage
	}
	err := command(ctx, args, getenv, stdout, stderr)
	var wrong *config.UsageError
	switch {
	case err == nil:
		return ok
	case errors.Is(err, config.ErrHelp):
		return ok
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "engawa %s: %v\n", name, err)
		return usage
	}
	fmt.Fprintf(stderr, "engawa %s: %s\n", name, told(err))
	return failed
}

// told is an error in words, if it is one that the operator can act on.
func told(err error) string {
	e, ok := errs.As(err)
	if !ok || !i18n.Has(i18n.En, e.Key) {
		return err.Error()
	}
	words := i18n.T(i18n.En, e.Key, e.Args)
	for _, p := range e.Fields {
		words += "\n  " + p.Path + ": " + i18n.T(i18n.En, p.Key, p.Args)
	}
	return words
}

type command func(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error

var commands = map[string]command{
	"serve":   serve,
	"backup":  backupSite,
	"restore": restoreSite,
	"version": version,
	"help":    showHelp,
	"--help":  showHelp,
	"-h":      showHelp,
}

const help = `Engawa is a platform for a company's business apps and the people outside who work with it.

  engawa serve      serve the site; "engawa serve --help" lists the settings
  engawa backup     write the site into one file, while it is served
  engawa restore    make a site of such a file
  engawa version    print the version
`

func showHelp(_ context.Context, _ []string, _ func(string) string, stdout, _ io.Writer) error {
	_, err := io.WriteString(stdout, help)
	return err
}

func version(_ context.Context, _ []string, _ func(string) string, stdout, _ io.Writer) error {
	_, err := fmt.Fprintln(stdout, server.Version)
	return err
}
