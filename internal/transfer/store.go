package transfer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

const selectImport = `
	SELECT id, user_id, file_name, blob_key, size, asked, preview, columns, notices, state, app_name, app_id, job_id,
		rows_total, rows_exact, rows_done, rejected, error, created_at, started_at, finished_at
	FROM import `

// read returns the imports that where chooses.
func read(ctx context.Context, tx *db.Tx, where string, args ...any) ([]*Import, error) {
	var list []*Import
	err := db.Each(ctx, tx, func(row db.RowScanner) error {
		var m Import
		var asked, preview, columns, notices, problem string
		err := row.Scan(&m.ID, &m.Owner, &m.FileName, &m.blob, &m.Size, &asked, &preview, &columns, &notices, &m.State, &m.AppName, &m.App, &m.job,
			&m.Rows, &m.Exact, &m.Done, &m.Rejected, &problem, &m.CreatedAt, &m.StartedAt, &m.FinishedAt)
		if err != nil {
			return err
		}
		err = errors.Join(fromJSON(asked, &m.asked), fromJSON(preview, &m.Preview), fromJSON(columns, &m.Columns),
			fromJSON(notices, &m.Notices), fromJSON(problem, &m.Error))
		if err != nil {
			return fmt.Errorf("number %d: %w", m.ID, err)
		}
		list = append(list, &m)
		return nil
	}, selectImport+where, args...)
	if err != nil {
		return nil, fmt.Errorf("transfer: imports: %w", err)
	}
	return list, nil
}

// fromJSON keeps numbers as they are written, because they are shown to people.
func fromJSON(doc string, into any) error {
	if doc == "" {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader([]byte(doc)))
	dec.UseNumber()
	return dec.Decode(into)
}

// toJSON writes what is made of plain values only, and so cannot fail.
func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Errorf("transfer: %w", err))
	}
	return string(b)
}

const insertImport = `
	INSERT INTO import (user_id, file_name, blob_key, size, asked, preview, state, app_name, rows_total, rows_exact, created_at)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`

func insert(ctx context.Context, tx *db.Tx, m *Import) error {
	m.CreatedAt = tx.Now()
	return tx.QueryRow(ctx, insertImport, m.Owner, m.FileName, m.blob, m.Size, toJSON(m.asked), toJSON(m.Preview), string(m.State),
		m.AppName, m.Rows, m.Exact, m.CreatedAt).Scan(&m.ID)
}

// update sets columns of an import that is in a state, and reports whether it was.
func update(ctx context.Context, tx *db.Tx, n id.Import, in State, set string, args ...any) (bool, error) {
	changed, err := tx.Exec(ctx, "UPDATE import SET "+set+" WHERE id = ? AND state = ?", append(args, n, string(in))...)
	if err != nil {
		return false, fmt.Errorf("transfer: import %d: %w", n, err)
	}
	return changed > 0, nil
}

// fail notes why an import cannot go on.
func (s *Imports) fail(ctx context.Context, n id.Import, e *errs.Error) error {
	why := toJSON(Problem{Column: -1, Key: e.Key, Args: e.Args})
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := update(ctx, tx, n, started, "state = ?, error = ?, finished_at = ?", string(Failed), why, tx.Now())
		return err
	})
}

// clip bounds text that is kept to be shown, in characters.
func clip(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i] + "…"
		}
	}
	return s
}

// clipped is p with cells no longer than a screen shows.
func clipped(p *sheet.Preview) *sheet.Preview {
	for _, row := range p.Sample {
		for i := range row {
			row[i] = clip(row[i], shownCell)
		}
	}
	return p
}

// shownCell is how much of a cell is shown, in characters.
const shownCell = 200
