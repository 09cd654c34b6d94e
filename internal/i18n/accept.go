package i18n

import (
	"strconv"
	"strings"
)

// Accept returns the language of ours that an Accept-Language header likes best, or fallback when it
// names none. "*" is what scripts send without thinking, so it counts as no wish.
// Source: kintone REST API, language selection.
func Accept(header string, fallback Lang) Lang {
	best, bestQ := fallback, 0.0
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := 1.0
		if v, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			f, err := strconv.ParseFloat(v, 64)
			if err != nil {
				continue
			}
			q = f
		}
		if l := Parse(tag, ""); l != "" && q > bestQ {
			best, bestQ = l, q
		}
	}
	return best
}
