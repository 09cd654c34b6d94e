package app

import (
	"cmp"
	"slices"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// ViewChange is a view as it is to be. What is nil or "" stays as it was; a new view, and one that becomes of another type, is
// without it, but that a calendar goes by when records were updated and shows their numbers.
type ViewChange struct {
	Index  int64
	Name   string
	Type   string
	Fields []string // codes; needed by a new LIST
	Date   string   // code
	Title  string   // code
	HTML   *string
	Pager  *bool
	Device string
	Filter *string
	Sort   *string
}

// SetViews replaces the views: one whose key is the name of a present view changes that one; views that are not listed are
// deleted, but for the built-in one. Their indexes give the order only, so that several may have the same.
//
// Errors: Invalid "app.viewKey" when the key of a new view is not its name.
// Source: kintone REST API, "Update Views".
func (s *Settings) SetViews(in map[string]ViewChange, p *errs.Fields) error {
	list, _, err := collection[ViewChange, View]{
		path: "views", twice: "app.viewTwice",
		place:  func(c ViewChange) int64 { return c.Index },
		name:   func(v View) string { return v.Name },
		change: func(key, path string, c ViewChange) (View, error) { return s.changedView(key, path, c, p) },
	}.arrange(in, p)
	if err != nil {
		return err
	}
	for _, v := range s.Views {
		if v.Builtin != "" && !slices.ContainsFunc(list, func(o View) bool { return o.ID == v.ID }) {
			list = append(list, v)
		}
	}
	s.Views = list
	return nil
}

// changedView is the view with a name after a change, or a new one.
func (s *Settings) changedView(key, path string, c ViewChange, p *errs.Fields) (v View, err error) {
	i := slices.IndexFunc(s.Views, func(v View) bool { return v.Name == key })
	switch {
	case i >= 0 && s.Views[i].Builtin != "":
		v = s.Views[i].arranged(c)
		s.checkView(v, path, p)
		return v, nil
	case i >= 0:
		v = s.Views[i]
	case c.Name != "" && c.Name != key:
		return v, errs.E(errs.Invalid, "app.viewKey", errs.Args{"key": key, "name": c.Name})
	default:
		s.NextView++
		v = View{ID: s.NextView, Name: key}
	}
	if v.Type != c.Type {
		needed(c.Type != "LIST" || c.Fields != nil, path+".fields", p)
		v = s.viewOf(c.Type, v)
	}
	v.Name, v.Date, v.Title, v.Device = cmp.Or(c.Name, v.Name), cmp.Or(c.Date, v.Date), cmp.Or(c.Title, v.Title), cmp.Or(c.Device, v.Device)
	if c.Fields != nil {
		v.Fields = c.Fields
	}
	if c.HTML != nil {
		v.HTML = *c.HTML
	}
	if c.Pager != nil {
		v.Pager = *c.Pager
	}
	if c.Filter != nil {
		v.Filter = *c.Filter
	}
	if c.Sort != nil {
		v.Sort = *c.Sort
	}
	s.checkView(v, path, p)
	return v, nil
}

// viewOf is v with what a view of a type begins with in place of what was there of its own type.
// Source: kintone REST API, "Update Views".
func (s *Settings) viewOf(kind string, v View) View {
	v = View{ID: v.ID, Type: kind, Name: v.Name, Names: v.Names, Filter: v.Filter, Sort: v.Sort}
	switch kind {
	case "CALENDAR":
		v.Date, v.Title = s.System(field.UpdatedTime).Code, s.System(field.RecordNumber).Code
	case "CUSTOM":
		v.Pager, v.Device = true, "DESKTOP"
	}
	return v
}

// arranged returns the built-in view v with the columns and the order that somebody gave it. What it finds, and its name,
// stay.
func (v View) arranged(as ViewChange) View {
	if as.Fields != nil {
		v.Fields = as.Fields
	}
	if as.Sort != nil {
		v.Sort = *as.Sort
	}
	return v
}
