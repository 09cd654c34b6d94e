package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"github.com/engawa/engawa/internal/text"
)

// textFunctions work on text; they take numbers as the text that & makes of them. Places and lengths count characters
// (code points) from 1.
var textFunctions = map[string]*function{
	"LEN": {min: 1, max: 1, takes: must(anyText), result: tNumber, call: onText(func(f *frame, s []rune, _ []value) value {
		return ofInt(int64(len(s)))
	})},
	"LEFT": {min: 1, max: 2, takes: must(anyText, tNumber), result: tText, call: onText(func(_ *frame, s []rune, a []value) value {
		return part(s, 0, a, 0)
	})},
	"RIGHT": {min: 1, max: 2, takes: must(anyText, tNumber), result: tText, call: onText(func(_ *frame, s []rune, a []value) value {
		n, ok := length(a, 0)
		if !ok {
			return failed
		}
		return ofText(string(s[len(s)-min(n, len(s)):]))
	})},
	"MID": {min: 3, max: 3, takes: must(anyText, tNumber), result: tText, call: onText(func(_ *frame, s []rune, a []value) value {
		from, ok := a[0].whole(maxText)
		if !ok || from < 1 {
			return failed
		}
		return part(s, int(from)-1, a, 1)
	})},
	"REPLACE": {min: 4, max: 4, takes: must(anyText, tNumber, tNumber, anyText), result: tText, call: onText(replaceAt)},

	"SUBSTITUTE": {min: 3, max: 4, takes: must(anyText, anyText, anyText, tNumber), result: tText, call: onTexts(3, substitute)},
	"FIND":       {min: 2, max: 3, takes: must(anyText, anyText, tNumber), result: tNumber, call: onTexts(2, find(func(s string) string { return s }))},
	"SEARCH":     {min: 2, max: 3, takes: must(anyText, anyText, tNumber), result: tNumber, call: onTexts(2, find(folded))},
	"EXACT": {min: 2, max: 2, takes: must(anyText), result: tBool, call: onTexts(2, func(_ *frame, s []string, _ []value) value {
		return ofBool(s[0] == s[1])
	})},

	"CONCAT":      {min: 1, takes: must(anyText | tNumbers | tTexts), result: tText, call: concat},
	"CONCATENATE": {min: 1, takes: must(anyText | tNumbers | tTexts), result: tText, call: concat},
	"REPT":        {min: 2, max: 2, takes: must(anyText, tNumber), result: tText, call: onTexts(1, repeat)},

	"UPPER": changing(strings.ToUpper),
	"LOWER": changing(strings.ToLower),
	"TRIM":  changing(func(s string) string { return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ") }),
	"ASC":   changing(halfWidth),
	"JIS":   changing(func(s string) string { return norm.NFC.String(width.Widen.String(s)) }),

	"VALUE": {min: 1, max: 1, takes: must(anyText), result: tNumber, call: numberOf},
	"TEXT":  {min: 2, max: 2, takes: must(anyText, tText), result: tText, call: formatted},
}

// onText makes a function of a text's characters and further arguments.
func onText(of func(f *frame, s []rune, more []value) value) func(*frame, []value) value {
	return onTexts(1, func(f *frame, s []string, more []value) value { return of(f, []rune(s[0]), more) })
}

// onTexts makes a function of n texts and further arguments.
func onTexts(n int, of func(f *frame, s []string, more []value) value) func(*frame, []value) value {
	return func(f *frame, a []value) value {
		s := make([]string, n)
		for i := range s {
			var ok bool
			if s[i], ok = f.textOf(a[i]); !ok {
				return failed
			}
			f.spend(4 * len(s[i])) // some look at a character several times
		}
		if f.steps < 0 {
			return failed
		}
		return of(f, s, a[n:])
	}
}

// changing is a function that gives another text for one.
func changing(of func(string) string) *function {
	return &function{min: 1, max: 1, takes: must(anyText), result: tText,
		call: onTexts(1, func(_ *frame, s []string, _ []value) value { return ofText(of(s[0])) })}
}

// length is the i-th of the further arguments as a number of characters, 1 if it is not there.
func length(a []value, i int) (int, bool) {
	if i >= len(a) {
		return 1, true
	}
	n, ok := a[i].whole(maxText)
	return int(n), ok && n >= 0
}

func part(s []rune, from int, a []value, i int) value {
	n, ok := length(a, i)
	if !ok {
		return failed
	}
	from = min(from, len(s))
	return ofText(string(s[from:min(from+n, len(s))]))
}

func replaceAt(f *frame, s []rune, a []value) value {
	from, ok := a[0].whole(maxText)
	n, ok2 := length(a, 1)
	with, ok3 := f.textOf(a[2])
	if !ok || !ok2 || !ok3 || from < 1 {
		return failed
	}
	at := min(int(from)-1, len(s))
	return ofText(string(s[:at]) + with + string(s[min(at+n, len(s)):]))
}

// substitute replaces a part wherever it is, or only the n-th time.
func substitute(f *frame, s []string, a []value) value {
	in, old, with := s[0], s[1], s[2]
	if old == "" {
		return ofText(in)
	}
	if len(a) == 0 {
		if len(in)+strings.Count(in, old)*(len(with)-len(old)) > maxText {
			return failed
		}
		out := strings.ReplaceAll(in, old, with)
		f.spend(len(out))
		return ofText(out)
	}
	n, ok := a[0].whole(maxText)
	if !ok || n < 1 {
		return failed
	}
	at := 0
	for ; ; n-- {
		i := strings.Index(in[at:], old)
		if i < 0 {
			return ofText(in)
		}
		if n == 1 {
			return ofText(in[:at+i] + with + in[at+i+len(old):])
		}
		at += i + len(old)
	}
}

func folded(s string) string { return strings.ToLower(text.Normalise(s)) }

// find returns where a text is found in another, from a place on.
func find(as func(string) string) func(*frame, []string, []value) value {
	return func(_ *frame, s []string, a []value) value {
		needle, in := as(s[0]), []rune(as(s[1]))
		from, ok := length(a, 0)
		if !ok || from < 1 || from > len(in)+1 {
			return failed
		}
		rest := string(in[from-1:])
		i := strings.Index(rest, needle)
		if i < 0 {
			return failed
		}
		return ofInt(int64(from + utf8.RuneCountInString(rest[:i])))
	}
}

func concat(f *frame, a []value) value { return joinAll(f, append([]value{ofText("")}, a...)) }

func repeat(f *frame, s []string, a []value) value {
	n, ok := length(a, 0)
	if !ok || len(s[0]) > 0 && n > maxText/len(s[0]) {
		return failed
	}
	f.spend(n * len(s[0]))
	return ofText(strings.Repeat(s[0], min(n, maxText)))
}

// marks are the signs of voiced kana, combining and half width.
var marks = strings.NewReplacer("\u3099", "ﾞ", "\u309a", "ﾟ")

// halfWidth narrows what has a half-width form; voiced katakana become two characters.
func halfWidth(s string) string {
	var out strings.Builder
	for _, r := range s {
		if r >= 'ァ' && r <= 'ヺ' {
			out.WriteString(marks.Replace(width.Narrow.String(norm.NFD.String(string(r)))))
			continue
		}
		out.WriteString(width.Narrow.String(string(r)))
	}
	return out.String()
}

// numberOf reads text as a person writes a number: full width, separators, a yen sign, a percent sign.
func numberOf(f *frame, a []value) value {
	s, ok := f.textOf(a[0])
	if !ok || len(s) > 200 {
		return failed
	}
	s = strings.TrimSpace(norm.NFKC.String(s))
	s = strings.TrimSuffix(strings.Trim(s, "¥￥\\$"), "円")
	percent := strings.HasSuffix(s, "%")
	v, ok := readAmount(strings.ReplaceAll(strings.TrimSuffix(s, "%"), ",", ""))
	switch {
	case !ok:
		return failed
	case percent:
		return compute((*apd.Context).Quo).of(v, ofInt(100))
	}
	return v
}
