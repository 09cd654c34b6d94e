package app

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// relating is a schema in which the fields of related records may be named too. Its relations say what there is to name, and
// are no use for asking a database.
type relating struct {
	query.Schema
	find func(app id.App) query.Schema // nil: the asker may not know that app
}

// Relation returns the list with a code.
func (r relating) Relation(code string) (*query.Relation, bool) {
	ref, ok := r.Lookup(code)
	if !ok || ref.Field.Reference == nil {
		return nil, false
	}
	theirs := r.find(ref.Field.Reference.App)
	return &query.Relation{Schema: theirs}, theirs != nil
}

// relating is the schema of whoever edits s, for conditions that only databases are asked.
func (s *Settings) relating() query.Schema {
	return relating{s, func(app id.App) query.Schema {
		if s.neighbours == nil {
			return nil
		}
		l, err := s.neighbours.linked(app, "")
		if err != nil || l == nil {
			return nil
		}
		return l.schema
	}}
}

// Relating is lens with the fields of related records that who may know besides.
func (s *Apps) Relating(ctx context.Context, who access.Actor, lens access.Lens) query.Schema {
	return relating{lens, func(app id.App) query.Schema {
		l, err := s.Current(ctx, app)
		if err != nil {
			return nil
		}
		dir, err := s.people.Directory(ctx)
		if err != nil {
			return nil
		}
		theirs := s.Lens(who, l, dir)
		if !theirs.Can(access.View) {
			return nil
		}
		return theirs
	}}
}
