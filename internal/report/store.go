package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// keep is how many snapshots of a graph are kept: the newest.
const keep = 1000

type planned struct {
	rhythm string
	next   time.Time
}

// schedules are the rhythms of an app by graph.
func schedules(ctx context.Context, tx *db.Tx, a id.App) (map[id.Report]planned, error) {
	all := map[id.Report]planned{}
	err := db.Each(ctx, tx, func(row db.RowScanner) error {
		var n id.Report
		var p planned
		err := row.Scan(&n, &p.rhythm, &p.next)
		all[n] = p
		return err
	}, `SELECT report_id, rhythm, next_at FROM report_schedule WHERE app_id = ?`, a)
	if err != nil {
		return nil, fmt.Errorf("report: schedules of %d: %w", a, err)
	}
	return all, nil
}

// due is the beat of a graph that was not kept yet; planned is false when it has no rhythm.
func (s *Snapshots) due(ctx context.Context, b beat) (due time.Time, planned bool, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT next_at FROM report_schedule WHERE app_id = ? AND report_id = ?`, b.App, b.Report).Scan(&due)
	})
	if errors.Is(err, db.ErrNoRows) {
		return due, false, nil
	}
	return due, true, err
}

func schedule(ctx context.Context, tx *db.Tx, b beat, rhythm string, next time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO report_schedule (app_id, report_id, rhythm, next_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (app_id, report_id) DO UPDATE SET rhythm = excluded.rhythm, next_at = excluded.next_at`, b.App, b.Report, rhythm, next)
	if err != nil {
		return fmt.Errorf("report: schedule %d: %w", b.Report, err)
	}
	return enqueue(ctx, tx, b, next)
}

// reschedule moves the beat at due to next, unless somebody else has.
func reschedule(ctx context.Context, tx *db.Tx, b beat, due, next time.Time) (moved bool, err error) {
	n, err := tx.Exec(ctx, `UPDATE report_schedule SET next_at = ? WHERE app_id = ? AND report_id = ? AND next_at = ?`, next, b.App, b.Report, due)
	if err != nil {
		return false, fmt.Errorf("report: reschedule %d: %w", b.Report, err)
	}
	if n == 0 {
		return false, nil
	}
	return true, enqueue(ctx, tx, b, next)
}

func enqueue(ctx context.Context, tx *db.Tx, b beat, at time.Time) error {
	_, err := job.Enqueue(ctx, tx, takeKind, b, job.Options{RunAt: at, Key: id.String(b.App) + "/" + id.String(b.Report)})
	return err
}

func unschedule(ctx context.Context, tx *db.Tx, a id.App, n id.Report) error {
	_, err := tx.Exec(ctx, `DELETE FROM report_schedule WHERE app_id = ? AND report_id = ?`, a, n)
	return err
}

// removeOthers removes the snapshots of graphs that an app does not have any more.
func removeOthers(ctx context.Context, tx *db.Tx, l *app.Live) error {
	args := []any{l.ID}
	for _, r := range l.Settings.Reports {
		args = append(args, r.ID)
	}
	_, err := tx.Exec(ctx, `DELETE FROM report_snapshot WHERE app_id = ? AND report_id NOT IN (0`+strings.Repeat(", ?", len(args)-1)+`)`, args...)
	if err != nil {
		return fmt.Errorf("report: remove snapshots of %d: %w", l.ID, err)
	}
	return nil
}

// add keeps a snapshot and drops the oldest beyond keep.
func add(ctx context.Context, tx *db.Tx, b beat, s Snapshot) (n id.Snapshot, err error) {
	data, err := json.Marshal(s.Data)
	if err != nil {
		return 0, err
	}
	err = tx.QueryRow(ctx, `INSERT INTO report_snapshot (app_id, report_id, due_at, taken_at, taken_by, fields, rules, data)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`, b.App, b.Report, s.At, tx.Now(), s.By, s.fields, s.rules, string(data)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("report: keep %d: %w", b.Report, err)
	}
	_, err = tx.Exec(ctx, `DELETE FROM report_snapshot WHERE app_id = ? AND report_id = ? AND id <=
		(SELECT id FROM report_snapshot WHERE app_id = ? AND report_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`, b.App, b.Report, b.App, b.Report, keep)
	return n, err
}

const selectSnapshot = `SELECT id, report_id, due_at, taken_at, taken_by, fields, rules, `

// snapshots are those of a graph below an id, newest first, without their data.
func snapshots(ctx context.Context, tx *db.Tx, b beat, before id.Snapshot, most int) ([]Snapshot, error) {
	list, err := db.Collect(ctx, tx, func(s *Snapshot, row db.RowScanner) (err error) {
		*s, _, err = scan(row)
		return err
	}, selectSnapshot+`'' FROM report_snapshot WHERE app_id = ? AND report_id = ? AND id < ? ORDER BY id DESC LIMIT ?`,
		b.App, b.Report, before, most)
	if err != nil {
		return nil, fmt.Errorf("report: snapshots of %d: %w", b.Report, err)
	}
	return list, nil
}

// snapshot is one with its data, and the graph it is of.
func snapshot(ctx context.Context, tx *db.Tx, a id.App, n id.Snapshot) (Snapshot, id.Report, error) {
	return scan(tx.QueryRow(ctx, selectSnapshot+`data FROM report_snapshot WHERE app_id = ? AND id = ?`, a, n))
}

func scan(row db.RowScanner) (s Snapshot, of id.Report, err error) {
	var data string
	if err := row.Scan(&s.ID, &of, &s.At, &s.Taken, &s.By, &s.fields, &s.rules, &data); err != nil {
		return s, 0, err
	}
	if data != "" {
		err = json.Unmarshal([]byte(data), &s.Data)
	}
	return s, of, err
}

// listText writes ids between commas.
func listText(list []int64) string { return string(field.ListValue(list)) }
