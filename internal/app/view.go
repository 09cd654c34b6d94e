package app

import (
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// View is a saved list or calendar. Fields are named by code; renaming a field rewrites its views.
type View struct {
	ID     id.View  `json:"id"`
	Type   string   `json:"type"` // LIST, CALENDAR, CUSTOM
	Name   string   `json:"name"`
	Fields []string `json:"fields,omitempty"`
	Date   string   `json:"date,omitempty"`
	Title  string   `json:"title,omitempty"`
	HTML   string   `json:"html,omitempty"`
	Pager  bool     `json:"pager,omitempty"`
	Device string   `json:"device,omitempty"` // DESKTOP, ANY
	Filter string   `json:"filter,omitempty"` // a condition
	Sort   string   `json:"sort,omitempty"`   // "code asc, code desc"

	Names field.Names `json:"names,omitempty"` // in other languages

	// Builtin is ASSIGNEE for the list that process management brings with it, else "".
	Builtin string `json:"builtin,omitempty"`
}

// BuiltinAssignee marks the list of what waits for its reader.
const BuiltinAssignee = "ASSIGNEE"

// checkView reports what is wrong with v under path.
func (s *Settings) checkView(v View, path string, p *errs.Fields) {
	if n := len([]rune(v.Name)); n < 1 || n > 64 {
		p.Add(path+".name", "param.nameLength")
	}
	switch v.Type {
	case "LIST":
		for i, code := range v.Fields {
			if f, _ := s.Field(code); f == nil || f.Type == field.Group {
				p.Add(index(path+".fields", i), "query.unknownField", errs.Args{"field": code})
			}
		}
	case "CALENDAR":
		s.checkCalendar(v.Date, path+".date", p, reminded...)
		s.checkCalendar(v.Title, path+".title", p)
	case "CUSTOM":
		if v.Device != "" && v.Device != "DESKTOP" && v.Device != "ANY" {
			p.Add(path+".device", "param.enum")
		}
	default:
		p.Add(path+".type", "param.enum")
	}
	s.checkFilterAs(s.relating(), v.Filter, path+".filterCond", p)
	s.checkSort(v.Sort, path+".sort", p)
}

// checkCalendar notes a field that a calendar cannot use: one of another type, or, when any type will do, one that has no
// value of its own.
func (s *Settings) checkCalendar(code, path string, p *errs.Fields, types ...field.Type) {
	f, table := s.Field(code)
	switch {
	case code == "":
		p.Add(path, "param.required")
	case f == nil || table != nil:
		p.Add(path, "query.unknownField", errs.Args{"field": code})
	case len(types) > 0 && !slices.Contains(types, f.Type), !f.Type.NamesRecords():
		p.Add(path, "app.fieldType", errs.Args{"code": code})
	}
}

// checkFilter checks a condition that records in memory are asked too.
func (s *Settings) checkFilter(filter, path string, p *errs.Fields) {
	s.checkFilterAs(s, filter, path, p)
}

// checkFilterAs checks a condition on what schema shows.
func (s *Settings) checkFilterAs(schema query.Schema, filter, path string, p *errs.Fields) {
	if filter == "" {
		return
	}
	q, err := query.Parse(filter)
	if err == nil && (len(q.Order) > 0 || q.HasLimit || q.HasOffset) {
		err = errs.E(errs.Invalid, "query.syntax")
	}
	if err == nil {
		_, err = query.Check(q, schema, s.env)
	}
	addError(p, path, err)
}

func (s *Settings) checkSort(sort, path string, p *errs.Fields) {
	if sort == "" {
		return
	}
	q, err := query.Parse("order by " + sort)
	if err == nil {
		_, err = query.Check(q, s, s.env)
	}
	addError(p, path, err)
}

func addError(p *errs.Fields, path string, err error) {
	if e, ok := errs.As(err); ok {
		p.Add(path, e.Key, e.Args)
	}
}

// Lookup makes Settings a query.Schema of everything in the form: the schema of whoever manages the app.
func (s *Settings) Lookup(code string) (query.Ref, bool) {
	f, table := s.Field(code)
	return query.Ref{Field: f, Table: table}, f != nil && !f.Off
}

// VisibleFilter returns a condition as somebody sees it who wrote none with fields that are hidden from him: "" if it has
// one.
func VisibleFilter(filter string, schema query.Schema) string {
	return View{Filter: filter}.VisibleTo(schema).Filter
}

// VisibleTo returns v without what a reader may not know: columns, and a filter or order that names such a field.
func (v View) VisibleTo(lens query.Schema) View {
	gone := map[string]bool{}
	for _, q := range []string{v.Filter, "order by " + v.Sort} {
		if parsed, err := query.Parse(q); err == nil && q != "order by " {
			for _, code := range parsed.FieldCodes() {
				if _, ok := lens.Lookup(code); !ok && code != query.ID {
					gone[code] = true
				}
			}
			for _, n := range parsed.Related() {
				if !relates(lens, n) {
					gone[n.Table] = true
				}
			}
		}
	}
	if uses(v.Filter, gone) {
		v.Filter = ""
	}
	if v.Sort != "" && uses("order by "+v.Sort, gone) {
		v.Sort = ""
	}
	var fields []string
	for _, code := range v.Fields {
		if _, ok := lens.Lookup(code); ok {
			fields = append(fields, code)
		}
	}
	v.Fields = fields
	for _, code := range []*string{&v.Date, &v.Title} {
		if _, ok := lens.Lookup(*code); !ok {
			*code = ""
		}
	}
	return v
}

// relates reports whether a field of related records may be named.
func relates(s query.Schema, n query.Name) bool {
	relations, ok := s.(query.Relations)
	if !ok {
		return false
	}
	r, ok := relations.Relation(n.Table)
	if !ok {
		return false
	}
	_, ok = r.Schema.Lookup(n.Code)
	return ok || n.Code == query.ID
}

// hidden reports whether a query names fields that a reader does not see.
func hidden(text string, lens query.Schema) bool {
	q, err := query.Parse(text)
	return err != nil || slices.ContainsFunc(q.FieldCodes(), func(code string) bool {
		_, ok := lens.Lookup(code)
		return !ok && code != query.ID
	})
}

func index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
