package app

import (
	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
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

// errNoOrganization closes a rule to a reader without the organisation that it asks for. A query drops such a condition
// instead, which here would open what the rule keeps closed.
var errNoOrganization = errs.E(errs.Forbidden, "forbidden")

// Policy compiles the permissions for a reader: conditions are checked against the whole form, as whoever
// wrote them saw it, and their functions (LOGINUSER, TODAY) are those of env's caller.
func (s *Settings) Policy(a App, env query.Env) access.Policy {
	p := access.Policy{ID: a.ID, Creator: a.Creator, App: s.AppRules, Locks: s.locks(env)}
	for _, r := range s.RecordRules {
		rule := access.RecordRule{Entities: r.Entities}
		q, err := query.Parse(r.Filter)
		if err == nil {
			rule.When, err = query.Check(q, whole{s}, env)
		}
		if err == nil && env.Primary == 0 && q.AsksForOrganization() {
			err = errNoOrganization
		}
		if err != nil { // matches everything, and allows nothing: it names what is gone, or what this reader does not have
			rule = access.RecordRule{}
		}
		p.Records = append(p.Records, rule)
	}
	for _, r := range s.FieldRules {
		if f, _ := s.Field(r.Code); f != nil {
			p.Fields = append(p.Fields, access.FieldRule{Field: f.ID, Entities: r.Entities})
		}
	}
	return p
}

// Dynamic reports whether the Lens of this app depends on more than the actor: on today's date, or on who
// is in which field. Such a Lens is not kept between requests.
func (s *Settings) Dynamic() bool { return len(s.RecordRules) > 0 || s.locksRecords() }

// whole is the form with the fields that are off: records keep their values, so what a permission says of them goes on to
// hold. Turning process management off opens nothing.
type whole struct{ *Settings }

// Lookup makes it a query.Schema.
func (w whole) Lookup(code string) (query.Ref, bool) {
	f, table := w.Field(code)
	return query.Ref{Field: f, Table: table}, f != nil
}

var _ access.Form = (*Settings)(nil)

// SetRecordRules replaces the record permissions; their conditions must hold for the form as it is.
func (s *Settings) SetRecordRules(rules []RecordRule, p *errs.Fields) {
	for i, r := range rules {
		s.checkFilterAs(whole{s}, r.Filter, index("rights", i)+".filterCond", p)
	}
	s.RecordRules = rules
}
