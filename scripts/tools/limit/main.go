// Command limit is a bare server to measure Engawa against: the fewest steps that store and answer the benchmark's
// records as durably and in the same JSON. One table, one index, one writer that commits waiting writes together,
// four readers; no users, permissions, validation, history, events or search. It answers only what ../bench asks.
//
//	limit ADDR DATA-FOLDER
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: limit ADDR DATA-FOLDER")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "limit:", err)
		os.Exit(1)
	}
}

// run serves until ctx is done.
func run(ctx context.Context, addr, data string) error {
	s, err := openStore(filepath.Join(data, "limit.db"))
	if err != nil {
		return err
	}
	server := &http.Server{Addr: addr, Handler: routes(s)}
	context.AfterFunc(ctx, func() { server.Shutdown(context.WithoutCancel(ctx)) })
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return s.close()
}
