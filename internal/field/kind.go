package field

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
)

// kinds is the whole catalogue: a type that is not here does not exist.
var kinds = map[Type]Kind{
	RecordNumber: recordNumber{}, Creator: person{}, Modifier: person{}, CreatedTime: moment{}, UpdatedTime: moment{},
	Status: status{}, StatusAssignee: assignees{users}, Category: category{},
	SingleLineText: text{}, Link: link{}, MultiLineText: longText{}, RichText: richText{},
	Number: number{}, Calc: calc{},
	RadioButton: choice{}, DropDown: choice{},
	CheckBox: choices{}, MultiSelect: choices{},
	Date: calendar{layout: dateLayout}, Time: calendar{layout: timeLayout}, DateTime: calendar{layout: dateTimeLayout},
	File: file{}, UserSelect: users, OrganizationSelect: organizations, GroupSelect: groups,
	Subtable: table{}, Group: group{}, ReferenceTable: reference{}, lookupSource: sourceRecord{},
}

// SearchText is the ability of a type whose stored form is not what a person would search for.
type SearchText interface {
	SearchText(v Value) string
}

// Defaulter is the ability of a type to have a default value when a record is added without one.
type Defaulter interface {
	DefaultValue(f *Field, env *Env) Value
}

// scalar reads a JSON string, number or null as text. Anything else is not a scalar.
func scalar(raw json.RawMessage) (string, bool) {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return "", true
	case raw[0] == '"':
		if s, ok := plainString(raw); ok {
			return s, true
		}
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return "", false
		}
		return s, true
	case raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9':
		return string(raw), true
	}
	return "", false
}

// plainString is the fast way for a JSON string without escapes.
func plainString(raw []byte) (string, bool) {
	if len(raw) < 2 || raw[len(raw)-1] != '"' {
		return "", false
	}
	s := raw[1 : len(raw)-1]
	for _, c := range s {
		if c == '\\' || c == '"' || c < 0x20 {
			return "", false
		}
	}
	if !utf8.Valid(s) {
		return "", false
	}
	return string(s), true
}

// required reports an empty value of a required field.
func required(f *Field, v Value, path string, p Problems) {
	if f.Required && v == "" {
		p.Add(path, "field.required")
	}
}

// length reports text that is too short or too long. The limits shown are one off, as kintone's are;
// the shortest length holds for empty text as well.
// Source: kintone REST behaviour, validation on write.
func length(f *Field, v Value, path string, p Problems) {
	if f.Min == "" && f.Max == "" {
		return
	}
	n := utf8.RuneCountInString(string(v))
	if limit, err := strconv.Atoi(f.Max); err == nil && n > limit {
		p.Add(path, "field.tooLong", errs.Args{"limit": limit + 1})
	}
	if limit, err := strconv.Atoi(f.Min); err == nil && n < limit {
		p.Add(path, "field.tooShort", errs.Args{"limit": limit - 1})
	}
}

// first is a field's default for single values.
func first(f *Field) Value {
	if len(f.Default) == 0 {
		return ""
	}
	return Value(f.Default[0])
}
