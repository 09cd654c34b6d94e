package table

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/query"
)

// Planner chooses the way to the records of a query where the database would choose badly (SQLite).
type Planner struct{ dialect db.Dialect }

// NewPlanner returns a Planner for a database that speaks d.
func NewPlanner(d db.Dialect) *Planner { return &Planner{d} }

// choose returns what pins the access path, to stand behind the table's name; "" leaves it to the database.
func (p *Planner) choose(context.Context, *db.Tx, Table, access.Lens, *query.Checked, int) string {
	return ""
}
