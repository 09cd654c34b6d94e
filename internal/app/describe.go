package app

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/formula"
	"github.com/engawa/engawa/internal/id"
)

// Describe completes the API's definition of a field of st with what ties it to other apps, as far as who may know it:
// nothing without the right to view the other app, and no field that he does not see there or here (visible).
// Source: kintone REST reference, form field definitions.
func (s *Apps) Describe(ctx context.Context, who access.Actor, st *Settings, f *field.Field, visible func(code string) bool, m map[string]any) error {
	if inner, ok := m["fields"].(map[string]any); ok {
		for _, g := range f.Fields {
			if of, ok := inner[g.Code].(map[string]any); ok {
				if err := s.Describe(ctx, who, st, g, visible, of); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if f.Computed() {
		m["expression"] = KnownExpression(f, visible)
	}
	if f.Lookup == nil && f.Reference == nil {
		return nil
	}
	h, err := s.Open(ctx, who, f.LinkedApp())
	var source *Settings
	if err == nil && h.verbs.Has(access.View) {
		source, err = h.Settings(ctx, h.app.Live == 0)
	}
	if err != nil && !errs.Lasting(err) {
		return err
	}
	if source == nil {
		return nil
	}
	lens, err := h.Lens(ctx, source)
	if err != nil {
		return err
	}
	link := describe(st, source, lens, visible, f)
	if f.Lookup != nil {
		m["lookup"] = link
	} else {
		m["referenceTable"] = link
	}
	return nil
}

// describe is what ties f, a field of st, to source, for a reader who sees of the two what visible and lens say.
func describe(st, source *Settings, lens access.Lens, visible func(code string) bool, f *field.Field) map[string]any {
	d := description{st: st, source: source, lens: lens, visible: visible}
	d.related = map[string]any{"app": id.String(f.LinkedApp()), "code": source.AppCode}
	if f.Lookup != nil {
		return d.lookup(f.Lookup)
	}
	return d.reference(f.Reference)
}

// KnownExpression is f's formula for a reader who sees all fields that it names, and nothing for others.
func KnownExpression(f *field.Field, visible func(code string) bool) string {
	for _, code := range formula.Codes(f.Expression) {
		if !visible(code) {
			return ""
		}
	}
	return f.Expression
}

// description writes links for one reader.
type description struct {
	st, source *Settings
	lens       access.Lens // on the source
	visible    func(code string) bool
	related    map[string]any
}

// theirs is the code of a field of the other app, "" when the reader does not see it.
func (d description) theirs(n id.Field) string {
	if f, _ := d.source.ByID(n); f != nil {
		if _, ok := d.lens.Sight(f.Code); ok {
			return f.Code
		}
	}
	return ""
}

func (d description) ours(n id.Field) string {
	if f, _ := d.st.ByID(n); f != nil && d.visible(f.Code) {
		return f.Code
	}
	return ""
}

func (d description) codes(list []id.Field) []string {
	codes := []string{}
	for _, n := range list {
		if code := d.theirs(n); code != "" {
			codes = append(codes, code)
		}
	}
	return codes
}

// text spells a condition or an order whose fields the reader sees, else it is empty.
func (d description) text(kept string, order bool) string {
	text, ok := d.source.Spell(kept)
	if !ok || text == "" {
		return ""
	}
	prefix := ""
	if order {
		prefix = "order by "
	}
	if uses := hidden(prefix+text, d.lens); uses {
		return ""
	}
	return text
}

func (d description) sort(kept string) string {
	if text := d.text(kept, true); text != "" {
		return text
	}
	if n := d.source.System(field.RecordNumber); n != nil {
		return n.Code + " desc"
	}
	return ""
}

func (d description) lookup(l *field.Lookup) map[string]any {
	pairs := []map[string]string{}
	for _, c := range l.Copies {
		to, from := d.ours(c.To), d.theirs(c.From)
		if to != "" && from != "" {
			pairs = append(pairs, map[string]string{"field": to, "relatedField": from})
		}
	}
	return map[string]any{
		"relatedApp": d.related, "relatedKeyField": d.theirs(l.Key), "fieldMappings": pairs, "lookupPickerFields": d.codes(l.Picker),
		"filterCond": d.text(l.Filter, false), "sort": d.sort(l.Sort), "live": l.Live,
	}
}

func (d description) reference(r *field.Reference) map[string]any {
	pairs := []map[string]string{}
	for _, m := range r.Matches {
		pairs = append(pairs, map[string]string{"field": d.ours(m.Own), "operator": m.Op, "relatedField": d.theirs(m.Related)})
	}
	totals := []map[string]string{}
	for _, a := range r.Aggregates {
		if code := d.theirs(a.Field); code != "" {
			totals = append(totals, map[string]string{"field": code, "function": a.Func})
		}
	}
	size := r.Size
	if size == "" {
		size = field.ReferenceSizes[0]
	}
	out := map[string]any{
		"relatedApp": d.related, "filterCond": d.text(r.Filter, false), "displayFields": d.codes(r.Display), "sort": d.sort(r.Sort),
		"size": size, "conditions": pairs, "aggregates": totals,
	}
	if len(pairs) > 0 {
		out["condition"] = map[string]string{"field": pairs[0]["field"], "relatedField": pairs[0]["relatedField"]}
	}
	return out
}
