package record

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// sources are the records that lookups copy from, as one actor sees them. What is asked for together is read together: one
// query answers all keys of a lookup that a request brings.
type sources struct {
	set   *Set
	who   access.Actor
	sets  map[id.App]*Set // of the apps opened; nil when the actor may not view one
	apps  map[id.Field]*source
	found map[id.Field]map[field.Value]*origin // by lookup and key, in the form of the source's key field
}

// source is where one lookup copies from.
type source struct {
	set    *Set // nil when the actor may not see the app, or one of the fields
	key    *field.Field
	fields []*field.Field // the key and all that is copied, each once
}

// origin is a record that has a key; ID 0 is none.
type origin struct {
	table.Picked
	several bool
}

func (s *Set) sources(who access.Actor) *sources {
	return &sources{set: s, who: who, sets: map[id.App]*Set{}, apps: map[id.Field]*source{}, found: map[id.Field]map[field.Value]*origin{}}
}

// of opens the source of a lookup.
func (s *sources) of(ctx context.Context, f *field.Field) (*source, error) {
	if src, ok := s.apps[f.ID]; ok {
		return src, nil
	}
	src := &source{}
	set, err := s.open(ctx, f.Lookup.App)
	if err != nil {
		return nil, err
	}
	if set != nil {
		if src.key = set.seen(f.Lookup.Key); src.key != nil {
			src.set, src.fields = set, []*field.Field{src.key}
		}
	}
	for _, c := range f.Lookup.Copies {
		if src.set == nil {
			break
		}
		g := src.set.seen(c.From)
		if g == nil {
			src.set = nil
		} else if !slices.Contains(src.fields, g) {
			src.fields = append(src.fields, g)
		}
	}
	s.apps[f.ID] = src
	return src, nil
}

// open returns the records of an app that the actor may view, else nil.
func (s *sources) open(ctx context.Context, app id.App) (*Set, error) {
	if set, ok := s.sets[app]; ok {
		return set, nil
	}
	set, err := s.set.records.Open(ctx, s.who, app)
	if err != nil && !errs.Lasting(err) {
		return nil, err
	}
	if err != nil || !set.lens.Can(access.View) {
		set = nil
	}
	s.sets[app] = set
	return set, nil
}

// seen returns the top-level field with an id, if the actor sees it.
func (s *Set) seen(n id.Field) *field.Field {
	f, in := s.live.Settings.ByID(n)
	if f == nil || in != nil {
		return nil
	}
	if _, ok := s.lens.Sight(f.Code); !ok {
		return nil
	}
	return f
}

// keysAtOnce is how many keys one query asks for.
const keysAtOnce = 500

// fetch looks keys of a lookup up that were not looked up yet.
func (s *sources) fetch(ctx context.Context, f *field.Field, keys []field.Value) error {
	src, err := s.of(ctx, f)
	if err != nil || src.set == nil {
		return err
	}
	found := s.found[f.ID]
	if found == nil {
		found = map[field.Value]*origin{}
		s.found[f.ID] = found
	}
	var ask []field.Value
	for _, k := range keys {
		v, ok := src.literal(k)
		if _, known := found[v]; ok && !known {
			found[v] = &origin{}
			ask = append(ask, v)
		}
	}
	most := 1
	if src.key.UniqueKey() {
		most = keysAtOnce
	}
	for part := range slices.Chunk(ask, most) {
		if err := src.read(ctx, part, found); err != nil {
			return err
		}
	}
	return nil
}

// literal is a key as the source's key field has it.
func (src *source) literal(key field.Value) (field.Value, bool) {
	lit, ok := src.key.Kind().(field.Literal)
	if !ok || key == "" {
		return "", false
	}
	return lit.Literal(src.key, string(key), src.set.env())
}

// read fills in the records that have the keys. A record with a repeated key is told by the second.
func (src *source) read(ctx context.Context, keys []field.Value, found map[field.Value]*origin) error {
	list, err := src.pick(ctx, src.key, keys, 2*len(keys))
	for _, p := range list {
		o := found[p.Values[src.key.ID]]
		if o == nil {
			continue
		}
		o.several = o.several || o.ID != 0 && o.ID != p.ID
		o.Picked = p
	}
	return err
}

// pick returns at most limit of the records that have one of some values in by, and in which the actor sees all that the
// lookup needs.
func (src *source) pick(ctx context.Context, by *field.Field, values []field.Value, limit int) (list []table.Picked, err error) {
	q := &query.Query{Where: anyOf(by, values)}
	checked, err := query.Check(q, src.set.lens, src.set.queryEnv())
	if err != nil {
		return nil, nil // no record can have such a value
	}
	err = src.set.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		list, err = src.set.table().Pick(ctx, tx, src.set.lens, checked, src.fields, limit)
		return err
	})
	return list, err
}

// anyOf is the condition that a field has one of some values.
func anyOf(f *field.Field, values []field.Value) query.Cond {
	name := query.Name{Code: f.Code}
	list := make([]query.Value, len(values))
	for i, v := range values {
		list[i] = query.Value{Text: string(v)}
	}
	if f.Kind().Ops()&field.OpIn != 0 {
		return &query.Predicate{Field: name, Op: query.In, Values: list}
	}
	if len(list) == 1 {
		return &query.Predicate{Field: name, Op: query.Equal, Values: list}
	}
	or := make(query.Or, len(list))
	for i, v := range list {
		or[i] = &query.Predicate{Field: name, Op: query.Equal, Values: []query.Value{v}}
	}
	return or
}

// origin returns the record that a key names; nil is none that the actor may see.
func (s *sources) origin(ctx context.Context, f *field.Field, key field.Value) (*origin, *source, error) {
	src, err := s.of(ctx, f)
	if err != nil || src.set == nil {
		return nil, nil, err
	}
	v, ok := src.literal(key)
	if !ok {
		return nil, nil, nil
	}
	if _, known := s.found[f.ID][v]; !known {
		if err := s.fetch(ctx, f, []field.Value{key}); err != nil {
			return nil, nil, err
		}
	}
	o := s.found[f.ID][v]
	if o == nil || o.ID == 0 {
		return nil, nil, nil
	}
	return o, src, nil
}
