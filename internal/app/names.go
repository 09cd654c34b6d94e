package app

import (
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// NameLanguages are the languages in which parts of an app may have names.
// Source: kintone REST API, the parameter lang.
var NameLanguages = []string{"ja", "en", "zh", "zh-TW", "es"}

// NamesByKey are names in other languages by what something is called in the app's own; of fields, by code.
type NamesByKey map[string]field.Names

// Names are what an app and its parts are called in other languages than its own.
type Names struct {
	App            field.Names
	Fields         NamesByKey
	Views          NamesByKey
	Reports        NamesByKey
	Actions        NamesByKey
	States         NamesByKey
	ProcessActions NamesByKey
}

// called is something that has a name, and the names it has in other languages.
type called struct {
	name  string // by which it is found; of a field its code
	shown string // in the app's own language
	names *field.Names
}

// namedPart is one kind of what has names.
type namedPart struct {
	path    string
	longest int  // in characters
	own     bool // no two have the same name in a language: the API shows them by name
	members []called
}

// parts are all that has names besides the app itself.
func (s *Settings) parts() []namedPart {
	fields := namedPart{path: "fields", longest: 128}
	for _, f := range s.Form {
		for _, g := range append([]*field.Field{f}, f.Fields...) {
			fields.members = append(fields.members, called{g.Code, g.Label, &g.Names})
		}
	}
	views, reports := namedPart{path: "views", longest: 64, own: true}, namedPart{path: "reports", longest: 64, own: true}
	for i := range s.Views {
		v := &s.Views[i]
		views.members = append(views.members, called{v.Name, v.Name, &v.Names})
	}
	for i := range s.Reports {
		r := &s.Reports[i]
		reports.members = append(reports.members, called{r.Name, r.Name, &r.Names})
	}
	actions, states := namedPart{path: "actions", longest: maxActionName, own: true}, namedPart{path: "states", longest: 64, own: true}
	for i := range s.Actions {
		a := &s.Actions[i]
		actions.members = append(actions.members, called{a.Name, a.Name, &a.Names})
	}
	for i := range s.Process.States {
		st := &s.Process.States[i]
		states.members = append(states.members, called{st.Name, st.Name, &st.Names})
	}
	steps := namedPart{path: "processActions", longest: 64} // several may have one name
	for i := range s.Process.Actions {
		a := &s.Process.Actions[i]
		steps.members = append(steps.members, called{a.Name, a.Name, &a.Names})
	}
	return []namedPart{fields, views, reports, actions, states, steps}
}

// Names returns the names in other languages; parts that have none are left out.
func (s *Settings) Names() Names {
	var all [6]NamesByKey
	for i, part := range s.parts() {
		all[i] = NamesByKey{}
		for _, m := range part.members {
			if len(*m.names) > 0 {
				all[i][m.name] = *m.names
			}
		}
	}
	return Names{s.OtherNames, all[0], all[1], all[2], all[3], all[4], all[5]}
}

// SetNames changes names in other languages. What is not listed stays, and a name of "" is taken away.
//
// Errors: by path for languages and parts that are not there, names that are too long, and two of one name.
func (s *Settings) SetNames(c Names, p *errs.Fields) {
	checkNames(c.App, "app", 64, p)
	s.OtherNames = s.OtherNames.With(c.App)
	parts := s.parts()
	for i, change := range []NamesByKey{c.Fields, c.Views, c.Reports, c.Actions, c.States, c.ProcessActions} {
		parts[i].set(change, p)
	}
}

func (part namedPart) set(change NamesByKey, p *errs.Fields) {
	for _, key := range slices.Sorted(maps.Keys(change)) {
		path, found := part.path+"["+key+"]", false
		checkNames(change[key], path, part.longest, p)
		for _, m := range part.members {
			if m.name == key {
				*m.names, found = m.names.With(change[key]), true
			}
		}
		if !found {
			p.Add(path, "app.noSuchPart", errs.Args{"name": key})
		}
	}
	if !part.own || len(change) == 0 {
		return
	}
	for _, lang := range NameLanguages {
		seen := map[string]bool{}
		for _, m := range part.members {
			name := m.names.In(lang, m.shown)
			if seen[name] {
				p.Add(part.path+"["+m.name+"]."+lang, "app.nameTwice", errs.Args{"name": name})
			}
			seen[name] = true
		}
	}
}

func checkNames(names field.Names, path string, longest int, p *errs.Fields) {
	for _, lang := range slices.Sorted(maps.Keys(names)) {
		if !slices.Contains(NameLanguages, lang) {
			p.Add(path+"."+lang, "param.enum")
		}
		if utf8.RuneCountInString(names[lang]) > longest {
			p.Add(path+"."+lang, "param.length", errs.Args{"min": 0, "max": longest})
		}
	}
}

// In returns s with the names that the app and its parts, but for its fields, have in a language; "" is the app's own.
func (s *Settings) In(lang string) *Settings {
	if lang == "" {
		return s
	}
	out := *s
	out.Name = s.OtherNames.In(lang, s.Name)
	out.Views = translated(s.Views, lang, true, func(v *View) (*string, field.Names) { return &v.Name, v.Names })
	out.Reports = translated(s.Reports, lang, true, func(r *Report) (*string, field.Names) { return &r.Name, r.Names })
	out.Actions = translated(s.Actions, lang, true, func(a *Action) (*string, field.Names) { return &a.Name, a.Names })
	out.Process.States = translated(s.Process.States, lang, true, func(st *State) (*string, field.Names) { return &st.Name, st.Names })
	out.Process.Actions = translated(s.Process.Actions, lang, false, func(a *ProcessAction) (*string, field.Names) { return &a.Name, a.Names })
	return &out
}

// translated is list with the names of a language. Where each needs a name of its own and two would have the same, because one
// was renamed since, they keep those of the app's own language.
func translated[T any](list []T, lang string, own bool, of func(*T) (*string, field.Names)) []T {
	out, seen := slices.Clone(list), map[string]bool{}
	for i := range out {
		name, names := of(&out[i])
		*name = names.In(lang, *name)
		if own && seen[*name] {
			return list
		}
		seen[*name] = true
	}
	return out
}

// IsCalled reports whether name is what a is called, in the app's own language or in lang.
func (a ProcessAction) IsCalled(name, lang string) bool {
	return a.Name == name || a.Names.In(lang, a.Name) == name
}
