package notify

import (
	"maps"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// audience is whom something concerns, each person once: of several reasons to tell him the strongest counts.
type audience struct {
	dir   identity.Directory
	named map[string][]field.Entity // whom the record's fields name, by code
	told  map[id.User]Notice
}

func newAudience(dir identity.Directory, named map[string][]field.Entity) *audience {
	return &audience{dir: dir, named: named, told: map[id.User]Notice{}}
}

// weight orders the reasons to tell somebody.
func weight(n Notice) int {
	switch {
	case n.Kind == Mention:
		return 6
	case n.Kind == Outside:
		return 5
	case n.Kind == Assigned:
		return 4
	case n.Kind == Finished:
		return 3
	case n.Kind == Condition:
		return 2
	case n.ToMe:
		return 1
	}
	return 0
}

func (a *audience) add(n Notice, users ...id.User) {
	for _, u := range users {
		if was, ok := a.told[u]; u != 0 && (!ok || weight(was) < weight(n)) {
			n.user = u
			a.told[u] = n
		}
	}
}

// entity adds the members of an entity; those whom a field of the record names are meant themselves.
func (a *audience) entity(n Notice, e access.Entity, subs bool) {
	if e.Type != app.FieldEntity {
		a.add(n, a.dir.Members(e.Type, e.Code, subs)...)
		return
	}
	n.ToMe = true
	for _, m := range a.named[e.Code] {
		a.add(n, a.dir.Members(m.Type, m.Code, subs)...)
	}
}

// targets adds whom a rule tells.
func (a *audience) targets(n Notice, list []app.Target) {
	for _, t := range list {
		a.entity(n, t.Entity, t.IncludeSubs)
	}
}

// but takes somebody out: who did it himself need not be told.
func (a *audience) but(user id.User) *audience {
	delete(a.told, user)
	return a
}

// notices are the notices for everybody, by person.
func (a *audience) notices() []Notice {
	list := make([]Notice, 0, len(a.told))
	for _, u := range slices.Sorted(maps.Keys(a.told)) {
		list = append(list, a.told[u])
	}
	return list
}

// fieldsOf are the codes of the fields that entities stand for.
func fieldsOf(entities ...access.Entity) []string {
	var codes []string
	for _, e := range entities {
		if e.Type == app.FieldEntity {
			codes = append(codes, e.Code)
		}
	}
	return codes
}
