package app

import (
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/query"
)

// defaultRules are the permissions of a new app: its creator everything, everyone the records.
// Source: kintone product behaviour, app permissions.
func defaultRules() []access.AppRule {
	return []access.AppRule{
		{Entity: access.Entity{Type: "CREATOR"}, Verbs: access.All},
		{Entity: access.Entity{Type: "GROUP", Code: access.Everyone}, Verbs: access.All &^ (access.Manage | access.Import | access.Export)},
	}
}

// filters are the conditions in permissions, parsed, by their text; those that do not parse are not among them.
type filters map[string]*query.Query

func (s *Settings) filters() filters {
	list := filters{}
	add := func(text string) {
		if q, err := query.Parse(text); err == nil {
			list[text] = q
		}
	}
	for _, r := range s.RecordRules {
		add(r.Filter)
	}
	for _, r := range s.FieldRules {
		for _, e := range r.Entities {
			add(e.Filter)
		}
	}
	return list
}

// momentary reports whether one of the conditions finds other records at another time.
func (f filters) momentary() bool {
	for _, q := range f {
		if q.AsksForMoment() {
			return true
		}
	}
	return false
}

// errNoOrganization closes a rule to a reader without the organisation that it asks for. A query drops such a condition
// instead, which here would open what the rule keeps closed.
var errNoOrganization = errs.E(errs.Forbidden, "forbidden")

// checked is a condition for the caller of env, checked against the whole form, as whoever wrote it saw it. "" is nil.
func (s *Settings) checked(parsed filters, text string, env query.Env) (*query.Checked, error) {
	if text == "" {
		return nil, nil
	}
	q := parsed[text]
	if q == nil {
		return nil, errs.E(errs.Invalid, "query.syntax")
	}
	return query.Check(q, whole{s}, env)
}

// condition is checked for a permission.
func (s *Settings) condition(parsed filters, text string, env query.Env) (*query.Checked, error) {
	if q := parsed[text]; q != nil && env.Primary == 0 && q.AsksForOrganization() {
		return nil, errNoOrganization
	}
	return s.checked(parsed, text, env)
}

// Policy compiles the permissions for a reader: conditions are checked against the whole form, as whoever
// wrote them saw it, and their functions (LOGINUSER, TODAY) are those of env's caller.
func (s *Settings) Policy(a App, env query.Env) access.Policy { return s.policy(a, env, s.filters()) }

func (s *Settings) policy(a App, env query.Env, parsed filters) access.Policy {
	p := s.appPolicy(a, env.Directory)
	p.For, p.Locks = env.For, s.locks(env)
	for _, r := range s.RecordRules {
		rule := access.RecordRule{Entities: slices.Clone(r.Entities)}
		for i := range rule.Entities {
			s.mark(&rule.Entities[i].Entity, env.Directory)
		}
		var err error
		if rule.When, err = s.condition(parsed, r.Filter, env); err != nil || r.Lost {
			rule = access.RecordRule{} // matches everything, and allows nothing: it names what is gone, or what this reader does not have
		}
		p.Records = append(p.Records, rule)
	}
	for _, r := range s.FieldRules {
		f, _ := s.Field(r.Code)
		if f == nil {
			continue
		}
		rule := access.FieldRule{Field: f.ID, Entities: slices.Clone(r.Entities)}
		for i := range rule.Entities {
			e := &rule.Entities[i]
			s.mark(&e.Entity, env.Directory)
			var err error
			e.When, err = s.condition(parsed, e.Filter, env)
			e.Lost = e.Lost || err != nil
		}
		p.Fields = append(p.Fields, rule)
	}
	return p
}

// whole is the form with the fields that are off: records keep their values, so what a permission says of them goes on to
// hold. Turning process management off opens nothing.
type whole struct{ *Settings }

// Lookup makes it a query.Schema.
func (w whole) Lookup(code string) (query.Ref, bool) {
	f, table := w.Field(code)
	return query.Ref{Field: f, Table: table}, f != nil
}

// Whole is the form with the fields that are off: the schema of rules that rest while these are.
func (s *Settings) Whole() query.Schema { return whole{s} }

// appPolicy is the part of the policy that is about the app as a whole.
func (s *Settings) appPolicy(a App, dir field.Directory) access.Policy {
	p := access.Policy{ID: a.ID, Creator: a.Creator, App: slices.Clone(s.AppRules)}
	for i := range p.App {
		s.mark(&p.App[i].Entity, dir)
	}
	if g, ok := dir.GroupByCode(access.Everyone); ok {
		p.Everyone = g.ID
	}
	return p
}

// verbs is what who may do in an app, whatever its rules say of records and fields.
func (s *Settings) verbs(who access.Actor, a App, dir field.Directory) access.Verbs {
	return a.decide(who, s.appPolicy(a, dir), &Settings{}).Verbs()
}

var _ access.Form = (*Settings)(nil)
