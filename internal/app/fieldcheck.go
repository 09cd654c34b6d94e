package app

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/formula"
)

// checkField reports settings that do not fit together: a default that its own field would refuse.
func (s *Settings) checkField(f *field.Field, path string, p *errs.Fields) {
	if f.Type.HasOptions() {
		if len(f.Options) == 0 {
			p.Add(path+".options", "param.required")
		}
		for _, d := range f.Default {
			if _, ok := f.OptionID(d); !ok {
				p.Add(path+".defaultValue", "field.notAnOption", errs.Args{"value": d})
			}
		}
	}
	if f.Type == field.Calc && f.Expression == "" {
		p.Add(path+".expression", "param.required")
	}
	if utf8.RuneCountInString(f.Expression) > formula.MaxSource {
		p.Add(path+".expression", "app.formulaLength", errs.Args{"max": formula.MaxSource})
	}
	if f.Min != "" && f.Max != "" && field.CompareDecimals(field.Value(f.Min), field.Value(f.Max)) > 0 {
		p.Add(path, "app.minAboveMax")
	}
	lit, ok := f.Kind().(field.Literal)
	if ok && len(f.Default) == 1 && (f.Type == field.Number || f.Type == field.Date || f.Type == field.Time || f.Type == field.DateTime) {
		if _, ok := lit.Literal(f, f.Default[0], nil); !ok {
			p.Add(path+".defaultValue", "app.badDefault")
			return
		}
	}
	s.checkDefault(f, path+".defaultValue", p)
	s.checkChoosable(f, path, p)
}

// checkDefault notes a text, number, day or moment that records could not be added with.
func (s *Settings) checkDefault(f *field.Field, path string, p *errs.Fields) {
	if len(f.Default) != 1 {
		return
	}
	switch f.Type {
	case field.SingleLineText, field.MultiLineText, field.RichText, field.Number, field.Link, field.Date, field.DateTime:
	default:
		return
	}
	raw, err := json.Marshal(f.Default[0])
	if err != nil {
		return // text always marshals
	}
	var refused errs.Fields
	env := &field.Env{Precision: s.Precision}
	v := f.Kind().Decode(f, raw, env, &refused)
	f.Kind().Check(f, v, env, &refused)
	if refused.Len() > 0 {
		p.Add(path, "app.defaultRefused")
	}
}

// checkChoosable notes people among the defaults and the choices of a field who are not there.
func (s *Settings) checkChoosable(f *field.Field, path string, p *errs.Fields) {
	kind := f.Type.Principal()
	if kind == "" || s.env.Directory == nil {
		return
	}
	check := func(list string, i int, e access.Entity) {
		if problem, ok := errs.As(s.checkEntity(e)); ok {
			p.Add(index(path+"."+list, i)+".code", problem.Key, problem.Args)
		}
	}
	for i, code := range f.Default {
		if !f.Type.StandsIn(code) {
			check("defaultValue", i, access.Entity{Type: kind, Code: code})
		}
	}
	for i, e := range f.Entities {
		if e.Type != "FUNCTION" {
			check("entities", i, access.Entity{Type: e.Type, Code: e.Code})
		}
	}
}
