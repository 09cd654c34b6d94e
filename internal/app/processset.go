package app

import (
	"cmp"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/query"
)

// The most statuses and actions that a process may have.
const (
	MaxStates  = 100
	MaxActions = 500
)

// ProcessChange changes process management. What is nil stays as it is.
type ProcessChange struct {
	Enable  *bool
	States  map[string]StateChange // by present name; those not listed are deleted, with the actions that use them
	Actions *[]ProcessActionChange // all of them, in order
}

// StateChange is a status as it shall be. A key that no status has is a new one, whose name is its key.
type StateChange struct {
	Name             string // "" is the key
	Index            int64
	Assignees        *Assignment // nil stays; of a new status it is the record's creator
	AssigneeOnlyEdit *bool       // nil stays
}

// ProcessActionChange is an action as it shall be, with the names of its statuses as they shall be.
type ProcessActionChange struct {
	Name, From, To, Filter string
	ByOthers               bool
	Executors              []Principal
}

// SetProcess changes process management and what hangs on it: the form's fields, the list of what waits. Statuses that it
// deletes must be without records when it is deployed.
//
// Errors: Invalid "app.stateKey" for a new status whose key is not its name; as checkEntity for people who are not there.
// Source: kintone REST API, "Update Process Management Settings".
func (s *Settings) SetProcess(c ProcessChange, p *errs.Fields) error {
	if c.Enable != nil {
		s.Process.On = *c.Enable
	}
	if s.Process.On && len(s.Process.States) == 0 && c.States == nil {
		s.defaultProcess(c.Actions == nil)
	}
	if c.States != nil {
		if err := s.setStates(c.States, p); err != nil {
			return err
		}
	}
	if c.Actions != nil {
		if err := s.setActions(*c.Actions, p); err != nil {
			return err
		}
	}
	s.syncProcess()
	return nil
}

// defaultProcess is what an app begins with whose process management is turned on without more.
func (s *Settings) defaultProcess(actions bool) {
	names := [...]string{"未処理", "処理中", "完了", "処理開始", "完了する"}
	if s.lang() == i18n.En {
		names = [...]string{"Not started", "In progress", "Completed", "Start", "Complete"}
	}
	s.Process.States = []State{
		{ID: 1, Name: names[0], Assignees: Assignment{Mode: One}},
		{ID: 2, Name: names[1], Assignees: s.byCreator()},
		{ID: 3, Name: names[2], Assignees: Assignment{Mode: One}},
	}
	if actions {
		s.Process.Actions = []ProcessAction{{Name: names[3], From: 1, To: 2}, {Name: names[4], From: 2, To: 3}}
	}
}

// byCreator is the assignment of a status for which nothing is said.
// Source: kintone REST behaviour, status without assignee.
func (s *Settings) byCreator() Assignment {
	creator := access.Entity{Type: FieldEntity, Code: s.System(field.Creator).Code}
	return Assignment{Mode: One, Entities: []Principal{{Entity: creator}}}
}

// setStates replaces the statuses. The first keeps its id for good, for every record begins in it: a new status that takes
// its place is the old one under another name.
func (s *Settings) setStates(in map[string]StateChange, p *errs.Fields) error {
	if n := len(in); n < 1 || n > MaxStates {
		p.Add("states", "param.size", errs.Args{"min": 1, "max": MaxStates})
		return nil
	}
	var list []State
	index, seen := map[string]int64{}, map[string]bool{}
	for _, key := range sortedKeys(in) {
		c, path := in[key], "states["+key+"]"
		name := cmp.Or(c.Name, key)
		st, known := s.Process.State(s.Process.stateNamed(key))
		if !known {
			if name != key {
				return errs.E(errs.Invalid, "app.stateKey", errs.Args{"key": key, "name": name})
			}
			st = State{Assignees: s.byCreator()}
		}
		st.Name = name
		checkName(name, path+".name", p)
		if seen[name] {
			p.Add(path+".name", "app.stateTwice", errs.Args{"name": name})
		}
		seen[name], index[name] = true, c.Index
		if c.Assignees != nil {
			if err := s.checkPrincipals(c.Assignees.Entities); err != nil {
				return err
			}
			st.Assignees = *c.Assignees
		}
		if c.AssigneeOnlyEdit != nil {
			st.AssigneeOnlyEdit = *c.AssigneeOnlyEdit
		}
		list = append(list, st)
	}
	slices.SortStableFunc(list, func(a, b State) int { return cmp.Compare(index[a.Name], index[b.Name]) })
	s.checkFirst(list, p)
	next := s.System(field.Status).NextOption
	for _, st := range s.Process.States {
		next = max(next, st.ID)
	}
	for i := range list {
		if list[i].ID == 0 {
			next = max(next, 1) + 1
			list[i].ID = next
		}
	}
	status := s.System(field.Status).Code
	s.forgetValues(status, droppedStates(s.Process.States, list), "states", p)
	renamed := map[string]string{}
	for _, st := range list {
		if old, known := s.Process.State(st.ID); known && old.Name != st.Name {
			renamed[old.Name] = st.Name
		}
	}
	s.renameValues(status, renamed)
	s.Process.States = list
	s.Process.Actions = slices.DeleteFunc(s.Process.Actions, func(a ProcessAction) bool {
		_, from := s.Process.State(a.From)
		_, to := s.Process.State(a.To)
		return !from || !to
	})
	return nil
}

