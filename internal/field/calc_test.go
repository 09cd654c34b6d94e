package field

import (
	"testing"
	"time"
)

// The seven formats of a CALC, and what a query may call their values.
// Source: kintone REST behaviour, calculation result formats.
func TestCalcFormats(t *testing.T) {
	for _, tc := range []struct{ format, stored, shown, literal string }{
		{"", "12.5", "12.5", "12.5"},
		{CalcNumberDigit, "1234567", "1234567", "1234567"},
		{CalcDateTime, "324219600", "1980-04-10T13:00:00Z", "324219600"},
		{CalcDate, "324219600", "1980-04-10", "324172800"},
		{CalcTime, "90061", "01:01", "3660"},
		{CalcHourMinute, "90061", "25:01", "90060"},
		{CalcDayHourMinute, "-90061", "-25:01", "-90060"},
		{CalcDate, "", "", ""},
	} {
		f := &Field{Type: Calc, Format: tc.format}
		if got := string(f.Kind().AppendValue(nil, f, []byte(tc.stored), nil)); got != `"`+tc.shown+`"` {
			t.Errorf("%s as %s: got %s, want %s", tc.stored, tc.format, got, tc.shown)
		}
		if got, ok := (calc{}).Literal(f, tc.shown, nil); !ok || string(got) != tc.literal {
			t.Errorf("literal %q as %s: got %s, %v, want %s", tc.shown, tc.format, got, ok, tc.literal)
		}
	}
	for _, tc := range []struct{ format, text string }{
		{"", "12:00"}, {CalcDate, "tomorrow"}, {CalcTime, "24:00"}, {CalcTime, "-1:00"}, {CalcHourMinute, "1:60"}, {CalcHourMinute, "1h"},
	} {
		if v, ok := (calc{}).Literal(&Field{Type: Calc, Format: tc.format}, tc.text, nil); ok {
			t.Errorf("%q as %s: got %s", tc.text, tc.format, v)
		}
	}
	f := &Field{Type: Calc, Format: CalcDateTime}
	if got := f.Cell([]byte("324219600"), nil, time.FixedZone("", 9*3600)); got != "1980-04-10 22:00" {
		t.Errorf("in a cell: %s", got)
	}
}
