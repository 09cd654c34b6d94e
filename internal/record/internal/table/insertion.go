package table

import (
	"strings"
	"sync"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
)

// insertion is how records of one form are inserted.
type insertion struct {
	form   []*field.Field
	fields []*field.Field // with a column
	cols   []string
	one    string // the INSERT of one record
}

// Insertions keeps how records are inserted from one request to the next: putting it together costs as much as storing one.
// The zero value is ready to use.
type Insertions struct{ byTable sync.Map }

// of returns how records of form go into t. A form that was changed is another slice.
func (k *Insertions) of(t Table, form []*field.Field) *insertion {
	if kept, ok := k.byTable.Load(t.name); ok && sameForm(kept.(*insertion).form, form) {
		return kept.(*insertion)
	}
	i := &insertion{form: form, fields: stored(form), cols: []string{"revision", "created_by", "created_at", "updated_by", "updated_at"}}
	for _, f := range i.fields {
		i.cols, _ = t.bind(i.cols, nil, f, "")
	}
	i.one = "INSERT INTO " + t.name + " (" + strings.Join(i.cols, ", ") + ") VALUES (" + db.Marks(len(i.cols)) + ") RETURNING id"
	k.byTable.Store(t.name, i)
	return i
}

func sameForm(a, b []*field.Field) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// insert is the INSERT of n records.
func (i *insertion) insert(n int) string {
	if n == 1 {
		return i.one
	}
	return db.Repeat(i.one, n)
}
