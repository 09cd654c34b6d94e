package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// relabelling is what a deployment does to the code of a field and to the values that it may have: options, categories or
// statuses.
type relabelling struct {
	field *field.Field      // as it was
	code  string            // as it is now
	to    map[string]string // new labels by old ones
	gone  map[string]bool   // labels of those that were deleted
}

// relabellings are those by which old becomes now.
func relabellings(old, now *Settings) (list []relabelling) {
	add := func(r relabelling) {
		if r.code != r.field.Code || len(r.to)+len(r.gone) > 0 {
			list = append(list, r)
		}
	}
	old.Each(func(f, _ *field.Field) {
		if g, _ := now.ByID(f.ID); g != nil {
			add(relabelling{f, g.Code, relabelled(f.Options, g), dropped(f.Options, g)})
		}
	})
	if f := old.System(field.Status); f != nil {
		r := relabelling{f, f.Code, map[string]string{}, droppedStates(old.Process.States, now.Process.States)}
		for _, was := range old.Process.States {
			if st, ok := now.Process.State(was.ID); ok && st.Name != was.Name {
				r.to[was.Name] = st.Name
			}
		}
		add(r)
	}
	return list
}

// followLabels makes the conditions that apps hold on the records of another follow the labels and the codes that it has since
// it was deployed instead of old: those of lookups, of related records, and of views that name these. Values that were deleted
// leave the conditions, which go on to find the same records.
func (s *Apps) followLabels(ctx context.Context, tx *db.Tx, source id.App, old *Settings) error {
	if old == nil {
		return nil
	}
	now, err := readSettings(ctx, tx, source, live)
	if err != nil {
		return err
	}
	list := relabellings(old, now)
	var apps []id.App
	for _, r := range list {
		for _, name := range []string{field.SourceCode(r.field.ID), "." + r.field.Code} {
			naming, err := naming(ctx, tx, name)
			if err != nil {
				return fmt.Errorf("app: conditions on %d: %w", source, err)
			}
			apps = append(apps, naming...)
		}
	}
	slices.Sort(apps)
	for _, n := range slices.Compact(apps) {
		err := s.rewrite(ctx, tx, n, func(st *Settings) (bool, error) { return st.relabel(source, list), nil })
		if err != nil {
			return fmt.Errorf("app: conditions of %d on %d: %w", n, source, err)
		}
	}
	return nil
}

// relabel rewrites the conditions of s on the records of an app, and reports whether it did any.
func (s *Settings) relabel(source id.App, list []relabelling) (changed bool) {
	rewrite := func(filter *string, names func(query.Name, *field.Field) bool) {
		q, err := query.Parse(*filter)
		if *filter == "" || err != nil {
			return
		}
		found := false
		for _, r := range list {
			found = q.Forget(func(n query.Name, text string) bool { return r.gone[text] && names(n, r.field) }) || found
			q.Recode(func(n query.Name, text string) string {
				if to, ok := r.to[text]; ok && names(n, r.field) {
					found = true
					return to
				}
				return text
			})
		}
		q.RenameRelated(func(n query.Name) string { // all at once: codes may have been swapped
			for _, r := range list {
				if r.code != r.field.Code && names(n, r.field) {
					found = true
					return r.code
				}
			}
			return n.Code
		})
		if found {
			*filter, changed = q.String(), true
		}
	}
	s.Each(func(f, _ *field.Field) {
		if filter := linkFilters(f)[source]; filter != nil {
			rewrite(filter, func(n query.Name, g *field.Field) bool { return n.Code == field.SourceCode(g.ID) })
		}
	})
	s.visit(names{filter: func(filter *string) {
		rewrite(filter, func(n query.Name, g *field.Field) bool {
			f := s.byCode(n.Table)
			return n.Code == g.Code && f != nil && f.Reference != nil && f.Reference.App == source
		})
	}})
	return changed
}
