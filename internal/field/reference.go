package field

import (
	"slices"

	"github.com/engawa/engawa/internal/id"
)

// Reference is a list of records of another app, or of the same one, that belong to a record because their values match.
// Nothing of it is kept in records. Fields are named as in Lookup.
type Reference struct {
	App        id.App      `json:"app"`
	Matches    []Match     `json:"matches"` // all have to hold; kintone has one, by equality
	Filter     string      `json:"filter,omitempty"`
	Display    []id.Field  `json:"display,omitempty"`
	Sort       string      `json:"sort,omitempty"` // "" is newest first
	Size       string      `json:"size,omitempty"` // records a page; "" is 5
	Aggregates []Aggregate `json:"aggregates,omitempty"`
}

// Match says that a field of the record and one of the related record fit together. An empty value fits to none.
type Match struct {
	Own     id.Field `json:"own"`
	Op      string   `json:"op"` // = != < <= > >=, read "own op related"
	Related id.Field `json:"related"`
}

// Aggregate is a total over all related records (our extension).
type Aggregate struct {
	Field id.Field `json:"field"` // a NUMBER
	Func  string   `json:"func"`  // SUM, AVERAGE, MAX, MIN
}

// ReferenceSizes are the page sizes of related records.
// Source: kintone REST reference, form field definitions.
var ReferenceSizes = []string{"5", "1", "3", "10", "20", "30", "40", "50"}

// MatchOps are the comparisons of a Match.
var MatchOps = []string{"=", "!=", "<", "<=", ">", ">="}

// AggregateFuncs are the totals of related records.
var AggregateFuncs = []string{"SUM", "AVERAGE", "MAX", "MIN"}

// reference is REFERENCE_TABLE.
type reference struct{ readOnly }

func (reference) Storage() Storage { return None }
func (reference) Ops() Ops         { return 0 }

func (reference) AppendValue(dst []byte, _ *Field, _ []byte, _ Directory) []byte { return dst }

// families are the types whose values can be compared with each other, in a database and by people.
var families = [][]Type{
	{SingleLineText, Link},
	{Number, Calc, RecordNumber},
	{Date}, {Time},
	{DateTime, CreatedTime, UpdatedTime},
	{Creator, Modifier},
}

// Matches reports whether values of f and other can be compared in a Match.
func (f *Field) Matches(other *Field) bool {
	return f.Amount() && other.Amount() && slices.ContainsFunc(families, func(list []Type) bool {
		return slices.Contains(list, f.Type) && slices.Contains(list, other.Type)
	})
}
