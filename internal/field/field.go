// Package field knows the field types of a form, one file each: how a type reads the API's JSON, what it
// allows, how the database keeps it and how it is shown again. It is pure: no context, no I/O, no clock.
//
// It does not know about permissions (access), queries (query) or where records are (record).
package field

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/id"
)

// Type is a field type by its name in kintone's REST API.
type Type string

// The field types. RecordNumber to Category exist in every app from the start; the last three are Off until their feature,
// process management or categories, is turned on.
const (
	RecordNumber Type = "RECORD_NUMBER"
	Creator      Type = "CREATOR"
	CreatedTime  Type = "CREATED_TIME"
	Modifier     Type = "MODIFIER"
	UpdatedTime  Type = "UPDATED_TIME"

	Status         Type = "STATUS"
	StatusAssignee Type = "STATUS_ASSIGNEE"
	Category       Type = "CATEGORY"

	SingleLineText Type = "SINGLE_LINE_TEXT"
	MultiLineText  Type = "MULTI_LINE_TEXT"
	RichText       Type = "RICH_TEXT"
	Number         Type = "NUMBER"
	Calc           Type = "CALC"
	RadioButton    Type = "RADIO_BUTTON"
	CheckBox       Type = "CHECK_BOX"
	MultiSelect    Type = "MULTI_SELECT"
	DropDown       Type = "DROP_DOWN"
	Date           Type = "DATE"
	Time           Type = "TIME"
	DateTime       Type = "DATETIME"
	Link           Type = "LINK"
	File           Type = "FILE"
	UserSelect     Type = "USER_SELECT"

	OrganizationSelect Type = "ORGANIZATION_SELECT"
	GroupSelect        Type = "GROUP_SELECT"

	Subtable Type = "SUBTABLE"
	Group    Type = "GROUP"

	ReferenceTable Type = "REFERENCE_TABLE" // related records
)

// Field is one field of a form as its administrators set it. ID never changes and names the column;
// Code and Label may. The settings that a type does not have stay zero.
type Field struct {
	ID       id.Field `json:"id"`
	Type     Type     `json:"type"`
	Code     string   `json:"code"`
	Label    string   `json:"label"`
	Names    Names    `json:"names,omitempty"` // its label in other languages
	NoLabel  bool     `json:"noLabel,omitempty"`
	Required bool     `json:"required,omitempty"`
	Unique   bool     `json:"unique,omitempty"`
	Off      bool     `json:"off,omitempty"` // its feature is not in use: records keep its values, and nobody sees it

	Min            string   `json:"min,omitempty"`     // shortest length or smallest value; "" is none
	Max            string   `json:"max,omitempty"`     // longest length or largest value; "" is none
	Default        []string `json:"default,omitempty"` // as shown by the API: labels, codes, text; at most one for single values
	DefaultNow     bool     `json:"defaultNow,omitempty"`
	Options        []Option `json:"options,omitempty"` // in their order
	Retired        []Option `json:"retired,omitempty"` // options that were deleted: history still names them
	NextOption     int64    `json:"nextOption,omitempty"`
	Align          string   `json:"align,omitempty"` // HORIZONTAL, VERTICAL
	Digit          bool     `json:"digit,omitempty"` // thousands separator on screens
	Scale          string   `json:"scale,omitempty"` // decimals on screens, "" is all
	Unit           string   `json:"unit,omitempty"`  // on screens only
	UnitAfter      bool     `json:"unitAfter,omitempty"`
	Protocol       string   `json:"protocol,omitempty"` // of a LINK: WEB, CALL, MAIL
	ThumbnailSize  string   `json:"thumbnailSize,omitempty"`
	Entities       []Entity `json:"entities,omitempty"` // who may be chosen; none is everyone
	OpenGroup      bool     `json:"openGroup,omitempty"`
	Expression     string   `json:"expression,omitempty"`
	Format         string   `json:"format,omitempty"` // of a CALC; "" is CalcNumber
	HideExpression bool     `json:"hideExpression,omitempty"`

	Lookup    *Lookup    `json:"lookup,omitempty"`    // of a NUMBER or SINGLE_LINE_TEXT that copies from another app
	Reference *Reference `json:"reference,omitempty"` // of a REFERENCE_TABLE

	Fields []*Field `json:"fields,omitempty"` // the inner fields of a SUBTABLE, in their order

	Prefix string `json:"-"` // of a RECORD_NUMBER: what stands before the number, such as "SALES-"; the app's code says it
}

// Option is one choice. Records keep its ID, so renaming or reordering touches no record.
type Option struct {
	ID    int64  `json:"id"`
	Label string `json:"label"`
}

// Entity is a user, group or organisation by code, as settings name it.
type Entity struct {
	Type string `json:"type"` // USER, GROUP, ORGANIZATION, FUNCTION
	Code string `json:"code"`
}

