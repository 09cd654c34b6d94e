package demo

import (
	"encoding/json"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// plan is an app: its form row by row, its views, and the fields that only some people see.
type plan struct {
	name, description, icon, theme string
	title                          string // the field that names a record; the first text unless given
	rows                           [][]part
	views                          []app.View
	only                           map[string]string // who alone sees a field, by its code
}

// part is a field where it stands on the form.
type part struct {
	typ   field.Type
	code  string
	width int // pixels
	props map[string]any
	inner []part // of a table
}

func text(code string, width int) part {
	return part{typ: field.SingleLineText, code: code, width: width}
}
func long(code string) part              { return part{typ: field.MultiLineText, code: code, width: 620} }
func date(code string) part              { return part{typ: field.Date, code: code, width: 150} }
func member(code string) part            { return part{typ: field.UserSelect, code: code, width: 200} }
func attachments(code string) part       { return part{typ: field.File, code: code, width: 400} }
func table(code string, in ...part) part { return part{typ: field.Subtable, code: code, inner: in} }

func yen(code string) part { return number(code, "¥").with("unitPosition", "BEFORE") }

func number(code, unit string) part {
	return part{typ: field.Number, code: code, width: 150, props: map[string]any{"digit": true, "unit": unit, "unitPosition": "AFTER"}}
}

func link(code, protocol string) part {
	return part{typ: field.Link, code: code, width: 240, props: map[string]any{"protocol": protocol}}
}

func choice(t field.Type, code string, labels ...string) part {
	options := map[string]any{}
	for i, l := range labels {
		options[l] = map[string]string{"label": l, "index": strconv.Itoa(i)}
	}
	return part{typ: t, code: code, width: 180, props: map[string]any{"options": options}}
}

// with sets a property of the field.
func (p part) with(name string, value any) part {
	props := map[string]any{name: value}
	for k, v := range p.props {
		if k != name {
			props[k] = v
		}
	}
	p.props = props
	return p
}

// required makes the field one that must be filled in.
func (p part) required() part { return p.with("required", true) }

// define is the field as the API defines it.
func (p part) define() (app.Definition, error) {
	props := map[string]any{"type": p.typ, "code": p.code, "label": p.code}
	for k, v := range p.props {
		props[k] = v
	}
	if p.inner != nil {
		inner := map[string]app.Definition{}
		for _, g := range p.inner {
			def, err := g.define()
			if err != nil {
				return nil, err
			}
			inner[g.code] = def
		}
		props["fields"] = inner
	}
	b, err := json.Marshal(props)
	if err != nil {
		return nil, err
	}
	var def app.Definition
	return def, json.Unmarshal(b, &def)
}

func (p part) place() app.Place {
	pl := app.Place{Type: string(p.typ), Code: p.code}
	if p.width > 0 {
		pl.Size = &app.Size{Width: app.Pixels(strconv.Itoa(p.width))}
	}
	return pl
}

// layout is the form's rows.
func (p plan) layout() (rows []app.Row) {
	for _, parts := range p.rows {
		row := app.Row{Type: "ROW"}
		if parts[0].typ == field.Subtable {
			row.Type, row.Code, parts = "SUBTABLE", parts[0].code, parts[0].inner
		}
		for _, q := range parts {
			row.Fields = append(row.Fields, q.place())
		}
		rows = append(rows, row)
	}
	return rows
}

// apply writes the plan into settings.
func (s *site) apply(p plan, st *app.Settings, problems *errs.Fields) error {
	st.Description, st.Theme, st.Icon = p.description, p.theme, app.Icon{Type: "PRESET", Key: p.icon}
	for _, parts := range p.rows {
		for _, q := range parts {
			def, err := q.define()
			if err != nil {
				return err
			}
			if err := st.AddFields(map[string]app.Definition{q.code: def}, nil, problems); err != nil {
				return err
			}
		}
	}
	if p.title != "" {
		st.SetTitleField(p.title, problems)
	}
	st.SetLayout(p.layout(), problems)
	views := map[string]app.ViewChange{}
	for i, v := range p.views {
		views[v.Name] = app.ViewChange{Index: int64(i), Type: "LIST", Fields: v.Fields, Filter: &v.Filter, Sort: &v.Sort}
	}
	for code, one := range p.only {
		st.FieldRules = append(st.FieldRules, app.FieldRule{Code: code, Entities: []access.FieldRight{
			{Entity: access.Entity{Type: "USER", Code: s.actors[one].Code()}, Accessibility: "WRITE"},
			{Entity: access.Entity{Type: "GROUP", Code: access.Everyone}, Accessibility: "NONE"},
		}})
	}
	return st.SetViews(views, problems)
}
