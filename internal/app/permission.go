package app

import (
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/query"
)

// SetAppRules replaces the app permissions. Verbs that need another one are dropped without it, and everyone comes last.
//
// Errors: Invalid "permission.unknownUser" and the like (code) for an entity that the directory does not have.
// Source: kintone REST API, "Update App Permissions".
func (s *Settings) SetAppRules(rules []access.AppRule, p *errs.Fields) error {
	of := func(i int) *access.Entity { return &rules[i].Entity }
	for i := range rules {
		rules[i].Verbs = rules[i].Verbs.Sound()
		rules[i].IncludeSubs = rules[i].IncludeSubs && rules[i].Entity.Type == "ORGANIZATION"
	}
	if err := s.resolve(len(rules), of, "rights", p); err != nil {
		return err
	}
	s.once(len(rules), of, "rights", p)
	slices.SortStableFunc(rules, func(a, b access.AppRule) int { return everyoneLast(a.Entity, b.Entity) })
	s.AppRules = rules
	return nil
}

// SetRecordRules replaces the record permissions; their conditions must hold for the form as it is.
//
// Errors: as SetAppRules, and Invalid "app.unknownField" for a FIELD_ENTITY that names no field.
// Source: kintone REST API, "Update Record Permissions".
func (s *Settings) SetRecordRules(rules []RecordRule, p *errs.Fields) error {
	for i, r := range rules {
		path := index("rights", i)
		s.checkFilterAs(whole{s}, r.Filter, path+".filterCond", p)
		of := func(j int) *access.Entity { return &r.Entities[j].Entity }
		for j := range r.Entities {
			e := &r.Entities[j]
			e.Verbs = (e.Verbs & (access.View | access.Edit | access.Delete)).Sound()
			e.IncludeSubs = e.IncludeSubs && s.hasSubs(e.Entity)
		}
		if err := s.resolve(len(r.Entities), of, path+".entities", p); err != nil {
			return err
		}
		s.once(len(r.Entities), of, path+".entities", p)
		slices.SortStableFunc(r.Entities, func(a, b access.RecordRight) int { return everyoneLast(a.Entity, b.Entity) })
	}
	s.RecordRules = rules
	return nil
}

// SetFieldRules replaces the field permissions. An entry may have a condition, which kintone's have not; an entity may
// stand in several entries with different ones.
//
// Errors: as SetRecordRules, and Invalid "app.unknownField" for a rule about no field.
// Source: kintone REST API, "Update Field Permissions".
func (s *Settings) SetFieldRules(rules []FieldRule, p *errs.Fields) error {
	seen := map[string]bool{}
	for i, r := range rules {
		path := index("rights", i)
		if f, _ := s.Field(r.Code); f == nil {
			return errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": r.Code})
		}
		if seen[r.Code] {
			p.Add(path+".code", "permission.twice")
		}
		seen[r.Code] = true
		for j := range r.Entities {
			e := &r.Entities[j]
			s.checkFilterAs(whole{s}, e.Filter, index(path+".entities", j)+".filterCond", p)
			e.IncludeSubs = e.IncludeSubs && s.hasSubs(e.Entity)
		}
		if err := s.resolve(len(r.Entities), func(j int) *access.Entity { return &r.Entities[j].Entity }, path+".entities", p); err != nil {
			return err
		}
		for j, e := range r.Entities {
			if slices.ContainsFunc(r.Entities[:j], func(x access.FieldRight) bool { return x.Entity == e.Entity && x.Filter == e.Filter }) {
				p.Add(index(path+".entities", j)+".entity", "permission.twice")
			}
		}
		slices.SortStableFunc(r.Entities, func(a, b access.FieldRight) int { return everyoneLast(a.Entity, b.Entity) })
	}
	s.FieldRules = rules
	return nil
}

// everyoneLast orders lists of rights as they are asked.
func everyoneLast(a, b access.Entity) int {
	switch {
	case a.IsEveryone() && !b.IsEveryone():
		return 1
	case b.IsEveryone() && !a.IsEveryone():
		return -1
	}
	return 0
}

// hasSubs reports whether what is below an entity can be meant as well.
func (s *Settings) hasSubs(e access.Entity) bool {
	if e.Type == fieldEntity {
		f, _ := s.Field(e.Code)
		return f != nil && f.Type.Principal() == "ORGANIZATION"
	}
	return e.Type == "ORGANIZATION"
}

