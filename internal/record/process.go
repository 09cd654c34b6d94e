package record

import (
	"context"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// process is an app's process management as the actor of a Set meets it.
type process struct {
	set              *Set
	rules            *app.Process
	status, assignee *field.Field
	env              query.Env
}

// process returns the process of the app.
//
// Errors: Invalid "process.off"; Forbidden for who may not view records, or may not see where they stand.
func (s *Set) process() (*process, error) {
	if err := s.need(access.View); err != nil {
		return nil, err
	}
	st := s.live.Settings
	if !st.Process.On {
		return nil, errs.E(errs.Invalid, "process.off")
	}
	p := &process{set: s, rules: &st.Process, status: st.System(field.Status), assignee: st.System(field.StatusAssignee), env: s.queryEnv()}
	for _, f := range []*field.Field{p.status, p.assignee} {
		if _, visible := s.lens.Sight(f.Code); !visible {
			return nil, s.refused()
		}
	}
	return p, nil
}

// seen returns nil when the actor sees where a record stands and whose turn it is. Who does not has no process there.
//
// Errors: Forbidden, as for who sees that in no record.
func (p *process) seen(h table.Head, c table.Content) error {
	if p.set.shown(p.status, h, c) && p.set.shown(p.assignee, h, c) {
		return nil
	}
	return p.set.refused()
}

// state is the status that a record is in.
func (p *process) state(c table.Content) app.State {
	n, err := strconv.ParseInt(string(c.Values[p.status.ID]), 10, 64)
	if st, ok := p.rules.State(n); ok && err == nil {
		return st
	}
	return p.rules.States[0]
}

// assigned are the people whose turn it is.
func (p *process) assigned(c table.Content) []id.User { return userList(c.Values[p.assignee.ID]) }

func userList(v field.Value) (list []id.User) {
	for n := range field.Members(string(v)) {
		list = append(list, id.User(n))
	}
	return list
}

// actions are those that lead on from a record's status and whose condition it meets, as it is saved, in their order.
// A condition that cannot be asked any more, because of what was deleted since, is met by none.
func (p *process) actions(h table.Head, c table.Content) (list []app.ProcessAction) {
	from := p.state(c)
	for _, a := range p.rules.Actions {
		if a.From == from.ID && p.meets(a.Filter, h, c) {
			list = append(list, a)
		}
	}
	return list
}

func (p *process) meets(filter string, h table.Head, c table.Content) bool {
	if filter == "" {
		return true
	}
	q, err := query.Parse(filter)
	if err != nil || p.env.Primary == 0 && q.AsksForOrganization() {
		return false
	}
	when, err := query.Check(q, p.set.live.Settings, p.env)
	return err == nil && query.Eval(when, row{h, c.Values, c.Rows})
}

// executor returns as whom the actor takes an action: himself, or somebody whose deputy he is. ok is false when it is not
// for him.
func (p *process) executor(a app.ProcessAction, h table.Head, c table.Content) (as id.User, ok bool) {
	me := p.env.Me
	if a.ByOthers {
		return me, me != 0 && slices.Contains(p.people(a.Executors, h, c), me)
	}
	turn := p.assigned(c)
	if len(turn) == 0 || me != 0 && slices.Contains(turn, me) {
		return me, true
	}
	i := slices.IndexFunc(p.env.For, func(u id.User) bool { return slices.Contains(turn, u) })
	if i < 0 {
		return 0, false
	}
	return p.env.For[i], true
}

// candidates are the people one of whom the actor has to choose to go on in a status. A field that he does not see in the record
// offers nobody: where nobody else is offered, nobody is chosen.
func (p *process) candidates(in app.State, h table.Head, c table.Content) []id.User {
	if in.Assignees.Mode != app.One {
		return nil
	}
	offering := slices.DeleteFunc(slices.Clone(in.Assignees.Entities), func(e app.Principal) bool {
		f, _ := p.set.live.Settings.Field(e.Entity.Code)
		return e.Entity.Type == app.FieldEntity && f != nil && !p.set.shown(f, h, c)
	})
	return p.people(offering, h, c)
}

// people are those whom principals name for a record and who may act now, each once, in the order in which they are named.
func (p *process) people(list []app.Principal, h table.Head, c table.Content) []id.User {
	var out []id.User
	add := func(users ...id.User) {
		for _, u := range users {
			if _, active := p.set.directory.Account(u); active && !slices.Contains(out, u) {
				out = append(out, u)
			}
		}
	}
	for _, e := range list {
		switch dir := p.set.directory; e.Entity.Type {
		case "CREATOR":
			add(p.set.live.Creator)
		case app.FieldEntity:
			add(p.named(e, h, c)...)
		case app.CustomField:
			u, _ := dir.CustomUser(p.env.Me, e.Entity.Code)
			add(u)
		default:
			add(dir.Members(e.Entity.Type, e.Entity.Code, e.IncludeSubs)...)
		}
	}
	return out
}

// named are the people whom a field of the record names.
func (p *process) named(e app.Principal, h table.Head, c table.Content) (list []id.User) {
	f, in := p.set.live.Settings.Field(e.Entity.Code)
	if f == nil || in != nil {
		return nil
	}
	dir := p.set.directory
	for n := range field.Members(string(table.SystemValue(h, f, c.Values))) {
		switch f.Type {
		case field.OrganizationSelect:
			o, _ := dir.Organization(id.Organization(n))
			list = append(list, dir.Members("ORGANIZATION", o.Code, e.IncludeSubs)...)
		case field.GroupSelect:
			g, _ := dir.Group(id.Group(n))
			list = append(list, dir.Members("GROUP", g.Code, false)...)
		default:
			list = append(list, id.User(n))
		}
	}
	return list
}

// standAgain puts a record that comes back where it stood. If that status is gone, or there was none yet, it begins anew.
func (s *Set) standAgain(ctx context.Context, tx *db.Tx, record id.Record, c table.Content) error {
	st := s.live.Settings
	status, assignee := st.System(field.Status), st.System(field.StatusAssignee)
	if status == nil || assignee == nil {
		return nil // an app that nobody has edited since there are statuses
	}
	n, _ := strconv.ParseInt(string(c.Values[status.ID]), 10, 64)
	if _, there := st.Process.State(n); there {
		return nil
	}
	set(c.Values, status.ID, field.FirstState)
	set(c.Values, assignee.ID, "")
	return writeTurns(ctx, tx, s.live.ID, record, nil)
}

// firstTurn is whose turn a new record is: its creator's, if the first status says so.
func (s *Set) firstTurn(creator id.User) (f *field.Field, v field.Value) {
	st := s.live.Settings
	if !st.Process.On || len(st.Process.States[0].Assignees.Entities) == 0 {
		return nil, ""
	}
	if _, active := s.directory.Account(creator); !active {
		return nil, "" // a program made it, or it comes from elsewhere
	}
	return st.System(field.StatusAssignee), field.ListValue([]id.User{creator})
}
