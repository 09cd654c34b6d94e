package search

import (
	"strings"

	"github.com/engawa/engawa/internal/text"
)

// maxSnippets is how many parts of a text a hit shows; around is how much stands before and behind a keyword, in characters.
const (
	maxSnippets = 3
	around      = 40
)

func normal(s string) string { return text.Normalise(s) }

// snippets are the parts of texts that keywords are in, a line each, with what stands around them.
func snippets(texts, keywords []string) []string {
	list := []string{}
	for _, s := range texts {
		for line := range strings.Lines(s) {
			if part, ok := snippet(strings.Join(strings.Fields(line), " "), keywords); ok {
				if list = append(list, part); len(list) == maxSnippets {
					return list
				}
			}
		}
	}
	return list
}

func snippet(line string, keywords []string) (string, bool) {
	n := text.Normalise(line)
	for _, k := range keywords {
		if k = text.Normalise(k); strings.Contains(n, k) {
			at, runes := 0, []rune(line)
			if len([]rune(n)) == len(runes) { // else it begins at the beginning
				at = len([]rune(n[:strings.Index(n, k)]))
			}
			from, to := max(0, at-around), min(len(runes), at+len([]rune(k))+around)
			part := string(runes[from:to])
			if from > 0 {
				part = "…" + part
			}
			if to < len(runes) {
				part += "…"
			}
			return part, true
		}
	}
	return "", false
}
