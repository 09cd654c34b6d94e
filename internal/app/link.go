package app

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// linked is another app as whoever edits settings may tie fields to it: what he may not see of it is not there.
type linked struct {
	app    id.App
	schema query.Schema
}

// field returns the top-level field with a code.
func (l *linked) field(code string) *field.Field {
	if ref, ok := l.schema.Lookup(code); ok && ref.Table == nil {
		return ref.Field
	}
	return nil
}

// neighbours finds other apps for whoever edits settings; Handle.Edit provides one.
type neighbours interface {
	// linked returns an app by its code if there is one, else by its id, and nil when he may not see it.
	linked(app id.App, code string) (*linked, error)
	// shown is what Describe tells him of the link of a field of the app that he edits; nil when it tells nothing.
	shown(f *field.Field) (map[string]any, error)
	// inUse refuses to delete fields that lookups or related records of other apps use.
	inUse(fields []*field.Field) error
}

// unlinked is a field whose tie to another app waits until all fields of a request are there.
type unlinked struct {
	field, table *field.Field
	def          Definition
	path         string
}

// relatedApp names an app in a definition: its code wins over its id.
// Source: kintone REST reference, form field definitions.
type relatedApp struct {
	App  json.RawMessage `json:"app"`
	Code string          `json:"code"`
}

// link ties the fields of a request to their apps.
//
// Errors: Invalid "app.unknownField" for a code that is in no form; what else is wrong goes to p.
func (s *Settings) link(p *errs.Fields) error {
	list := s.unlinked
	s.unlinked = nil
	for _, u := range list {
		var err error
		switch {
		case u.field.Lookup != nil:
			err = s.linkLookup(u, p)
		case u.field.Reference != nil:
			err = s.linkReference(u, p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// beginLink makes f a lookup or a list of related records when def says so, and leaves the rest to link.
func (s *Settings) beginLink(f, table *field.Field, def Definition, path string, p *errs.Fields) {
	if def["lookup"] != nil && f.Type.MayLookUp() {
		f.Lookup = &field.Lookup{}
	}
	if f.Type == field.ReferenceTable {
		f.Reference = &field.Reference{}
		if len(def["referenceTable"]) == 0 {
			p.Add(path+".referenceTable", "param.required")
		}
	}
	s.unlinked = append(s.unlinked, unlinked{f, table, def, path})
}

// related finds the app that a definition names, or notes why it cannot be tied to.
func (s *Settings) related(in *relatedApp, path string, p *errs.Fields) (*linked, error) {
	if in == nil {
		p.Add(path, "param.required")
		return nil, nil
	}
	var app id.App
	if raw := strings.Trim(string(in.App), `"`); in.Code == "" {
		n, err := json.Number(raw).Int64()
		if err != nil || n < 1 {
			p.Add(path+".app", "param.required")
			return nil, nil
		}
		app = id.App(n)
	}
	return s.linkedApp(app, in.Code, path, p)
}

func (s *Settings) linkedApp(app id.App, code, path string, p *errs.Fields) (*linked, error) {
	if s.neighbours == nil {
		p.Add(path, "app.linkApp")
		return nil, nil
	}
	l, err := s.neighbours.linked(app, code)
	if err == nil && l == nil {
		p.Add(path, "app.linkApp")
	}
	return l, err
}

// filter makes a condition on the records of l what settings keep: fields by SourceCode.
func (s *Settings) filter(l *linked, text, path string, p *errs.Fields) string {
	if text == "" {
		return ""
	}
	q, err := query.Parse(text)
	if err == nil && (len(q.Order) > 0 || q.HasLimit || q.HasOffset) {
		err = errs.E(errs.Invalid, "query.syntax")
	}
	return s.bound(l, q, err, path, p)
}

// sort is filter for an order.
func (s *Settings) sort(l *linked, text, path string, p *errs.Fields) string {
	if text == "" {
		return ""
	}
	q, err := query.Parse("order by " + text)
	return strings.TrimPrefix(s.bound(l, q, err, path, p), "order by ")
}

func (s *Settings) bound(l *linked, q *query.Query, err error, path string, p *errs.Fields) string {
	if err == nil {
		_, err = query.Check(q, l.schema, s.env)
	}
	if err != nil {
		addError(p, path, err)
		return ""
	}
	ids := map[string]string{}
	for _, code := range q.FieldCodes() {
		if ref, ok := l.schema.Lookup(code); ok {
			ids[code] = field.SourceCode(ref.Field.ID)
		}
	}
	q.Rename(ids)
	return q.String()
}

// Spell is a condition or an order that settings of another app keep, as people write it: by the codes of s. ok is false
// when a field of it is gone.
func (s *Settings) Spell(kept string) (text string, ok bool) {
	if kept == "" {
		return "", true
	}
	prefix := ""
	q, err := query.Parse(kept)
	if err != nil {
		prefix = "order by "
		if q, err = query.Parse(prefix + kept); err != nil {
			return "", false
		}
	}
	codes := map[string]string{}
	s.Each(func(f, _ *field.Field) { codes[field.SourceCode(f.ID)] = f.Code })
	for _, code := range q.FieldCodes() {
		if _, known := codes[code]; !known && code != query.ID {
			return "", false
		}
	}
	q.Rename(codes)
	return strings.TrimPrefix(q.String(), prefix), true
}

// Each calls fn for every field, inner ones with their table.
func (s *Settings) Each(fn func(f, table *field.Field)) {
	for _, f := range s.Form {
		fn(f, nil)
		for _, g := range f.Fields {
			fn(g, f)
		}
	}
}

// ByID returns the field with an id, inner fields included, and the table it stands in.
func (s *Settings) ByID(n id.Field) (f, table *field.Field) {
	for _, f := range s.Form {
		if f.ID == n {
			return f, nil
		}
		for _, g := range f.Fields {
			if g.ID == n {
				return g, f
			}
		}
	}
	return nil, nil
}

// unlink takes deleted fields out of what ties this app to others. It refuses those without which a list of related
// records, or another app's lookup, would not know what to show.
//
// Errors: Invalid "app.fieldInUse" (code), "app.lookupInUse" (code).
func (s *Settings) unlink(gone []*field.Field) error {
	deleted := func(n id.Field) bool {
		return slices.ContainsFunc(gone, func(f *field.Field) bool { return f.ID == n })
	}
	var err error
	s.Each(func(f, _ *field.Field) {
		if f.Lookup != nil {
			f.Lookup.Copies = slices.DeleteFunc(f.Lookup.Copies, func(c field.Copy) bool { return deleted(c.To) })
		}
		if f.Reference != nil && slices.ContainsFunc(f.Reference.Matches, func(m field.Match) bool { return deleted(m.Own) }) {
			err = errs.E(errs.Invalid, "app.fieldInUse", errs.Args{"code": f.Code})
		}
	})
	if err != nil || s.neighbours == nil {
		return err
	}
	return s.neighbours.inUse(gone)
}
