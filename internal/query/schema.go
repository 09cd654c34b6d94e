package query

import "github.com/engawa/engawa/internal/field"

// Schema is what the author of a query may name. A field that it does not show does not exist for them.
type Schema interface {
	// Lookup returns the field with a code, at the top level or inside a table.
	Lookup(code string) (Ref, bool)
}

// Ref is a field as a Schema shows it.
type Ref struct {
	Field *field.Field
	Table *field.Field // the SUBTABLE it stands in, or nil
	Mask  *Checked     // the records in which it may be seen; nil is all. In the others it is empty, and a table has no rows
}

// Env is for whom and when a query is checked.
type Env struct {
	field.Env
	Contents bool // like looks into the contents of files as well as at their names: of conditions that only databases are asked
}

// idField is what "$id" names. It shares its column with the record number.
var idField = &field.Field{Type: field.RecordNumber, Code: ID}

// nature is what the language knows of a type beyond its field.Kind: which functions and which errors it has.
type nature uint8

const (
	plain   nature = iota
	choice         // values are the field's options
	person         // values are users, LOGINUSER() among them
	unit           // values are organisations, PRIMARY_ORGANIZATION() among them
	group          // values are groups
	day            // dates, by date functions too
	instant        // date-times, by date functions and NOW() too
)

var natures = map[field.Type]nature{
	field.RadioButton: choice, field.DropDown: choice, field.CheckBox: choice, field.MultiSelect: choice, field.Status: choice, field.Category: choice,
	field.Creator: person, field.Modifier: person, field.UserSelect: person, field.StatusAssignee: person,
	field.OrganizationSelect: unit, field.GroupSelect: group,
	field.Date:        day,
	field.CreatedTime: instant, field.UpdatedTime: instant, field.DateTime: instant,
}

// operators are the groups of field.Ops that the operators come in.
var operators = [...]field.Ops{
	Equal: field.OpEqual, NotEqual: field.OpEqual,
	In: field.OpIn, NotIn: field.OpIn,
	Like: field.OpLike, NotLike: field.OpLike,
	Empty: field.OpEmpty, NotEmpty: field.OpEmpty,
	Less: field.OpOrder, LessOrEqual: field.OpOrder, Greater: field.OpOrder, GreaterOrEqual: field.OpOrder,
}

// sortable reports whether records can be put in the order of f's values.
func sortable(f *field.Field) bool {
	switch f.Kind().Storage() {
	case field.Decimal, field.Integer:
		return true
	case field.Text:
		return f.Kind().Ops()&field.OpEqual != 0 // long texts have an order nobody asks for
	}
	return false
}
