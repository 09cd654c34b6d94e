package app

import (
	"encoding/json"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// Row is one row of a form: fields side by side, a table, or a group of rows. The JSON is the API's.
type Row struct {
	Type   string  `json:"type"` // ROW, SUBTABLE, GROUP
	Code   string  `json:"code,omitempty"`
	Fields []Place `json:"fields,omitempty"`
	Layout []Row   `json:"layout,omitempty"` // of a GROUP
}

// MarshalJSON writes what the API shows of a row of its type: the list of what is in it is there even when it is empty.
func (r Row) MarshalJSON() ([]byte, error) {
	fields, rows := r.Fields, r.Layout
	if fields == nil {
		fields = []Place{}
	}
	if rows == nil {
		rows = []Row{}
	}
	switch r.Type {
	case "GROUP":
		return json.Marshal(struct {
			Type   string `json:"type"`
			Code   string `json:"code"`
			Layout []Row  `json:"layout"`
		}{r.Type, r.Code, rows})
	case "SUBTABLE":
		return json.Marshal(struct {
			Type   string  `json:"type"`
			Code   string  `json:"code"`
			Fields []Place `json:"fields"`
		}{r.Type, r.Code, fields})
	}
	return json.Marshal(struct {
		Type   string  `json:"type"`
		Fields []Place `json:"fields"`
	}{r.Type, fields})
}

// place returns where a new field stands: in a row of its own.
func place(f *field.Field) Row {
	switch f.Type {
	case field.Subtable:
		r := Row{Type: "SUBTABLE", Code: f.Code}
		for _, g := range f.Fields {
			r.Fields = append(r.Fields, Place{Type: string(g.Type), Code: g.Code})
		}
		return r
	case field.Group:
		return Row{Type: "GROUP", Code: f.Code}
	}
	return Row{Type: "ROW", Fields: []Place{{Type: string(f.Type), Code: f.Code}}}
}

// CheckLayout reports what is wrong with rows as a layout of s: unknown or misplaced fields, a field twice,
// a table without all its columns.
func (s *Settings) CheckLayout(rows []Row, p *errs.Fields) {
	(&layoutCheck{s: s, p: p, seen: map[string]bool{}}).rows(rows, "layout", false)
}

type layoutCheck struct {
	s    *Settings
	p    *errs.Fields
	seen map[string]bool
}

func (c *layoutCheck) rows(rows []Row, path string, inGroup bool) {
	for i, r := range rows {
		at := index(path, i)
		switch {
		case r.Type == "ROW":
			for j, pl := range r.Fields {
				c.place(pl, index(at+".fields", j))
			}
		case r.Type == "SUBTABLE" && !inGroup:
			c.table(r, at)
		case r.Type == "GROUP" && !inGroup:
			if c.once(r.Code, "GROUP", at) != nil {
				c.rows(r.Layout, at+".layout", true)
			}
		case r.Type == "":
			c.p.Add(at+".type", "param.required")
		default:
			c.p.Add(at+".type", "param.enum")
		}
	}
}

func (c *layoutCheck) place(pl Place, at string) {
	if pl.Type == "" {
		c.p.Add(at+".type", "param.required")
		return
	}
	c.size(pl.Size, at+".size")
	if decorations[pl.Type] {
		if len(pl.ElementID) > 64 {
			c.p.Add(at+".elementId", "param.length", errs.Args{"min": 0, "max": 64})
		}
		return
	}
	if f := c.once(pl.Code, pl.Type, at); f != nil && (f.Type == field.Subtable || f.Type == field.Group) {
		c.p.Add(at+".type", "app.layoutType", errs.Args{"code": pl.Code})
	}
}

func (c *layoutCheck) size(s *Size, at string) {
	if s == nil {
		return
	}
	for _, x := range []struct {
		name string
		px   Pixels
	}{{"width", s.Width}, {"height", s.Height}, {"innerHeight", s.InnerHeight}} {
		if !wholePixels.MatchString(string(x.px)) {
			c.p.Add(at+"."+x.name, "param.integer")
		}
	}
}

// once finds a top-level field that is not placed yet and has the type said.
func (c *layoutCheck) once(code, typ, at string) *field.Field {
	f, table := c.s.Field(code)
	switch {
	case code == "":
		c.p.Add(at+".code", "param.required")
	case f == nil || table != nil:
		c.p.Add(at+".code", "app.layoutField", errs.Args{"code": code})
	case string(f.Type) != typ && typ != "":
		c.p.Add(at+".type", "app.layoutType", errs.Args{"code": code})
	case c.seen[code]:
		c.p.Add(at+".code", "app.layoutTwice", errs.Args{"code": code})
	default:
		c.seen[code] = true
		return f
	}
	return nil
}

func (c *layoutCheck) table(r Row, at string) {
	f := c.once(r.Code, "SUBTABLE", at)
	if f == nil {
		return
	}
	left := map[string]bool{}
	for _, g := range f.Fields {
		left[g.Code] = true
	}
	for _, pl := range r.Fields {
		if !left[pl.Code] {
			c.p.Add(at+".fields", "app.layoutTable", errs.Args{"code": r.Code})
			return
		}
		delete(left, pl.Code)
	}
	if len(left) > 0 {
		c.p.Add(at+".fields", "app.layoutTable", errs.Args{"code": r.Code})
	}
}

// eachPlace calls fn for every row and place, so that renames and removals reach all of them.
func eachPlace(rows []Row, fn func(*Row), inner func(*Place)) {
	for i := range rows {
		fn(&rows[i])
		for j := range rows[i].Fields {
			inner(&rows[i].Fields[j])
		}
		eachPlace(rows[i].Layout, fn, inner)
	}
}

// without returns rows less the fields whose codes are gone, and less the rows that this leaves empty.
func without(rows []Row, gone map[string]bool) []Row {
	var kept []Row
	for _, r := range rows {
		if r.Code != "" && gone[r.Code] {
			continue
		}
		had := len(r.Fields) > 0
		var places []Place
		for _, pl := range r.Fields {
			if pl.Code == "" || !gone[pl.Code] {
				places = append(places, pl)
			}
		}
		r.Fields = places
		r.Layout = without(r.Layout, gone)
		if had && len(places) == 0 && r.Type == "ROW" {
			continue
		}
		kept = append(kept, r)
	}
	return kept
}

// VisibleLayout returns rows less the fields that may not be seen, and less the rows that this leaves empty.
func VisibleLayout(rows []Row, visible func(code string) bool) []Row {
	gone := map[string]bool{}
	note := func(code string) {
		if code != "" && !visible(code) {
			gone[code] = true
		}
	}
	eachPlace(rows, func(r *Row) { note(r.Code) }, func(pl *Place) { note(pl.Code) })
	return without(rows, gone)
}

// SetLayout replaces the layout, and with it the order of the columns of tables. The HTML of labels is cleaned.
func (s *Settings) SetLayout(rows []Row, p *errs.Fields) {
	s.CheckLayout(rows, p)
	if p.Len() > 0 {
		return
	}
	eachPlace(rows, func(r *Row) {
		if r.Type != "SUBTABLE" {
			return
		}
		if f, _ := s.Field(r.Code); f != nil {
			f.Fields = inOrder(f.Fields, r.Fields)
		}
	}, func(pl *Place) {
		if pl.Label != "" {
			pl.Label = field.CleanHTML(pl.Label)
		}
	})
	s.Layout = rows
}

func inOrder(fields []*field.Field, places []Place) []*field.Field {
	var list []*field.Field
	for _, pl := range places {
		for _, f := range fields {
			if f.Code == pl.Code {
				list = append(list, f)
			}
		}
	}
	return list
}
