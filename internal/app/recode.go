package app

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// recoding is a code that changes.
type recoding struct {
	kind, from, to string
	gone           bool // to stands for somebody who was deleted
}

// recode puts the new code wherever the old one stands in st, and reports whether it did anywhere.
func recode(ctx context.Context, tx *db.Tx, st *Settings, r recoding) (changed bool, err error) {
	changed = st.recode(r)
	st.Each(func(f, _ *field.Field) {
		for app, filter := range linkFilters(f) {
			source, e := readSettings(ctx, tx, app, live)
			if isMissing(e) {
				continue
			}
			if err = cmp.Or(err, e); e == nil {
				changed = r.filter(source.bySource, filter) || changed
			}
		}
	})
	return changed, err
}

// linkFilters are the conditions of f on the records of other apps.
func linkFilters(f *field.Field) map[id.App]*string {
	list := map[id.App]*string{}
	if f.Lookup != nil && f.Lookup.Filter != "" {
		list[f.Lookup.App] = &f.Lookup.Filter
	}
	if f.Reference != nil && f.Reference.Filter != "" {
		list[f.Reference.App] = &f.Reference.Filter
	}
	return list
}

// bySource finds a field by what settings of other apps call it.
func (s *Settings) bySource(code string) (found *field.Field) {
	s.Each(func(f, _ *field.Field) {
		if field.SourceCode(f.ID) == code {
			found = f
		}
	})
	return found
}

func (s *Settings) byCode(code string) *field.Field {
	f, _ := s.Field(code)
	return f
}

// recode puts the new code wherever the old one stands but in conditions on other apps.
func (s *Settings) recode(r recoding) bool {
	changed := r.entities(reflect.ValueOf(s).Elem())
	for _, f := range s.Form {
		changed = r.defaults(f) || changed
		for _, inner := range f.Fields {
			changed = r.defaults(inner) || changed
		}
	}
	s.visit(names{filter: func(f *string) { changed = r.filter(s.byCode, f) || changed }})
	return changed
}

// entities rewrites every entity below v, whatever setting it belongs to.
func (r recoding) entities(v reflect.Value) (changed bool) {
	switch v.Kind() {
	case reflect.Pointer:
		return !v.IsNil() && r.entities(v.Elem())
	case reflect.Struct:
		if kind, code, ok := entityOf(v); ok {
			if kind.String() == r.kind && code.String() == r.from {
				code.SetString(r.to)
				return true
			}
			return false
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				changed = r.entities(v.Field(i)) || changed
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			changed = r.entities(v.Index(i)) || changed
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			value := reflect.New(v.Type().Elem()).Elem()
			if value.Set(v.MapIndex(key)); r.entities(value) {
				v.SetMapIndex(key, value)
				changed = true
			}
		}
	}
	return changed
}

// entityTypes are the types by which settings name people.
var entityTypes = []reflect.Type{reflect.TypeFor[access.Entity](), reflect.TypeFor[field.Entity]()}

// entityOf returns the two members of an entity, if v is one.
func entityOf(v reflect.Value) (kind, code reflect.Value, ok bool) {
	if !slices.Contains(entityTypes, v.Type()) {
		return kind, code, false
	}
	return v.FieldByName("Type"), v.FieldByName("Code"), true
}

// defaults rewrites whom a field begins with.
func (r recoding) defaults(f *field.Field) bool {
	i := slices.Index(f.Default, r.from)
	if i < 0 || f.Type.Principal() != r.kind {
		return false
	}
	if r.gone {
		f.Default = slices.Delete(f.Default, i, i+1)
	} else {
		f.Default[i] = r.to
	}
	return true
}

// filter rewrites a condition on the fields that find knows.
func (r recoding) filter(find func(code string) *field.Field, filter *string) (changed bool) {
	q, err := query.Parse(*filter)
	if *filter == "" || err != nil {
		return false
	}
	q.Recode(func(name query.Name, text string) string {
		f := find(name.Code)
		if text != r.from || f == nil || f.Type.Principal() != r.kind {
			return text
		}
		changed = true
		return r.to
	})
	if changed {
		*filter = q.String()
	}
	return changed
}
