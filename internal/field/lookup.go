package field

import (
	"slices"

	"github.com/engawa/engawa/internal/id"
)

// Lookup makes a NUMBER or SINGLE_LINE_TEXT field a key into another app: whoever writes it gets the values of the record
// with that key copied beside it. Fields of both apps are named by their ids, so that renaming one touches no setting;
// conditions and orders name them as SourceCode does.
//
// The record copied from is kept beside the key, under SourceID.
type Lookup struct {
	App    id.App     `json:"app"` // the source
	Key    id.Field   `json:"key"` // of the source
	Copies []Copy     `json:"copies,omitempty"`
	Picker []id.Field `json:"picker,omitempty"` // of the source: what is shown where a record is chosen
	Filter string     `json:"filter,omitempty"` // of the records offered there
	Sort   string     `json:"sort,omitempty"`   // "" is newest first
	Live   bool       `json:"live,omitempty"`   // the copies follow their source (our extension)
	Giver  id.User    `json:"giver,omitempty"`  // who saved this last: copies that follow show what he may see; 0 is the app's creator
}

// Copy is one value that a lookup copies.
type Copy struct {
	From id.Field `json:"from"` // of the source
	To   id.Field `json:"to"`   // of the lookup's app, in the lookup's table if it stands in one
}

// SourceCode is how conditions that are kept in settings name a field of another app: by its id.
func SourceCode(f id.Field) string { return "f_" + id.String(f) }

// lookupSource is the type of what stands beside a lookup: the id of the record copied from. Nobody sees or names it.
const lookupSource Type = "__LOOKUP_SOURCE__"

// Unresolved stands in for the id of a source while the key was written and its record was not looked up yet.
const Unresolved Value = "0"

// SourceID is the id under which the source record of a lookup is kept among a record's values. No field of a form has it.
func (f *Field) SourceID() id.Field { return -f.ID }

// source is the hidden column beside a lookup.
func (f *Field) source() *Field { return &Field{ID: f.SourceID(), Type: lookupSource} }

// WithSources returns fields, each lookup followed by its hidden column: all that has values in a record.
func WithSources(fields []*Field) []*Field {
	if !slices.ContainsFunc(fields, func(f *Field) bool { return f.Lookup != nil }) {
		return fields
	}
	list := make([]*Field, 0, len(fields)+2)
	for _, f := range fields {
		list = append(list, f)
		if f.Lookup != nil {
			list = append(list, f.source())
		}
	}
	return list
}

// LinkedApp is the app that f is tied to, as a lookup or a list of related records; 0 is none.
func (f *Field) LinkedApp() id.App {
	switch {
	case f.Lookup != nil:
		return f.Lookup.App
	case f.Reference != nil:
		return f.Reference.App
	}
	return 0
}

// Lookups returns the lookups among fields.
func Lookups(fields []*Field) []*Field {
	var list []*Field
	for _, f := range fields {
		if f.Lookup != nil {
			list = append(list, f)
		}
	}
	return list
}

// CopiedTo reports whether a lookup of siblings fills f, so that nobody else writes it.
func (f *Field) CopiedTo(siblings []*Field) bool {
	return slices.ContainsFunc(siblings, func(g *Field) bool {
		return g.Lookup != nil && slices.ContainsFunc(g.Lookup.Copies, func(c Copy) bool { return c.To == f.ID })
	})
}

// sourceRecord is the behaviour of the hidden column.
type sourceRecord struct{ readOnly }

func (sourceRecord) Storage() Storage { return Integer }
func (sourceRecord) Ops() Ops         { return 0 }

func (sourceRecord) AppendValue(dst []byte, _ *Field, _ []byte, _ Directory) []byte {
	return append(dst, "null"...)
}

// MayLookUp reports whether fields of type t can be lookups.
func (t Type) MayLookUp() bool { return t == SingleLineText || t == Number }

// keyTypes are the types of source field whose values can be a lookup's key.
// Source: kintone product behaviour, lookup.
var keyTypes = map[Type][]Type{
	SingleLineText: {SingleLineText, Link, RecordNumber, Date, Time, DateTime},
	Number:         {Number, Calc, RecordNumber},
}

// KeyOf reports whether source's values can be keys of the lookup f.
func (f *Field) KeyOf(source *Field) bool {
	return slices.Contains(keyTypes[f.Type], source.Type) && (f.Type != Number || source.Amount())
}

// UniqueKey reports whether no two records have the same value in f.
func (f *Field) UniqueKey() bool { return f.Unique || f.Type == RecordNumber }
