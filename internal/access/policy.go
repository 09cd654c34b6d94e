package access

import (
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Verbs is a set of things that may be done with an app's records, and with the app.
type Verbs uint16

// The verbs. Edit, Delete and Export need View, Import needs Add, as Sound sees to.
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

// Sound drops the verbs that make no sense without another one.
// Source: kintone REST API, "Update App Permissions".
func (v Verbs) Sound() Verbs {
	if v&View == 0 {
		v &^= Edit | Delete | Export
	}
	if v&Add == 0 {
		v &^= Import
	}
	return v
}

// Policy is what an app's administrators decided about its records. The zero Policy lets nobody in.
type Policy struct {
	ID       id.App // whose policy it is, for tokens carry rights by app
	Creator  id.User
	Everyone int64     // the id of the group of everyone, for fields that hold groups; 0 is none
	For      []id.User // whose turn the actor takes as their deputy
	App      []AppRule // the first that names the actor decides
	Records  []RecordRule
	Fields   []FieldRule
	Locks    RowRules // what the process closes, beside Records: both must allow
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

// FieldRight is what an entity may do with a field, in the records that a condition finds.
type FieldRight struct {
	Entity        Entity `json:"entity"`
	IncludeSubs   bool   `json:"includeSubs,omitempty"`
	Accessibility string `json:"accessibility"`    // READ, WRITE, NONE
	Filter        string `json:"filter,omitempty"` // the condition as it is written, "" is every record
	Lost          bool   `json:"lost,omitempty"`   // Filter names what is gone: nobody can tell which records it means

	When *query.Checked `json:"-"` // Filter for the actor; nil is every record
}

// verbs are what an accessibility comes to; a word that is none gives nothing.
func (r FieldRight) verbs() Verbs {
	switch r.Accessibility {
	case "READ":
		return View
	case "WRITE":
		return View | Edit
	}
	return 0
}

// Form is the part of an app that permissions are about: its fields.
type Form interface {
	Fields() []*field.Field
}
