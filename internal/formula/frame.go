package formula

import (
	"time"

	"github.com/cockroachdb/apd/v3"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// Env is what a value may depend on beside its record.
type Env struct {
	Now       time.Time
	Zone      *time.Location // of the site: what TODAY is, and on which day a moment falls, is the same whoever saves
	Directory field.Directory
}

// Record is where formulas find values and leave theirs, by field. Values are canonical; "" is empty. The system's times
// and people are values as well.
type Record interface {
	Value(f id.Field) field.Value
	SetValue(f id.Field, v field.Value)
	Rows(table id.Field) int
	Cell(table id.Field, row int, f id.Field) field.Value
	SetCell(table id.Field, row int, f id.Field, v field.Value)
}

// frame is one evaluation.
type frame struct {
	record Record
	env    Env
	rules  Rules
	row    int
	steps  int // that are left
}

// eval computes an expression.
type eval func(f *frame) value

// spend pays for work on n bytes.
func (f *frame) spend(n int) { f.steps -= 1 + n/16 }

// textOf is how text shows a value: numbers plainly, rounded as the app keeps them, empty ones as nothing. ok is false for
// what is neither number nor text.
// Source: kintone REST behaviour, calculation operators (&).
func (f *frame) textOf(v value) (text string, ok bool) {
	switch {
	case v.is == tText:
		return v.text, true
	case v.is == tNumber && v.empty:
		return "", true
	case v.is == tNumber:
		n, ok := f.rules.Precision.Fit(settled(v.number))
		return string(n), ok
	}
	return "", false
}

// zero is what an empty number counts as.
var zero = apd.New(0, 0)

// reader makes a value of a field's canonical one.
type reader func(f *frame, v field.Value) value

// usable is how formulas read the types of fields; the others cannot be used.
// Source: kintone REST behaviour, calculation data types.
var usable = map[field.Type]struct {
	is   types
	read func(*field.Field) reader
}{
	field.Number:         {tNumber, func(*field.Field) reader { return readNumber }},
	field.Calc:           {tNumber, readCalc},
	field.Date:           {tNumber, func(*field.Field) reader { return readDate }},
	field.Time:           {tNumber, func(*field.Field) reader { return readTime }},
	field.DateTime:       {tNumber, func(*field.Field) reader { return readMoment }},
	field.CreatedTime:    {tNumber, func(*field.Field) reader { return readMoment }},
	field.UpdatedTime:    {tNumber, func(*field.Field) reader { return readMoment }},
	field.SingleLineText: {tText, func(*field.Field) reader { return readText }},
	field.RadioButton:    {tText, readOption},
	field.DropDown:       {tText, readOption},
	field.Creator:        {tText, func(*field.Field) reader { return readPerson }},
	field.Modifier:       {tText, func(*field.Field) reader { return readPerson }},
	field.CheckBox:       {tTexts, readOptions},
	field.MultiSelect:    {tTexts, readOptions},
}

func readNumber(_ *frame, v field.Value) value {
	if v == "" {
		return value{is: tNumber, number: zero, empty: true}
	}
	d, ok := parseNumber(string(v))
	if !ok {
		return failed
	}
	return ofNumber(d)
}

func readCalc(g *field.Field) reader {
	if g.Format != field.CalcDateTime {
		return readNumber
	}
	return func(f *frame, v field.Value) value {
		n := readNumber(f, v)
		n.moment = true
		return n
	}
}

func readSeconds(v field.Value, layout string) value {
	if v == "" {
		return readNumber(nil, "")
	}
	t, err := time.Parse(layout, string(v))
	if err != nil {
		return failed
	}
	return ofInt(t.Unix())
}

func readDate(_ *frame, v field.Value) value { return readSeconds(v, time.DateOnly) }

func readMoment(_ *frame, v field.Value) value {
	n := readSeconds(v, time.RFC3339)
	n.moment = true
	return n
}

// readTime counts the seconds of the day.
func readTime(_ *frame, v field.Value) value {
	if v == "" {
		return readNumber(nil, "")
	}
	t, err := time.Parse("15:04", string(v))
	if err != nil {
		return failed
	}
	return ofInt(int64(t.Hour()*3600 + t.Minute()*60))
}

func readText(f *frame, v field.Value) value {
	f.spend(len(v))
	return ofText(string(v))
}

func readOption(g *field.Field) reader {
	return func(_ *frame, v field.Value) value {
		for n := range field.Members(string(v)) {
			return ofText(g.OptionLabel(n))
		}
		return ofText("")
	}
}

func readOptions(g *field.Field) reader {
	return func(_ *frame, v field.Value) value {
		list := value{is: tTexts}
		for n := range field.Members(string(v)) {
			if label := g.OptionLabel(n); label != "" {
				list.list = append(list.list, ofText(label))
			}
		}
		return list
	}
}

// readPerson is the login name, which stays when a person's name changes.
func readPerson(f *frame, v field.Value) value {
	for n := range field.Members(string(v)) {
		if f.env.Directory != nil {
			who, _ := f.env.Directory.User(id.User(n))
			return ofText(who.Code)
		}
	}
	return ofText("")
}
