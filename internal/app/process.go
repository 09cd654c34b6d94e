package app

import (
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Process is process management: the statuses that a record passes through, and the actions that lead from one to
// another. The zero Process was never turned on.
type Process struct {
	On      bool            `json:"on,omitempty"`
	States  []State         `json:"states,omitempty"` // in their order; records begin in the first
	Actions []ProcessAction `json:"actions,omitempty"`
	View    id.View         `json:"view,omitempty"` // the list of what waits for its reader, there while On
}

// State is one status. Records keep its ID, so renaming or moving it touches no record.
type State struct {
	ID        int64       `json:"id"`
	Name      string      `json:"name"`
	Names     field.Names `json:"names,omitempty"` // in other languages
	Assignees Assignment  `json:"assignees"`
	// AssigneeOnlyEdit closes records in this status to everybody but their assignees: others only view them.
	AssigneeOnlyEdit bool `json:"assigneeOnlyEdit,omitempty"`
}

// Assignment says whose turn it is when a record comes into a status.
type Assignment struct {
	Mode     Mode        `json:"mode"`
	Entities []Principal `json:"entities,omitempty"` // none: everybody who sees the record may act
}

// Mode is how many of those whom an Assignment names have to act.
type Mode string

// The modes.
const (
	One Mode = "ONE" // whoever acts chooses one of them
	All Mode = "ALL" // all of them, in any order; the last one's action moves the record
	Any Mode = "ANY" // any of them
)

// Principal names people for a status or an action: a USER, GROUP or ORGANIZATION, the app's CREATOR, whoever a field of
// the record names (FIELD_ENTITY), or whom a custom item of the acting user's profile names (CUSTOM_FIELD).
type Principal struct {
	Entity      access.Entity `json:"entity"`
	IncludeSubs bool          `json:"includeSubs,omitempty"` // organisations below, too
}

// ProcessAction leads records from one status to another.
type ProcessAction struct {
	Name   string      `json:"name"`
	Names  field.Names `json:"names,omitempty"` // in other languages
	From   int64       `json:"from"`            // ids of states
	To     int64       `json:"to"`
	Filter string      `json:"filter,omitempty"` // a condition that records have to meet, "" is none
	// ByOthers is for Executors to take, whose turn it need not be. Others are for the assignees.
	ByOthers  bool        `json:"byOthers,omitempty"`
	Executors []Principal `json:"executors,omitempty"`
}

// State returns the status with an id.
func (p *Process) State(state int64) (State, bool) {
	i := slices.IndexFunc(p.States, func(s State) bool { return s.ID == state })
	if i < 0 {
		return State{}, false
	}
	return p.States[i], true
}

// stateNamed returns the id of the status with a name, 0 when there is none.
func (p *Process) stateNamed(name string) int64 {
	i := slices.IndexFunc(p.States, func(s State) bool { return s.Name == name })
	if i < 0 {
		return 0
	}
	return p.States[i].ID
}

// Final reports whether no action leads on from a status.
func (p *Process) Final(state int64) bool {
	return !slices.ContainsFunc(p.Actions, func(a ProcessAction) bool { return a.From == state })
}

// visit is how names reach the process.
func (p *Process) visit(n names) {
	each := func(list []Principal) {
		for i := range list {
			visitEntity(&list[i].Entity, n)
		}
	}
	for i := range p.States {
		each(p.States[i].Assignees.Entities)
	}
	for i := range p.Actions {
		n.filter(&p.Actions[i].Filter)
		each(p.Actions[i].Executors)
	}
}

// uses reports whether the process depends on a field. Without it, a condition would let more records through, or a
// status would have nobody whose turn it is and be open to all.
func (p *Process) uses(code string) (used bool) {
	p.visit(names{
		code:   func(c *string) { used = used || *c == code },
		filter: func(f *string) { used = used || uses(*f, map[string]bool{code: true}) },
	})
	return used
}

// switchedFields are the fields that process management and categories bring with them: code and label are the same.
var switchedFields = []struct {
	t      field.Type
	ja, en string
}{
	{field.Status, "ステータス", "Status"},
	{field.StatusAssignee, "作業者", "Assignee"},
	{field.Category, "カテゴリー", "Categories"},
}

// addSwitchedFields gives the form the fields of process management and categories, turned off, if it does not have them:
// it may be older than they are.
func (s *Settings) addSwitchedFields(lang i18n.Lang) {
	for _, c := range switchedFields {
		if s.System(c.t) != nil {
			continue
		}
		name := c.ja
		if lang == i18n.En {
			name = c.en
		}
		s.NextField++
		at := slices.IndexFunc(s.Form, func(f *field.Field) bool { return !f.Type.System() })
		if at < 0 {
			at = len(s.Form)
		}
		s.Form = slices.Insert(s.Form, at, &field.Field{ID: s.NextField, Type: c.t, Code: name, Label: name, Off: true})
	}
}

// lang is the language that the app was made in, as the names of its fields tell.
func (s *Settings) lang() i18n.Lang {
	if f := s.System(field.Status); f != nil && f.Code == switchedFields[0].en {
		return i18n.En
	}
	for _, c := range systemCodes {
		if f := s.System(c.t); f != nil && (f.Code == c.en[0] || f.Label == c.en[1]) {
			return i18n.En
		}
	}
	return i18n.Ja
}

// syncProcess makes the form's fields and the list of what waits follow the process.
func (s *Settings) syncProcess() {
	p := &s.Process
	status, assignee := s.System(field.Status), s.System(field.StatusAssignee)
	status.Off, assignee.Off = !p.On, !p.On
	status.Options = nil
	for _, st := range p.States {
		status.Options = append(status.Options, field.Option{ID: st.ID, Label: st.Name})
		status.NextOption = max(status.NextOption, st.ID)
	}
	i := slices.IndexFunc(s.Views, func(v View) bool { return v.Builtin != "" })
	switch {
	case p.On && i < 0:
		s.Views = append(s.Views, s.assigneeView(assignee))
	case !p.On && i >= 0:
		s.Views = slices.Delete(s.Views, i, i+1)
	}
	s.forgetOff()
}

// assigneeView is the list of the records whose turn it is for the reader to move on.
// Source: kintone product behaviour, "(Assigned to me)".
func (s *Settings) assigneeView(assignee *field.Field) View {
	name := "（作業者が自分）"
	if s.lang() == i18n.En {
		name = "(Assigned to me)"
	}
	for slices.ContainsFunc(s.Views, func(v View) bool { return v.Name == name }) {
		name += "*"
	}
	if s.Process.View == 0 {
		s.NextView++
		s.Process.View = s.NextView
	}
	v := View{ID: s.Process.View, Type: "LIST", Name: name, Builtin: BuiltinAssignee, Filter: assignee.Code + " in (LOGINUSER())"}
	for _, f := range s.Form {
		if !f.Type.System() && f.Type != field.Group && f.Type != field.Subtable && len(v.Fields) < 5 {
			v.Fields = append(v.Fields, f.Code)
		}
	}
	v.Fields = append([]string{s.System(field.RecordNumber).Code, s.System(field.Status).Code}, v.Fields...)
	v.Sort = s.System(field.RecordNumber).Code + " desc"
	return v
}

// locks are the row rules of statuses in which only assignees edit. They stand beside the record permissions: both must
// allow. Where nobody is assigned it is everybody's turn, and nothing is closed.
func (s *Settings) locks(env query.Env) access.RowRules {
	status, assignee := s.System(field.Status), s.System(field.StatusAssignee)
	if !s.Process.On || status == nil || assignee == nil {
		return nil
	}
	locked := &query.Predicate{Field: query.Name{Code: status.Code}, Op: query.In}
	for _, st := range s.Process.States {
		if st.AssigneeOnlyEdit {
			locked.Values = append(locked.Values, query.Value{Text: st.Name})
		}
	}
	if len(locked.Values) == 0 {
		return nil
	}
	others := &query.Predicate{Field: query.Name{Code: assignee.Code}, Op: query.NotIn,
		Values: []query.Value{{Kind: query.Call, Text: "LOGINUSER"}, {}}}
	when, err := query.Check(&query.Query{Where: query.And{locked, others}}, s, env)
	if err != nil {
		return access.RowRules{{Verbs: access.View}} // nothing may be edited rather than everything
	}
	return access.RowRules{{When: when, Verbs: access.View}}
}