// Value is a field's value in its canonical form, which is also what the database keeps ("" is empty, NULL there):
//
//	text, rich text, link     the text itself
//	NUMBER, CALC              plain decimal without exponent or trailing zeros: -12.5
//	DATE, TIME, DATETIME      2026-04-01, 09:30, 2026-04-01T00:30:00Z
//	RADIO_BUTTON, DROP_DOWN   the option's id: 3
//	CHECK_BOX, MULTI_SELECT   option ids in option order between commas: ,1,3,
//	STATUS                    the status's id, never empty: 1
//	CREATOR, MODIFIER         the user's id: 12
//	USER_SELECT               user ids in the order chosen, between commas: ,12,5,
//	STATUS_ASSIGNEE           user ids likewise
//	CATEGORY                  category ids in the order of the tree: ,4,2,
//	ORGANIZATION_SELECT       organisation ids likewise
//	GROUP_SELECT              group ids likewise
//	FILE                      the JSON array that the API shows: [{"fileKey":…,"name":…,"contentType":…,"size":"…"}]
type Value string

// Storage is how a column keeps the values of a type.
type Storage int

// The storages.
const (
	None     Storage = iota // not in records: GROUP, REFERENCE_TABLE
	Text                    // text in code point order
	Decimal                 // exact decimals in numeric order
	Integer                 // option and user ids, record numbers
	List                    // ids between commas
	Document                // JSON text
	Rows                    // a table of its own: SUBTABLE
)

// Ops is a set of query operators.
// Source: kintone query language, operators by field type.
type Ops uint8

// The operators, as they come in groups.
const (
	OpEqual Ops = 1 << iota // = !=
	OpOrder                 // < > <= >=
	OpIn                    // in, not in
	OpLike                  // like, not like
	OpEmpty                 // is empty, is not empty
)

// Kind is the behaviour of a field type. There is one for each Type; abilities that only some types
// have are interfaces of their own (see ability.go).
type Kind interface {
	Storage() Storage
	Ops() Ops
	// Decode reads the "value" of the API's JSON. It reports problems at paths below the field (".value"; see Place), and
	// then returns "".
	Decode(f *Field, raw json.RawMessage, env *Env, p Problems) Value
	// Check reports what is wrong with a whole, merged value, in the same way: required, length, range.
	Check(f *Field, v Value, env *Env, p Problems)
	// AppendValue writes the "value" of the API's JSON for a stored value; nil or empty stored is empty.
	AppendValue(dst []byte, f *Field, stored []byte, dir Directory) []byte
}

// Literal is the ability of a type's values to be named in a query.
type Literal interface {
	// Literal turns the text of a query's value into a canonical Value. ok is false when the type can
	// have no such value (an unknown option or user, a malformed date).
	Literal(f *Field, text string, env *Env) (v Value, ok bool)
}

// Kind returns the behaviour of f's type. Unknown types have none: settings never hold them.
func (f *Field) Kind() Kind { return kinds[f.Type] }

// Known reports whether t is a field type of ours.
func (t Type) Known() bool { _, ok := settingsOf[t]; return ok }

// System reports whether every app has a field of this type, kept by the server.
func (t Type) System() bool { return t.Head() || t.Switched() }

// Switched reports whether fields of this type come with a feature that an app turns on and off: that names them, and
// their values are written by what the feature offers, not as those of other fields.
func (t Type) Switched() bool { return t == Status || t == StatusAssignee || t == Category }

// Head reports whether fields of this type are kept in the columns that every record table begins with, and not in one
// of their own.
func (t Type) Head() bool { _, ok := headColumns[t]; return ok }

var headColumns = map[Type]string{
	RecordNumber: "id", Creator: "created_by", CreatedTime: "created_at", Modifier: "updated_by", UpdatedTime: "updated_at",
}

// Column is the name of the column that keeps f's values in its record table.
func (f *Field) Column() string {
	if c, ok := headColumns[f.Type]; ok {
		return c
	}
	if f.Type == lookupSource {
		return "l_" + strconv.FormatInt(int64(-f.ID), 10)
	}
	return "f_" + strconv.FormatInt(int64(f.ID), 10)
}

// NamesRecords reports whether values of type t are a short text of their own, good as a title.
func (t Type) NamesRecords() bool {
	switch t {
	case Subtable, Group, File, ReferenceTable:
		return false
	}
	return true
}

// Searchable reports whether like may look into f, so that its text belongs into the search index.
func (f *Field) Searchable() bool { return f.Kind().Ops()&OpLike != 0 }

// Inner returns the inner field with a code, or nil.
func (f *Field) Inner(code string) *Field {
	if i := slices.IndexFunc(f.Fields, func(g *Field) bool { return g.Code == code }); i >= 0 {
		return f.Fields[i]
	}
	return nil
}

// Past is f as its history shows it: with the options that were deleted since.
func (f *Field) Past() *Field {
	if len(f.Retired) == 0 {
		return f
	}
	p := *f
	p.Options = slices.Concat(f.Options, f.Retired)
	return &p
}

// OptionID returns the id of the option with a label.
func (f *Field) OptionID(label string) (int64, bool) {
	for _, o := range f.Options {
		if o.Label == label {
			return o.ID, true
		}
	}
	return 0, false
}

// OptionLabel returns the label of an option, "" when it was deleted.
func (f *Field) OptionLabel(optionID int64) string {
	for _, o := range f.Options {
		if o.ID == optionID {
			return o.Label
		}
	}
	return ""
}
