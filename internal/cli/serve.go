package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/engawa/engawa/internal/config"
	"github.com/engawa/engawa/internal/server"
	"github.com/engawa/engawa/internal/telemetry"
)

// serve runs the site until it is told to stop.
func serve(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) (err error) {
	c, err := config.Parse(args, getenv)
	if errors.Is(err, config.ErrHelp) {
		config.Usage(stdout)
	}
	if err != nil {
		return err
	}
	if getenv("GOGC") == "" {
		go paceCollector(ctx, time.Tick(time.Second))
	}
	// Listen first: a port that is taken should not cost a migration.
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return err
	}
	defer l.Close() //nolint:errcheck // closed by the server when it served
	s, err := server.New(ctx, c, telemetry.NewLog(stderr, c.LogFormat, c.LogLevel))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	welcome, err := s.Prepare(ctx)
	if err != nil {
		return err
	}
	fmt.Fprint(stdout, welcome)
	return s.Run(ctx, l)
}
