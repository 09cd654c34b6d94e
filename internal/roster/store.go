package roster

import (
	"context"
	"encoding/json"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// kept is for how long a result is known.
const kept = 30 * 24 * time.Hour

// stored is an import as its row says.
type stored struct {
	kind     Kind
	upload   string
	loose    bool
	owner    id.User
	done     bool
	problems []Problem
}

func insert(ctx context.Context, tx *db.Tx, k Kind, upload string, o Options, owner id.User) (n id.Import, err error) {
	if _, err := tx.Exec(ctx, `DELETE FROM roster_import WHERE done_at < ?`, tx.Now().Add(-kept)); err != nil {
		return 0, err
	}
	err = tx.QueryRow(ctx, `INSERT INTO roster_import (kind, upload, loose, owner_id, created_at) VALUES (?, ?, ?, ?, ?) RETURNING id`,
		string(k), upload, o.Loose, owner, tx.Now()).Scan(&n)
	return n, err
}

// read returns an import; db.ErrNoRows when there is none.
func read(ctx context.Context, tx *db.Tx, n id.Import) (m stored, err error) {
	var done db.NullTime
	var problems string
	err = tx.QueryRow(ctx, `SELECT kind, upload, loose, owner_id, done_at, problems FROM roster_import WHERE id = ?`, n).
		Scan(&m.kind, &m.upload, &m.loose, &m.owner, &done, &problems)
	if err != nil {
		return m, err
	}
	m.done = done.Valid
	return m, json.Unmarshal([]byte(problems), &m.problems)
}

// finish notes that an import is done.
func finish(ctx context.Context, tx *db.Tx, n id.Import, problems []Problem) error {
	if problems == nil {
		problems = []Problem{}
	}
	b, err := json.Marshal(problems)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE roster_import SET done_at = ?, problems = ? WHERE id = ?`, tx.Now(), string(b), n)
	return err
}
