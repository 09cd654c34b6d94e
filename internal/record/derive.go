package record

import (
	"context"

	"github.com/engawa/engawa/internal/record/internal/table"
)

// derive gives now the values that follow from its others, in place: after inputs were decoded and defaults applied, before
// anything is checked. Every way a record gets new values comes through here: adding, updating, importing, reverting and
// restoring. h is the head that the record will have, before what it was (empty for a new one).
//
// What depends on what gives the order: copies from other records come first, then what is computed of all of it.
func (d *decoder) derive(ctx context.Context, _ table.Head, before, now table.Content, path string) error {
	return d.copySources(ctx, before, now, path)
}
