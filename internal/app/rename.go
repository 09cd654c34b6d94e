package app

import (
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/formula"
	"github.com/engawa/engawa/internal/query"
)

// names are the places in Settings that name fields: each func gets every place of its kind, and may change it; nil passes
// over them. A setting that names fields in any way is visited here, so that renaming a field reaches it.
type names struct {
	code   func(*string) // a field's code
	filter func(*string) // a condition, "" is none
	sort   func(*string) // "code asc, code desc", "" is none

	formula func(*string) // of a computed field
}

func (s *Settings) visit(n names) {
	for _, fn := range []*func(*string){&n.code, &n.filter, &n.sort, &n.formula} {
		if *fn == nil {
			*fn = func(*string) {}
		}
	}
	for _, f := range s.Form {
		n.formula(&f.Expression)
		for _, g := range f.Fields {
			n.formula(&g.Expression)
		}
	}
	eachPlace(s.Layout, func(r *Row) { n.code(&r.Code) }, func(pl *Place) { n.code(&pl.Code) })
	n.code(&s.TitleField)
	for i := range s.Views {
		v := &s.Views[i]
		for j := range v.Fields {
			n.code(&v.Fields[j])
		}
		n.code(&v.Date)
		n.code(&v.Title)
		n.filter(&v.Filter)
		n.sort(&v.Sort)
	}
	for i := range s.Reports {
		for _, c := range s.Reports[i].fieldCodes() {
			n.code(c)
		}
		n.filter(&s.Reports[i].Filter)
	}
	s.Process.visit(n)
	for i := range s.FieldRules {
		n.code(&s.FieldRules[i].Code)
		for j := range s.FieldRules[i].Entities {
			e := &s.FieldRules[i].Entities[j]
			n.filter(&e.Filter)
			n.entity(&e.Entity)
		}
	}
	for i := range s.RecordRules {
		n.filter(&s.RecordRules[i].Filter)
		for j := range s.RecordRules[i].Entities {
			n.entity(&s.RecordRules[i].Entities[j].Entity)
		}
	}
	s.Notifications.visit(n)
	s.visitActions(n)
}

// entity visits whom a permission is about, which may be said by a field.
func (n names) entity(e *access.Entity) {
	if e.Type == fieldEntity {
		n.code(&e.Code)
	}
}

// rename rewrites every place that names fields by code.
func (s *Settings) rename(to map[string]string) {
	s.visit(names{
		code: func(c *string) {
			if n, ok := to[*c]; ok {
				*c = n
			}
		},
		filter: func(f *string) { *f = renameFilter(*f, to) },
		sort:   func(f *string) { *f = renameSort(*f, to) },

		formula: func(f *string) { *f = formula.Rename(*f, to) },
	})
}

// relabelled are the new labels of options of f by those they had before.
func relabelled(before []field.Option, f *field.Field) map[string]string {
	to := map[string]string{}
	for _, o := range before {
		if label := f.OptionLabel(o.ID); label != "" && label != o.Label {
			to[o.Label] = label
		}
	}
	return to
}

// renameValues rewrites the conditions that compare the field with a code with one of to's keys.
func (s *Settings) renameValues(code string, to map[string]string) {
	if len(to) == 0 {
		return
	}
	s.visit(names{
		filter: func(f *string) {
			if q, err := query.Parse(*f); err == nil && *f != "" {
				q.Recode(func(field query.Name, text string) string {
					if n, ok := to[text]; ok && field.Table == "" && field.Code == code {
						return n
					}
					return text
				})
				*f = q.String()
			}
		},
	})
}

// dropped are the labels of options that f had before and has no more.
func dropped(before []field.Option, f *field.Field) map[string]bool {
	gone := map[string]bool{}
	for _, o := range before {
		if f.OptionLabel(o.ID) == "" {
			gone[o.Label] = true
		}
	}
	return gone
}

// forgetValues takes the values that are gone from the field with a code out of the conditions that compare it with them; they
// go on to find the same records. A permission is no such condition: the records that had the value would be under another
// rule, so taking it from under one is a problem at path.
func (s *Settings) forgetValues(code string, gone map[string]bool, path string, p *errs.Fields) {
	if len(gone) == 0 {
		return
	}
	without := func(filter string) (string, bool) {
		q, err := query.Parse(filter)
		if err != nil || !q.Forget(func(field query.Name, text string) bool { return field.Table == "" && field.Code == code && gone[text] }) {
			return filter, false
		}
		return q.String(), true
	}
	permits := func(filter string) {
		if _, found := without(filter); found {
			p.Add(path, "app.valuePermits", errs.Args{"condition": filter})
		}
	}
	for _, r := range s.RecordRules {
		permits(r.Filter)
	}
	for _, r := range s.FieldRules {
		for _, e := range r.Entities {
			permits(e.Filter)
		}
	}
	s.visit(names{filter: func(f *string) { *f, _ = without(*f) }})
}

func renameFilter(filter string, to map[string]string) string {
	q, err := query.Parse(filter)
	if filter == "" || err != nil {
		return filter
	}
	q.Rename(to)
	return q.String()
}

func renameSort(sort string, to map[string]string) string {
	if sort == "" {
		return ""
	}
	return strings.TrimPrefix(renameFilter("order by "+sort, to), "order by ")
}

// forget removes deleted fields from all that names them. A permission that used one closes (see Policy) until somebody
// mends it, also when a field of that code comes again: no rule turns into permission by itself.
func (s *Settings) forget(gone map[string]bool) {
	s.forgetShown(gone)
	s.FieldRules = slices.DeleteFunc(s.FieldRules, func(r FieldRule) bool { return gone[r.Code] })
	s.losePermissions(gone)
}

// forgetOff removes the fields whose feature is turned off from all that could not be written again as it is read. What
// permits something keeps them: records keep their values, and it goes on to hold for these.
func (s *Settings) forgetOff() {
	off := map[string]bool{}
	for _, c := range switchedFields {
		if f := s.System(c.t); f != nil && f.Off {
			off[f.Code] = true
		}
	}
	s.forgetShown(off)
}

// forgetShown removes fields from what shows records, tells of them and copies them. A view's filter or sort that used one
// is dropped whole: half a condition would show other records than its author meant.
func (s *Settings) forgetShown(gone map[string]bool) {
	if gone[s.TitleField] {
		s.TitleField = ""
	}
	for i := range s.Views {
		v := &s.Views[i]
		v.Fields = slices.DeleteFunc(v.Fields, func(c string) bool { return gone[c] })
		if uses(v.Filter, gone) {
			v.Filter = ""
		}
		if v.Sort != "" && uses("order by "+v.Sort, gone) {
			v.Sort = ""
		}
		s.forgetDay(v, gone)
	}
	s.forgetReports(gone)
	s.Notifications.forget(gone)
	s.forgetActions(gone)
}

// forgetDay gives a calendar that went by one of the fields, or showed one, what a new calendar has.
func (s *Settings) forgetDay(v *View, gone map[string]bool) {
	if v.Type != "CALENDAR" {
		return
	}
	fresh := s.viewOf(v.Type, *v)
	if gone[v.Date] {
		v.Date = fresh.Date
	}
	if gone[v.Title] {
		v.Title = fresh.Title
	}
}

// uses reports whether a query uses one of the fields.
func uses(text string, codes map[string]bool) bool {
	q, err := query.Parse(text)
	return err == nil && text != "" && slices.ContainsFunc(q.FieldCodes(), func(c string) bool { return codes[c] })
}
