package table

import (
	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/query"
)

// Shown is the condition that the record whose id is in column, of any table but one called r, is there and that lens lets it
// through. It can stand beside AND without parentheses.
func (t Table) Shown(lens access.Lens, column string) (sql string, args []any) {
	b := query.NewBuilder(t.dialect, t)
	b.Write("EXISTS (SELECT 1")
	t.from(b, "", lens.Where(nil))
	b.Write(" AND r.id = " + column + ")")
	return b.SQL(), b.Args()
}
