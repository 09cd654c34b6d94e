package api

import (
	"cmp"
	"context"
	"encoding/json"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
)

type formListOut struct {
	Properties []map[string]any `json:"properties"`
}

// getFormList answers GET /k/v1/form.json and its preview: the fields and decorations of a form as one list, in the order
// of its layout, as old programs know it. Groups are not in it, what is in them is.
// Source: kintone REST API, "Get Form Design Properties".
func (a *API) getFormList(ctx context.Context, who access.Actor, in appInfoIn, preview bool) (formListOut, error) {
	st, lens, err := a.settings(ctx, who, settingsIn{App: in.App}, preview)
	if err != nil {
		return formListOut{}, err
	}
	visible := func(code string) bool { _, ok := lens.Sight(code); return ok || preview }
	l := formList{st: st, visible: visible, out: []map[string]any{}, done: map[string]bool{}}
	l.rows(app.VisibleLayout(st.Layout, visible))
	for _, f := range st.Form { // what no row shows
		l.field(f.Code)
	}
	return formListOut{l.out}, l.err
}

// formList walks a layout.
type formList struct {
	st      *app.Settings
	visible func(code string) bool
	out     []map[string]any
	done    map[string]bool
	err     error
}

func (l *formList) rows(rows []app.Row) {
	for _, r := range rows {
		switch r.Type {
		case "GROUP":
			l.rows(r.Layout)
		case "SUBTABLE":
			l.field(r.Code)
		default:
			for _, pl := range r.Fields {
				l.place(pl)
			}
		}
	}
}

func (l *formList) place(pl app.Place) {
	switch pl.Type {
	case "LABEL":
		l.out = append(l.out, map[string]any{"type": pl.Type, "label": pl.Label})
	case "SPACER", "HR":
		l.out = append(l.out, map[string]any{"type": pl.Type, "elementId": pl.ElementID})
	default:
		l.field(pl.Code)
	}
}

func (l *formList) field(code string) {
	f, table := l.st.Field(code)
	if f == nil || table != nil || f.Off || f.Type == field.Group || l.done[code] || !l.visible(code) {
		return
	}
	l.done[code] = true
	m, err := l.properties(f)
	l.err = cmp.Or(l.err, err)
	l.out = append(l.out, m)
}

// properties are a field's settings in their old shape: options as a list of labels, limits that are not set as null.
func (l *formList) properties(f *field.Field) (map[string]any, error) {
	b, err := json.Marshal(f.Properties())
	if err != nil {
		return nil, err
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, err
	}
	if f.Computed() {
		m["expression"] = app.KnownExpression(f, l.visible)
	}
	for _, key := range []string{"minLength", "maxLength", "minValue", "maxValue", "displayScale"} {
		if m[key] == "" {
			m[key] = nil
		}
	}
	if len(f.Options) > 0 {
		labels := []string{}
		for _, o := range f.Options {
			labels = append(labels, o.Label)
		}
		m["options"] = labels
	}
	if now, ok := m["defaultNowValue"]; ok {
		m["defaultExpression"] = nil
		if now == true {
			m["defaultExpression"] = "NOW"
		}
	}
	for _, key := range []string{"lookup", "referenceTable"} {
		if source, ok := m[key].(map[string]any); ok {
			related, _ := source["relatedApp"].(map[string]any)
			m["relatedApp"] = related["app"]
		}
	}
	for _, key := range []string{"align", "defaultNowValue", "entities", "lookup", "openGroup", "referenceTable", "thumbnailSize"} {
		delete(m, key)
	}
	if f.Type != field.Subtable {
		return m, nil
	}
	list := []map[string]any{}
	for _, g := range f.Fields {
		if !l.visible(g.Code) {
			continue
		}
		inner, err := l.properties(g)
		if err != nil {
			return nil, err
		}
		list = append(list, inner)
	}
	m["fields"] = list
	return m, nil
}