// once notes entities that stand twice in a list.
func (s *Settings) once(n int, of func(int) *access.Entity, path string, p *errs.Fields) {
	seen := map[access.Entity]bool{}
	for i := range n {
		if seen[*of(i)] {
			p.Add(index(path, i)+".entity", "permission.twice")
		}
		seen[*of(i)] = true
	}
}

const fieldEntity = "FIELD_ENTITY"

// unknownEntity are the errors for codes that the directory does not have.
var unknownEntity = map[string]string{
	"USER": "permission.unknownUser", "GROUP": "permission.unknownGroup", "ORGANIZATION": "permission.unknownOrganization",
}

// resolve checks n entities against the directory and the form, and writes their codes as those do. A FIELD_ENTITY is a
// field of the top level that holds people, groups or organisations.
func (s *Settings) resolve(n int, of func(int) *access.Entity, path string, p *errs.Fields) error {
	for i := range n {
		e := of(i)
		e.Lost = false
		if e.Type == fieldEntity {
			switch f, table := s.Field(e.Code); {
			case f == nil:
				return errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": e.Code})
			case table != nil || f.Type.Principal() == "":
				p.Add(index(path, i)+".entity.code", "permission.notPrincipal", errs.Args{"code": e.Code})
			}
			continue
		}
		code, ok := known(*e, s.env.Directory)
		if !ok {
			return errs.E(errs.Invalid, unknownEntity[e.Type], errs.Args{"code": e.Code})
		}
		e.Code = code
	}
	return nil
}

// known returns an entity's code as the directory writes it; ok is false when the directory does not have it.
func known(e access.Entity, dir field.Directory) (code string, ok bool) {
	switch {
	case e.IsEveryone():
		return e.Code, true
	case e.Type == "USER":
		u, ok := dir.UserByCode(e.Code)
		return u.Code, ok
	case e.Type == "GROUP":
		g, ok := dir.GroupByCode(e.Code)
		return g.Code, ok
	case e.Type == "ORGANIZATION":
		o, ok := dir.OrganizationByCode(e.Code)
		return o.Code, ok
	}
	return e.Code, true
}

// Permissions are an app's permissions as they are shown to who manages it: with marks on what is gone.
type Permissions struct {
	App     []access.AppRule
	Records []RecordRule
	Fields  []FieldRule
}

// Permissions returns what s says, with marks on what dir does not have.
func (s *Settings) Permissions(dir field.Directory) Permissions {
	p := Permissions{App: slices.Clone(s.AppRules)}
	for i := range p.App {
		s.mark(&p.App[i].Entity, dir)
	}
	env := query.Env{Env: field.Env{Directory: dir}}
	parsed := s.filters()
	for _, r := range s.RecordRules {
		_, err := s.checked(parsed, r.Filter, env)
		r.Lost = r.Lost || err != nil
		r.Entities = slices.Clone(r.Entities)
		for j := range r.Entities {
			s.mark(&r.Entities[j].Entity, dir)
		}
		p.Records = append(p.Records, r)
	}
	for _, r := range s.FieldRules {
		r.Entities = slices.Clone(r.Entities)
		for j := range r.Entities {
			e := &r.Entities[j]
			s.mark(&e.Entity, dir)
			_, err := s.checked(parsed, e.Filter, env)
			e.Lost = e.Lost || err != nil
		}
		p.Fields = append(p.Fields, r)
	}
	return p
}

// mark notes that an entity is gone.
func (s *Settings) mark(e *access.Entity, dir field.Directory) {
	if e.Type == fieldEntity {
		e.Lost = e.Lost || e.Field(s) == nil
		return
	}
	_, ok := known(*e, dir)
	e.Lost = !ok
}

// losePermissions notes which permissions name deleted fields.
func (s *Settings) losePermissions(gone map[string]bool) {
	lose := func(e *access.Entity) { e.Lost = e.Lost || e.Type == fieldEntity && gone[e.Code] }
	for i := range s.RecordRules {
		r := &s.RecordRules[i]
		r.Lost = r.Lost || uses(r.Filter, gone)
		for j := range r.Entities {
			lose(&r.Entities[j].Entity)
		}
	}
	for _, r := range s.FieldRules {
		for j := range r.Entities {
			e := &r.Entities[j]
			e.Lost = e.Lost || uses(e.Filter, gone)
			lose(&e.Entity)
		}
	}
}
