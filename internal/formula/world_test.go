package formula_test

import (
	"testing"
	"time"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/formula"
	"github.com/engawa/engawa/internal/id"
)

// record is a record of the test's form.
type record struct {
	values map[id.Field]field.Value
	rows   map[id.Field][]map[id.Field]field.Value
}

func (r *record) Value(f id.Field) field.Value       { return r.values[f] }
func (r *record) SetValue(f id.Field, v field.Value) { r.values[f] = v }
func (r *record) Rows(t id.Field) int                { return len(r.rows[t]) }

func (r *record) Cell(t id.Field, row int, f id.Field) field.Value { return r.rows[t][row][f] }
func (r *record) SetCell(t id.Field, row int, f id.Field, v field.Value) {
	r.rows[t][row][f] = v
}

// people knows everybody as aiko.
type people struct{ field.Directory }

func (people) User(n id.User) (field.Person, bool) {
	return field.Person{ID: n, Code: "aiko", Name: "佐藤愛子"}, true
}

var options = []field.Option{{ID: 1, Label: "red"}, {ID: 2, Label: "blue"}}

// base is the form of the tests without computed fields, with the values of its record. The site is in Tokyo and it is
// 2026-03-31 15:30 in UTC: April has begun there, and a fiscal year with it.
var base = []struct {
	f *field.Field
	v field.Value
}{
	{&field.Field{ID: 1, Type: field.RecordNumber, Code: "no"}, "1"},
	{&field.Field{ID: 2, Type: field.Creator, Code: "creator"}, "12"},
	{&field.Field{ID: 3, Type: field.CreatedTime, Code: "created"}, "2026-01-01T15:30:00Z"},
	{&field.Field{ID: 10, Type: field.Number, Code: "数値"}, "7"},
	{&field.Field{ID: 11, Type: field.Number, Code: "n2"}, "0.1"},
	{&field.Field{ID: 12, Type: field.Number, Code: "none"}, ""},
	{&field.Field{ID: 13, Type: field.SingleLineText, Code: "title"}, "Table 東京"},
	{&field.Field{ID: 14, Type: field.SingleLineText, Code: "nothing"}, ""},
	{&field.Field{ID: 15, Type: field.Date, Code: "date"}, "2026-01-31"},
	{&field.Field{ID: 16, Type: field.DateTime, Code: "moment"}, "2026-03-31T15:30:00Z"},
	{&field.Field{ID: 17, Type: field.Time, Code: "time"}, "09:30"},
	{&field.Field{ID: 18, Type: field.DropDown, Code: "kind", Options: options}, "2"},
	{&field.Field{ID: 19, Type: field.CheckBox, Code: "tags", Options: options}, ",1,2,"},
	{&field.Field{ID: 20, Type: field.MultiLineText, Code: "memo"}, "x"},
	{&field.Field{ID: 21, Type: field.Link, Code: "url"}, "x"},
	{&field.Field{ID: 22, Type: field.Date, Code: "nodate"}, ""},
	{&field.Field{ID: 23, Type: field.Number, Code: "big"}, "999999999999"},
	{&field.Field{ID: 30, Type: field.Subtable, Code: "lines", Fields: []*field.Field{
		{ID: 31, Type: field.Number, Code: "price"},
		{ID: 32, Type: field.SingleLineText, Code: "part"},
		{ID: 33, Type: field.CheckBox, Code: "marks", Options: options},
		{ID: 34, Type: field.Date, Code: "due"},
	}}, ""},
	{&field.Field{ID: 40, Type: field.Subtable, Code: "others", Fields: []*field.Field{{ID: 41, Type: field.Number, Code: "amount"}}}, ""},
}

var env = formula.Env{
	Now:       time.Date(2026, 3, 31, 15, 30, 59, 0, time.UTC),
	Zone:      time.FixedZone("Asia/Tokyo", 9*3600),
	Directory: people{},
}

// form is base with more fields; those in a table are for lines.
func form(top, inner []*field.Field) []*field.Field {
	var list []*field.Field
	for _, b := range base {
		f := *b.f
		if f.Code == "lines" {
			f.Fields = append(append([]*field.Field{}, f.Fields...), inner...)
		}
		list = append(list, &f)
	}
	return append(list, top...)
}

func newRecord() *record {
	r := &record{values: map[id.Field]field.Value{}, rows: map[id.Field][]map[id.Field]field.Value{
		30: {
			{31: "100", 32: "desk", 33: ",1,", 34: "2026-04-29"},
			{31: "", 32: "Chair"},
			{31: "250.5", 32: "", 33: ",1,2,"},
		},
		40: {{41: "1"}},
	}}
	for _, b := range base {
		r.values[b.f.ID] = b.v
	}
	return r
}

// rules are those of an app with a precision, whose years begin in April.
func rules(p field.Precision) formula.Rules { return formula.Rules{Precision: p, FiscalStart: 4} }

// places is the precision with so many decimals.
func places(n int) field.Precision { return field.Precision{DecimalPlaces: &n} }

// compute is what a CALC field with the format, or with "" a text field, makes of an expression.
func compute(t testing.TB, expression, format string) string {
	t.Helper()
	f := &field.Field{ID: 90, Type: field.Calc, Code: "result", Format: format, Expression: expression}
	if format == "" {
		f.Type = field.SingleLineText
	}
	p := formula.New(form([]*field.Field{f}, nil), rules(field.Precision{}))
	if fault, bad := p.Fault(); bad {
		return fault.Reason.Error()
	}
	r := newRecord()
	p.Compute(r, env)
	shown := f.Kind().AppendValue(nil, f, []byte(r.values[90]), people{})
	return string(shown[1 : len(shown)-1])
}
