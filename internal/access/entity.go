package access

import (
	"slices"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/query"
)

// Everyone is the code of the group that every user is in. Wherever it stands, it is asked last.
const Everyone = "everyone"

// Entity names whom a rule is about, by a code that follows when it changes (docs/decisions/0011).
type Entity struct {
	Type string `json:"type"`           // USER, GROUP, ORGANIZATION, CREATOR (of the app), FIELD_ENTITY
	Code string `json:"code"`           // "" for CREATOR; of a FIELD_ENTITY the field's
	Lost bool   `json:"lost,omitempty"` // it was deleted: nobody can tell whom it named
}

// IsEveryone reports whether e is the group that every user is in.
func (e Entity) IsEveryone() bool { return e.Type == "GROUP" && e.Code == Everyone }

// entry is one line of a list of rights: what those may do whom entity names, in the records that when finds.
type entry struct {
	entity Entity
	subs   bool // organisations below the one that is named count as well
	when   *query.Checked
	lost   bool
	verbs  Verbs
}

// judge reads lists of rights for one actor.
type judge struct {
	who    Actor
	policy Policy
	form   Form
}

// cases are what the actor may do by a list of rights, of which the first that names him decides, the group of everyone
// last. The last case is for all records. What is named by something that is gone might have been the actor: it gives
// him nothing, and takes what it did not give.
// Source: kintone product behaviour, permissions; what is gone is ours.
func (j judge) cases(list []entry) RowRules {
	var out RowRules
	most := All
	for _, e := range everyoneLast(list) {
		f, byField, when := e.entity.Field(j.form), e.entity.Type == fieldEntity, e.when
		switch {
		case e.entity.Lost && e.entity.Type == "USER":
			continue // he was nobody else
		case e.entity.Lost, byField && f == nil, e.lost && (byField || j.names(e)):
			most &= e.verbs
			continue
		case byField:
			when = query.All(when, query.Naming(f, j.ids(f, e.subs)))
		case !j.names(e):
			continue
		}
		switch every, known := when.Constant(); {
		case known && every:
			return append(out, RowRule{nil, e.verbs & most})
		case !known:
			out = append(out, RowRule{when, e.verbs & most})
		}
	}
	return append(out, RowRule{nil, 0})
}

const fieldEntity = "FIELD_ENTITY"

// everyoneLast returns list with the entries of everyone behind all others.
func everyoneLast(list []entry) []entry {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b entry) int {
		switch x, y := a.entity.IsEveryone(), b.entity.IsEveryone(); {
		case x && !y:
			return 1
		case y && !x:
			return -1
		}
		return 0
	})
	return out
}

// Field is the field that a FIELD_ENTITY names, if form still has it and it holds people, groups or organisations; nil
// otherwise, and for other entities.
func (e Entity) Field(form Form) *field.Field {
	if e.Type != fieldEntity || e.Lost {
		return nil
	}
	for _, f := range form.Fields() {
		if f.Code == e.Code && f.Type.Principal() != "" {
			return f
		}
	}
	return nil
}

// names reports whether an entry names the actor, whatever a record holds.
func (j judge) names(e entry) bool {
	switch e.entity.Type {
	case "USER":
		return j.who.Code() == e.entity.Code
	case "CREATOR":
		return j.who.UserID() == j.policy.Creator
	case "GROUP":
		return e.entity.IsEveryone() || e.entity.in(j.who.Groups())
	case "ORGANIZATION":
		return e.entity.in(j.who.Organizations()) || e.subs && e.entity.in(j.who.Above())
	}
	return false
}

func (e Entity) in(list []Unit) bool {
	return slices.ContainsFunc(list, func(u Unit) bool { return u.Code == e.Code })
}

// ids are those of the actor in the part of the directory that f holds: when it holds one of them, it holds him.
func (j judge) ids(f *field.Field, subs bool) []int64 {
	var list []int64
	add := func(units []Unit) {
		for _, u := range units {
			list = append(list, u.ID)
		}
	}
	switch f.Type.Principal() {
	case "USER":
		if u := j.who.UserID(); u != 0 {
			list = append(list, int64(u))
		}
		if f.Type == field.StatusAssignee {
			for _, u := range j.policy.For {
				list = append(list, int64(u))
			}
		}
	case "GROUP":
		add(j.who.Groups())
		if j.policy.Everyone != 0 {
			list = append(list, j.policy.Everyone)
		}
	case "ORGANIZATION":
		add(j.who.Organizations())
		if subs {
			add(j.who.Above())
		}
	}
	return list
}