// droppedStates are the names of the statuses that are not in list any more.
func droppedStates(before, list []State) map[string]bool {
	gone := map[string]bool{}
	for _, st := range before {
		if !slices.ContainsFunc(list, func(kept State) bool { return kept.ID == st.ID }) {
			gone[st.Name] = true
		}
	}
	return gone
}

// checkFirst gives the first status its id, or reports why it cannot be the first.
// Source: kintone REST behaviour, first status.
func (s *Settings) checkFirst(list []State, p *errs.Fields) {
	first := &list[0]
	path := "states[" + first.Name + "]"
	kept := slices.ContainsFunc(list, func(st State) bool { return st.ID == 1 })
	switch {
	case first.ID == 1:
	case first.ID == 0 && !kept:
		first.ID = 1
	default:
		p.Add(path+".index", "app.stateFirst")
	}
	creator := func(e Principal) bool {
		f, _ := s.Field(e.Entity.Code)
		return e.Entity.Type == FieldEntity && f != nil && f.Type == field.Creator
	}
	a := first.Assignees
	if a.Mode != One || len(a.Entities) > 1 || len(a.Entities) == 1 && !creator(a.Entities[0]) {
		p.Add(path+".assignee", "app.stateFirstAssignee")
	}
}

func (s *Settings) setActions(in []ProcessActionChange, p *errs.Fields) error {
	if len(in) > MaxActions {
		p.Add("actions", "param.size", errs.Args{"min": 0, "max": MaxActions})
		return nil
	}
	list := make([]ProcessAction, len(in))
	for i, c := range in {
		path := index("actions", i)
		a := ProcessAction{Name: c.Name, Names: s.Process.namesOf(c.Name), From: s.Process.stateNamed(c.From), To: s.Process.stateNamed(c.To), Filter: c.Filter, ByOthers: c.ByOthers}
		checkName(c.Name, path+".name", p)
		for _, end := range []struct {
			path, name string
			id         int64
		}{{".from", c.From, a.From}, {".to", c.To, a.To}} {
			if end.id == 0 && end.name != "" {
				p.Add(path+end.path, "app.unknownState", errs.Args{"name": end.name})
			}
		}
		s.checkActionFilter(c.Filter, path+".filterCond", p)
		if c.ByOthers {
			if err := s.checkPrincipals(c.Executors); err != nil {
				return err
			}
			a.Executors = c.Executors
		}
		list[i] = a
	}
	s.Process.Actions = list
	return nil
}

// namesOf are the names in other languages of the action with a name: actions are replaced as a whole.
func (p *Process) namesOf(action string) field.Names {
	i := slices.IndexFunc(p.Actions, func(a ProcessAction) bool { return a.Name == action })
	if i < 0 {
		return nil
	}
	return p.Actions[i].Names
}

// checkActionFilter checks a condition, which may not be about the status: the action says where it leads from. It may be
// about the assignee while the process is off, too: it is asked only when the process is on.
func (s *Settings) checkActionFilter(filter, path string, p *errs.Fields) {
	s.checkFilterAs(whole{s}, filter, path, p)
	if q, err := query.Parse(filter); err == nil && slices.Contains(q.FieldCodes(), s.System(field.Status).Code) {
		p.Add(path, "app.actionFilterStatus")
	}
}

func (s *Settings) checkPrincipals(list []Principal) error {
	for _, e := range list {
		if err := s.checkEntity(e.Entity); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, strings.Compare)
	return keys
}
