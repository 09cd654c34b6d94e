package api

import (
	"cmp"
	"context"

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
	describe := func(f *field.Field, def map[string]any) error { return a.apps.Describe(ctx, who, st, f, visible, def) }
	l := formList{st: st, visible: visible, describe: describe, out: []map[string]any{}, done: map[string]bool{}}
	l.rows(app.VisibleLayout(st.Layout, visible))
	for _, f := range st.Form { // what no row shows
		l.field(f.Code)
	}
	return formListOut{l.out}, l.err
}

// formList walks a layout.
type formList struct {
	st       *app.Settings
	visible  func(code string) bool
	describe func(f *field.Field, def map[string]any) error
	out      []map[string]any
	done     map[string]bool
	err      error
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
	def := f.Properties()
	l.err = cmp.Or(l.err, l.describe(f, def))
	l.out = append(l.out, l.old(f, def))
}

// old turns a field's definition into its old shape: options as a list of labels, limits that are not set as null, and of
// what links it to another app only which one that is, null to who may not know.
func (l *formList) old(f *field.Field, m map[string]any) map[string]any {
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
		if link, ok := m[key]; ok {
			known, _ := link.(map[string]any)
			related, _ := known["relatedApp"].(map[string]any)
			m["relatedApp"] = related["app"]
		}
	}
	for _, key := range []string{"align", "defaultNowValue", "entities", "lookup", "openGroup", "referenceTable", "thumbnailSize"} {
		delete(m, key)
	}
	if inner, ok := m["fields"].(map[string]any); ok {
		list := []map[string]any{}
		for _, g := range f.Fields {
			if def, ok := inner[g.Code].(map[string]any); ok && l.visible(g.Code) {
				list = append(list, l.old(g, def))
			}
		}
		m["fields"] = list
	}
	return m
}
