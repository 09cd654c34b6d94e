package access

import (
	"slices"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Verbs is a set of things that may be done with an app's records, and with the app.
type Verbs uint16

// The verbs. Edit and Delete need View, Import needs Add, as Decide sees to.
const (
	View Verbs = 1 << iota
	Add
	Edit
	Delete
	Manage
	Import
	Export
)

// All is every verb.
const All = View | Add | Edit | Delete | Manage | Import | Export

// Has reports whether all of w are in v.
func (v Verbs) Has(w Verbs) bool { return v&w == w && w != 0 }

// Everyone is the code of the group that every user is in. Wherever it stands, it is asked last.
const Everyone = "everyone"

// Policy is what an app's administrators decided about its records. The zero Policy lets nobody in.
type Policy struct {
	ID      id.App // whose policy it is, for tokens carry rights by app
	Creator id.User
	App     []AppRule // the first that names the actor decides
	Records []RecordRule
	Fields  []FieldRule
	Locks   RowRules // what the process closes, beside Records: both must allow
}

// Entity names whom a rule is about.
type Entity struct {
	Type string `json:"type"` // USER, GROUP, ORGANIZATION, CREATOR (of the app)
	Code string `json:"code"` // "" for CREATOR
}

// AppRule gives an entity verbs on the app.
type AppRule struct {
	Entity      Entity `json:"entity"`
	IncludeSubs bool   `json:"includeSubs,omitempty"`
	Verbs       Verbs  `json:"verbs"`
}

// RecordRule decides about the records that match When: those named may do what is said, others nothing.
// The first rule that matches a record decides; records that none matches are open to all.
// Source: kintone record permissions.
type RecordRule struct {
	When     *query.Checked
	Entities []RecordRight
}

// RecordRight is what an entity may do with the records of a rule.
type RecordRight struct {
	Entity      Entity `json:"entity"`
	IncludeSubs bool   `json:"includeSubs,omitempty"`
	Verbs       Verbs  `json:"verbs"` // of View, Edit, Delete
}

// FieldRule decides about one field: the first entry that names the actor counts, and none is no access.
type FieldRule struct {
	Field    id.Field
	Entities []FieldRight
}

// FieldRight is what an entity may do with a field.
type FieldRight struct {
	Entity        Entity `json:"entity"`
	IncludeSubs   bool   `json:"includeSubs,omitempty"`
	Accessibility string `json:"accessibility"` // READ, WRITE, NONE
}

// Form is the part of an app that permissions are about: its fields.
type Form interface {
	Fields() []*field.Field
}

// names reports whether e names a.
func (e Entity) names(a Actor, creator id.User) bool {
	switch e.Type {
	case "USER":
		return a.Code() == e.Code
	case "CREATOR":
		return a.UserID() == creator
	case "GROUP":
		return e.Code == Everyone || contains(a.Groups(), e.Code)
	case "ORGANIZATION":
		return contains(a.Organizations(), e.Code)
	}
	return false
}

func contains(list []Unit, code string) bool {
	return slices.ContainsFunc(list, func(u Unit) bool { return u.Code == code })
}

// pick returns the index of the first of n entities that names a, the everyone group last; -1 is none.
func pick(a Actor, creator id.User, n int, at func(int) Entity) int {
	everyone := -1
	for i := range n {
		e := at(i)
		switch {
		case e.Type == "GROUP" && e.Code == Everyone:
			if everyone < 0 {
				everyone = i
			}
		case e.names(a, creator):
			return i
		}
	}
	return everyone
}
