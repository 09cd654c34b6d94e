// Package usage counts what programs and people ask of each app through the API, by day. Calls are gathered in memory and
// written now and then, so that no call waits for being counted; a server that is killed forgets those of the last minute.
package usage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// Calls are the calls of a site.
type Calls struct {
	db *db.DB

	mu     sync.Mutex
	counts map[place]int64 // not written yet
}

// place is what one number is about.
type place struct {
	app id.App
	day string
}

// New returns the calls kept in d.
func New(d *db.DB) *Calls { return &Calls{db: d, counts: map[place]int64{}} }

// day is a day of UTC: it begins at nine in the morning in Japan, where kintone counts anew then.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// Count notes a call.
func (c *Calls) Count(app id.App) {
	at := place{app, day(c.db.Now())}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[at]++
}

// Today returns how many calls there were today, by app; those that other servers of the site have not written yet are
// missing.
func (c *Calls) Today(ctx context.Context, apps []id.App) (map[id.App]int64, error) {
	counts := map[id.App]int64{}
	if len(apps) == 0 {
		return counts, nil
	}
	today := day(c.db.Now())
	err := c.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		clear(counts)
		return db.Each(ctx, tx, func(row db.RowScanner) error {
			var app id.App
			var n int64
			err := row.Scan(&app, &n)
			counts[app] = n
			return err
		}, `SELECT app_id, calls FROM app_usage WHERE day = ? AND app_id IN (`+db.Marks(len(apps))+`)`, append([]any{today}, db.Args(apps)...)...)
	})
	if err != nil {
		return nil, fmt.Errorf("usage: today: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, app := range apps {
		counts[app] += c.counts[place{app, today}]
	}
	return counts, nil
}

// Flush writes what was counted, and forgets the days before yesterday. What could not be written is kept for the next time.
func (c *Calls) Flush(ctx context.Context) error {
	c.mu.Lock()
	counts := c.counts
	c.counts = map[place]int64{}
	c.mu.Unlock()
	if len(counts) == 0 {
		return nil
	}
	err := c.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for at, n := range counts {
			_, err := tx.Exec(ctx, `
				INSERT INTO app_usage (app_id, day, calls) VALUES (?, ?, ?)
				ON CONFLICT (app_id, day) DO UPDATE SET calls = app_usage.calls + excluded.calls`, at.app, at.day, n)
			if err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `DELETE FROM app_usage WHERE day < ?`, day(tx.Now().AddDate(0, 0, -1)))
		return err
	})
	if err != nil {
		c.restore(counts)
		return fmt.Errorf("usage: flush: %w", err)
	}
	return nil
}

// restore puts back what could not be written.
func (c *Calls) restore(counts map[place]int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for at, n := range c.counts {
		counts[at] += n
	}
	c.counts = counts
}

const (
	flushEvery = time.Minute
	lastFlush  = 5 * time.Second
)

// Keep writes what was counted every minute, and a last time when ctx ends.
func (c *Calls) Keep(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for ended := false; !ended; {
		with, done := ctx, context.CancelFunc(func() {})
		select {
		case <-ctx.Done():
			ended = true
			with, done = context.WithTimeout(context.WithoutCancel(ctx), lastFlush)
		case <-tick.C:
		}
		if err := c.Flush(with); err != nil && !errors.Is(err, context.Canceled) {
			log.Error("calls were not written", "error", err)
		}
		done()
	}
}
