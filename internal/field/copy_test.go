package field_test

import (
	"testing"

	"github.com/engawa/engawa/internal/field"
)

func TestWhatAnActionCopies(t *testing.T) {
	reckoned := field.Field{Type: field.SingleLineText, Expression: "a"}
	date := field.Field{Type: field.Calc, Format: field.CalcDate}
	for _, tc := range []struct {
		to, from field.Field
		want     bool
	}{
		{field.Field{Type: field.SingleLineText}, field.Field{Type: field.RecordNumber}, true},
		{field.Field{Type: field.SingleLineText}, field.Field{Type: field.MultiLineText}, false},
		{field.Field{Type: field.SingleLineText}, reckoned, true},
		{reckoned, field.Field{Type: field.SingleLineText}, false},
		{field.Field{Type: field.Number}, field.Field{Type: field.Calc}, true},
		{field.Field{Type: field.Number}, date, false},
		{field.Field{Type: field.Calc}, field.Field{Type: field.Number}, false},
		{field.Field{Type: field.DropDown}, field.Field{Type: field.RadioButton}, true},
		{field.Field{Type: field.DropDown}, field.Field{Type: field.CheckBox}, false},
		{field.Field{Type: field.File}, field.Field{Type: field.File}, true},
		{field.Field{Type: field.UserSelect}, field.Field{Type: field.Creator}, true},
		{field.Field{Type: field.Creator}, field.Field{Type: field.Creator}, false},
	} {
		if got := tc.to.Receives(&tc.from); got != tc.want {
			t.Errorf("%s%s into %s%s: %v", tc.from.Type, tc.from.Format, tc.to.Type, tc.to.Expression, got)
		}
	}
}

func TestWhatTakesTheAddressOfARecord(t *testing.T) {
	for _, tc := range []struct {
		f    field.Field
		want bool
	}{
		{field.Field{Type: field.Link}, true},
		{field.Field{Type: field.Link, Protocol: "WEB"}, true},
		{field.Field{Type: field.Link, Protocol: "MAIL"}, false},
		{field.Field{Type: field.MultiLineText}, true},
		{field.Field{Type: field.SingleLineText, Expression: "a"}, false},
		{field.Field{Type: field.Number}, false},
	} {
		if got := tc.f.TakesAddress(); got != tc.want {
			t.Errorf("%s %s%s: %v", tc.f.Type, tc.f.Protocol, tc.f.Expression, got)
		}
	}
}
