package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Spreadsheets run a cell that starts with one of these as a formula. The full-width forms are folded by some.
const starters = "=+-@＝＋－＠"

// breakers may end a cell, or its line, for a program that splits at another separator than the file was written with: to it
// a quote in the middle of a cell is none, so what it holds is not held together.
const breakers = ",;|\t\"\r\n"

// Neutralise puts an apostrophe before whatever a spreadsheet would run as a formula: at the start of the
// cell, behind spaces, and behind anything in it that another reader might take for a separator.
// Plain negative numbers stay as they are. Restore undoes it exactly.
func Neutralise(cell string) string {
	return mark(cell, func(out *strings.Builder, segment string, at int) {
		if plainNegative(segment[at:]) {
			out.WriteString(segment)
			return
		}
		out.WriteString(segment[:at] + "'" + segment[at:])
	})
}

// Restore returns what Neutralise was given. A cell it never saw stays as it is, unless it has an
// apostrophe before a formula.
func Restore(cell string) string {
	if strings.IndexByte(cell, '\'') < 0 {
		return cell
	}
	return mark(cell, func(out *strings.Builder, segment string, at int) {
		out.WriteString(segment[:at] + strings.TrimPrefix(segment[at:], "'"))
	})
}

// mark calls write for every segment of cell that has, behind spaces and apostrophes, a starter; at is where the
// apostrophes, or else the starter, begin. Other segments are copied.
func mark(cell string, write func(out *strings.Builder, segment string, at int)) string {
	if !suspect(cell) {
		return cell
	}
	var out strings.Builder
	out.Grow(len(cell) + 4)
	for start := 0; start <= len(cell); {
		end := start
		for end < len(cell) && strings.IndexByte(breakers, cell[end]) < 0 {
			end++
		}
		segment := cell[start:end]
		at := len(segment) - len(strings.TrimLeftFunc(segment, unseen))
		rest := strings.TrimLeft(segment[at:], "'")
		control := start == 0 && rest == "" && end < len(cell) && strings.IndexByte("\t\r\n", cell[end]) >= 0
		if r, n := utf8.DecodeRuneInString(rest); control || n > 0 && strings.ContainsRune(starters, r) {
			write(&out, segment, at)
		} else {
			out.WriteString(segment)
		}
		if end < len(cell) {
			out.WriteByte(cell[end])
		}
		start = end + 1
	}
	return out.String()
}

// unseen tells what does not show at the start of a cell, and which some programs cut off: spaces of all kinds, control and
// format characters such as the zero-width space.
func unseen(r rune) bool { return unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf) }

// suspect quickly tells the many cells in which nothing can be wrong.
func suspect(cell string) bool {
	for i := range len(cell) {
		switch cell[i] {
		case '=', '+', '-', '@', '\t', '\r', '\n':
			return true
		case "＝"[0]: // and much else; the second byte parts them from kana
			if i+1 < len(cell) && cell[i+1] == "＝"[1] {
				return true
			}
		}
	}
	return false
}

// plainNegative reports whether s is a minus, digits, and at most one point. The commas of "-1,234" part segments.
func plainNegative(s string) bool {
	digits, ok := strings.CutPrefix(s, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	return ok && whole != "" && allDigits(whole) && allDigits(fraction)
}
