package record

import (
	"cmp"
	"context"
	"slices"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// givers are those under whose rights the live lookups of an app are followed, for a batch of its records: each is found once
// and sees the source through one Lens.
type givers struct {
	set    *Set // the app with the lookups, as the system sees it
	people actors
	known  map[id.User]*sources // nil for one who is gone
}

// sources are what the giver of a lookup sees; nil when he is gone. Settings that were saved before givers were kept name
// none: theirs is whoever made the app.
func (g *givers) sources(ctx context.Context, l *field.Lookup) (*sources, error) {
	user := cmp.Or(l.Giver, g.set.live.Creator)
	if s, ok := g.known[user]; ok {
		return s, nil
	}
	who, ok, err := g.people.ActAsGiver(ctx, user)
	if err != nil {
		return nil, err
	}
	var s *sources
	if ok {
		s = g.set.sources(who)
	}
	g.known[user] = s
	return s, nil
}

// liveLookup is a lookup, the table it stands in, and the records that it may have copied from, as its giver sees them; src is
// nil when it is not live any more, or he does not see its source.
type liveLookup struct {
	field, in *field.Field
	origins   map[id.Record]*origin
	src       *source
}

func (g *givers) liveLookup(ctx context.Context, n id.Field, of follow) (l liveLookup, err error) {
	l.field, l.in = g.set.live.Settings.ByID(n)
	if l.field == nil || l.field.Lookup == nil || !l.field.Lookup.Live || l.field.Lookup.App != of.Source {
		return l, nil
	}
	seen, err := g.sources(ctx, l.field.Lookup)
	if err != nil || seen == nil {
		return l, err
	}
	l.origins, l.src, err = seen.byID(ctx, l.field, of.Records)
	return l, err
}

// recordID is what queries call the id of a record, which everybody knows who sees the record.
var recordID = &field.Field{Type: field.RecordNumber, Code: query.ID}

// byID returns the records of a lookup's source with some ids, those in which the actor sees all that the lookup needs; src is
// nil when he does not see the source.
func (s *sources) byID(ctx context.Context, f *field.Field, ids []id.Record) (map[id.Record]*origin, *source, error) {
	src, err := s.of(ctx, f)
	if err != nil || src.set == nil {
		return nil, nil, err
	}
	list := map[id.Record]*origin{}
	for part := range slices.Chunk(ids, keysAtOnce) {
		values := make([]field.Value, len(part))
		for i, n := range part {
			values[i] = field.Value(id.String(n))
		}
		picked, err := src.pick(ctx, recordID, values, len(part))
		if err != nil {
			return nil, nil, err
		}
		for _, p := range picked {
			list[p.ID] = &origin{Picked: p}
		}
	}
	return list, src, nil
}
