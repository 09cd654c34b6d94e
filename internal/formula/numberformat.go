package formula

import (
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// formatted is TEXT(value, format): numbers by 0 # , . and %, dates by the letters of dateLetters. Text stays as it is.
func formatted(f *frame, a []value) value {
	format := a[1].text
	f.spend(len(format))
	switch {
	case a[0].is == tText:
		return a[0]
	case len(format) > 200:
		return failed
	case a[0].empty:
		return ofText("")
	case isDateFormat(format):
		zone := f.zoneOf(a[0])
		t, ok := timeOf(a[0], zone)
		if !ok {
			return failed
		}
		return ofText(spreadsheetDate(t, format))
	}
	return formatNumber(a[0].number, format)
}

// formatNumber writes a number by a pattern such as "#,##0.00": 0 is a digit that is always shown, # one that may be
// left out; a comma groups the whole part; % shows hundredths. What is not part of the pattern stands as it is.
func formatNumber(d *apd.Decimal, format string) value {
	first := strings.IndexAny(format, "0#")
	if first < 0 {
		return failed
	}
	last := first
	for last < len(format) && strings.IndexByte("0#,.", format[last]) >= 0 {
		last++
	}
	before, pattern, after := format[:first], format[first:last], format[last:]
	whole, fraction, _ := strings.Cut(pattern, ".")
	if strings.Contains(fraction, ".") || strings.Contains(fraction, ",") || strings.ContainsAny(after, "0#") {
		return failed
	}
	v := ofNumber(d)
	if strings.Contains(after, "%") {
		v = compute((*apd.Context).Mul).of(v, ofInt(100))
	}
	if !v.failed() {
		v = rounded(v.number, int64(len(fraction)), apd.RoundHalfUp)
	}
	if v.failed() {
		return failed
	}
	sign := ""
	if v.number.Sign() < 0 {
		sign = "-"
	}
	digits, decimals, _ := strings.Cut(new(apd.Decimal).Abs(v.number).Text('f'), ".")
	digits = strings.TrimLeft(digits, "0")
	if need := strings.Count(whole, "0"); len(digits) < need {
		digits = strings.Repeat("0", need-len(digits)) + digits
	}
	if strings.Contains(whole, ",") {
		digits = grouped(digits)
	}
	for len(decimals) > strings.Count(fraction, "0") && strings.HasSuffix(decimals, "0") {
		decimals = decimals[:len(decimals)-1]
	}
	if decimals != "" {
		digits += "." + decimals
	}
	return ofText(sign + strings.ReplaceAll(before, `"`, "") + digits + strings.ReplaceAll(after, `"`, ""))
}
