package sheet

import (
	"strconv"
	"strings"
)

const (
	maxDigits   = 200 // of a number; what a field takes is for the field to say
	maxExponent = 100
)

// parseNumber returns a cell's number as plain decimal text: "¥1,234.50" is "1234.50", "△5" and "(5)"
// are "-5", "1E+05" is "100000". Thousands must be grouped in threes: "12,34" is no number.
func parseNumber(cell string) (string, bool) {
	if plainNumber(cell) {
		return cell, true
	}
	s := fold(cell)
	if s == "" || len(s) > maxDigits {
		return "", false
	}
	negative := false
	if inner, ok := strings.CutPrefix(s, "("); ok {
		if s, ok = strings.CutSuffix(inner, ")"); !ok {
			return "", false
		}
		negative = true
	}
	s, signed, ok := cutSigns(s, negative)
	if !ok {
		return "", false
	}
	whole, fraction, ok := cutDecimal(s)
	if !ok {
		return "", false
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	out := whole
	if fraction != "" {
		out += "." + fraction
	}
	if signed && strings.Trim(out, "0.") != "" {
		out = "-" + out
	}
	return out, true
}

// plainNumber reports whether s is already in the form parseNumber gives.
func plainNumber(s string) bool {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || len(digits) > 18 || digits[0] == '0' {
		return s == "0"
	}
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return false
		}
	}
	return true
}

// cutSigns takes one sign and one mark of the yen off s, in either order. In CP932 the backslash is the yen's.
func cutSigns(s string, negative bool) (rest string, signed, ok bool) {
	sc := scanner{s}
	sign, yen := negative, false
	for {
		sc.spaces()
		switch sc.word("-", "△", "▲", "+", "¥", "\\") {
		case 0, 1, 2:
			if sign {
				return "", false, false
			}
			sign, negative = true, true
		case 3:
			if sign {
				return "", false, false
			}
			sign = true
		case 4, 5:
			if yen {
				return "", false, false
			}
			yen = true
		default:
			rest = sc.rest
			if !yen {
				rest = strings.TrimRight(strings.TrimSuffix(rest, "円"), " ")
			}
			return rest, negative, rest != ""
		}
	}
}

// cutDecimal takes s, without a sign, apart into the digits before and behind the point.
func cutDecimal(s string) (whole, fraction string, ok bool) {
	mantissa, exponent := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		e, err := strconv.Atoi(s[i+1:])
		if err != nil || e > maxExponent || e < -maxExponent {
			return "", "", false
		}
		mantissa, exponent = s[:i], e
	}
	whole, fraction, _ = strings.Cut(mantissa, ".")
	if whole, ok = ungroup(whole); !ok || !allDigits(fraction) || whole+fraction == "" {
		return "", "", false
	}
	switch {
	case exponent > 0:
		fraction += strings.Repeat("0", max(exponent-len(fraction), 0))
		whole, fraction = whole+fraction[:exponent], fraction[exponent:]
	case exponent < 0:
		whole = strings.Repeat("0", max(-exponent-len(whole), 0)) + whole
		whole, fraction = whole[:len(whole)+exponent], whole[len(whole)+exponent:]+fraction
	}
	return whole, fraction, true
}

// ungroup removes the commas between thousands.
func ungroup(s string) (string, bool) {
	head, tail, grouped := strings.Cut(s, ",")
	if !grouped {
		return s, allDigits(s)
	}
	out := head
	for _, group := range strings.Split(tail, ",") {
		if len(group) != 3 {
			return "", false
		}
		out += group
	}
	return out, head != "" && len(head) <= 3 && allDigits(out)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
