package app

import (
	"cmp"
	"context"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// Action makes a new record in another app, or in the same one, from parts of a record.
type Action struct {
	ID       id.Action       `json:"id"`
	Name     string          `json:"name"`
	Names    field.Names     `json:"names,omitempty"` // in other languages
	Dest     id.App          `json:"dest"`
	Mappings []Mapping       `json:"mappings,omitempty"`
	Entities []access.Entity `json:"entities,omitempty"` // USER, GROUP, ORGANIZATION: who is offered it; none is nobody
	Filter   string          `json:"filter,omitempty"`   // the records it is offered in; "" is all
}

// ActionChange is an action as it is to be. What is nil or "" stays as it was; a new action needs all but the filter.
type ActionChange struct {
	Index    int64
	Name     string
	Dest     *Destination
	Mappings []MappingChange // with Dest only
	Entities []access.Entity
	Filter   *string
}

// maxActionName is how long an action's name may be, in characters.
const maxActionName = 32

// Destination is an app as whoever sets up an action sees it. The zero Destination has no fields.
type Destination struct {
	ID   id.App
	Code string // the app's
	lens access.Lens
}

// Destination returns an app for actions to lead to, by id, or, when code is not "", by its code.
//
// Errors: NotFound, or Forbidden when who may do nothing in it.
func (s *Apps) Destination(ctx context.Context, who access.Actor, app id.App, code string) (*Destination, error) {
	if code != "" {
		var err error
		if app, err = s.ByCode(ctx, code); err != nil {
			return nil, err
		}
	}
	h, err := s.Open(ctx, who, app)
	if err != nil {
		return nil, err
	}
	st, err := h.Settings(ctx, h.app.Live == 0)
	if err != nil {
		return nil, err
	}
	lens, err := h.Lens(ctx, st)
	return &Destination{app, st.AppCode, lens}, err
}

// FieldCode is the code of a field that may be seen there; ok is false when it is gone or hidden.
func (d *Destination) FieldCode(n id.Field) (code string, ok bool) {
	for _, f := range d.lens.Fields() {
		for _, g := range append([]*field.Field{f}, d.lens.Inner(f)...) {
			if g.ID == n {
				return g.Code, true
			}
		}
	}
	return "", false
}

// SetActions replaces the actions: one whose key is the name of a present action changes that one; actions that are not
// listed are deleted. It returns them by key.
//
// Errors: Invalid "app.actionKey" when the key of a new action is not its name; "app.unknownField" for a field and
// "entity.unknown…" for a person that is not there.
// Source: kintone REST API, "Update Action Settings".
func (s *Settings) SetActions(in map[string]ActionChange, p *errs.Fields) (map[string]Action, error) {
	list, byKey, err := collection[ActionChange, Action]{
		path: "actions", twice: "app.actionTwice", distinct: true,
		place:  func(c ActionChange) int64 { return c.Index },
		name:   func(a Action) string { return a.Name },
		change: func(key, path string, c ActionChange) (Action, error) { return s.changedAction(key, path, c, p) },
	}.arrange(in, p)
	if err == nil {
		s.Actions = list
	}
	return byKey, err
}

// changedAction is the action with a name after a change, or a new one.
func (s *Settings) changedAction(key, path string, c ActionChange, p *errs.Fields) (a Action, err error) {
	switch i := slices.IndexFunc(s.Actions, func(a Action) bool { return a.Name == key }); {
	case i >= 0:
		a = s.Actions[i]
		needed(c.Mappings == nil || c.Dest != nil, path+".destApp", p)
	case c.Name != "" && c.Name != key:
		return a, errs.E(errs.Invalid, "app.actionKey", errs.Args{"key": key, "name": c.Name})
	default:
		s.NextAction++
		a.ID, a.Name = s.NextAction, key
		needed(c.Dest != nil, path+".destApp", p)
		needed(c.Entities != nil, path+".entities", p)
	}
	a.Name = cmp.Or(c.Name, a.Name)
	if n := len([]rune(a.Name)); n < 1 || n > maxActionName {
		p.Add(path+".name", "param.length", errs.Args{"min": 1, "max": maxActionName})
	}
	if c.Dest != nil {
		needed(c.Mappings != nil, path+".mappings", p)
		a.Dest = c.Dest.ID
		if a.Mappings, err = s.mappings(c.Dest, c.Mappings, path+".mappings", p); err != nil {
			return a, err
		}
	}
	if c.Entities != nil {
		a.Entities = c.Entities
		for _, e := range c.Entities {
			if err := s.checkEntity(e); err != nil {
				return a, err
			}
		}
	}
	if c.Filter != nil {
		a.Filter = *c.Filter
	}
	s.checkFilter(a.Filter, path+".filterCond", p)
	return a, nil
}

func (s *Settings) visitActions(n names) {
	for i := range s.Actions {
		a := &s.Actions[i]
		for j := range a.Mappings {
			n.code(&a.Mappings[j].From)
		}
		n.filter(&a.Filter)
	}
}

// forgetActions drops what copies deleted fields. An action whose condition named one goes whole: without it the action
// would be offered in other records than its author meant.
func (s *Settings) forgetActions(gone map[string]bool) {
	s.Actions = slices.DeleteFunc(s.Actions, func(a Action) bool { return uses(a.Filter, gone) })
	for i := range s.Actions {
		a := &s.Actions[i]
		a.Mappings = slices.DeleteFunc(a.Mappings, func(m Mapping) bool { return gone[m.From] })
	}
}
