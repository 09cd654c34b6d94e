package field

import (
	"slices"
	"strconv"
	"strings"
)

// copyTypes are the types whose values a field can take over, by its own type.
// Source: kintone product behaviour, lookup and actions.
var copyTypes = map[Type][]Type{
	SingleLineText: {SingleLineText, Number, Calc, RecordNumber, Link, RadioButton, DropDown, Date, Time, DateTime},
	MultiLineText:  {MultiLineText, SingleLineText, Number, Calc, RecordNumber, Link, RadioButton, DropDown, Date, Time, DateTime},
	RichText:       {RichText},
	Number:         {Number, Calc, RecordNumber},
	RadioButton:    {RadioButton, DropDown}, DropDown: {DropDown, RadioButton},
	CheckBox: {CheckBox, MultiSelect}, MultiSelect: {MultiSelect, CheckBox},
	Date: {Date}, Time: {Time}, DateTime: {DateTime, CreatedTime, UpdatedTime},
	Link:               {Link},
	UserSelect:         {UserSelect, Creator, Modifier},
	OrganizationSelect: {OrganizationSelect},
	GroupSelect:        {GroupSelect},
}

// Takes reports whether f can take over values of source. A field that a formula fills takes none.
func (f *Field) Takes(source *Field) bool {
	return f.Expression == "" && slices.Contains(copyTypes[f.Type], source.Type) && (f.Type != Number || source.Amount())
}

// Receives reports whether an action can copy values of source into f: what f takes, and files.
// Source: kintone product behaviour, app actions.
func (f *Field) Receives(source *Field) bool {
	return f.Takes(source) || f.Type == File && source.Type == File
}

// TakesAddress reports whether the address of a page can be a value of f.
func (f *Field) TakesAddress() bool {
	switch f.Type {
	case SingleLineText, MultiLineText:
		return f.Expression == ""
	case Link:
		return f.web()
	}
	return false
}

// TakeOver is the value that f gets from v of source, which it takes. Choices are matched by their labels: one that f does
// not offer is empty.
func (f *Field) TakeOver(source *Field, v Value, env *Env) Value {
	switch {
	case v == "":
		return ""
	case f.Type.HasOptions():
		return f.takeChoices(source, v)
	case f.Type == Number:
		n, _ := env.Precision.Canonical(string(v))
		return n
	case f.Type == UserSelect && source.Type != UserSelect:
		return "," + v + ","
	case source.Type == Calc:
		shown := source.Kind().AppendValue(nil, source, []byte(v), env.Directory)
		return Value(shown[1 : len(shown)-1])
	case source.Type.HasOptions():
		n, _ := strconv.ParseInt(string(v), 10, 64)
		return Value(source.OptionLabel(n))
	}
	return v
}

func (f *Field) takeChoices(source *Field, v Value) Value {
	chosen := map[int64]bool{}
	for n := range Members(string(v)) {
		if mine, ok := f.OptionID(source.OptionLabel(n)); ok {
			chosen[mine] = true
		}
	}
	list := inOptionOrder(f, chosen)
	if f.Kind().Storage() == List {
		return list
	}
	return Value(strings.Trim(string(list), ","))
}
