package i18n

import (
	"regexp"
	"slices"
	"testing"
)

var hole = regexp.MustCompile(`\{[a-zA-Z]+\}`)

func TestBothLanguagesHaveTheSameKeysAndHoles(t *testing.T) {
	for key, ja := range texts[Ja] {
		en, ok := texts[En][key]
		if !ok {
			t.Errorf("en lacks %q", key)
			continue
		}
		a, b := hole.FindAllString(ja, -1), hole.FindAllString(en, -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%q: holes differ: %v and %v", key, a, b)
		}
	}
	for key := range texts[En] {
		if !Has(Ja, key) {
			t.Errorf("ja lacks %q", key)
		}
	}
}

func TestAccept(t *testing.T) {
	for _, tc := range []struct {
		header string
		want   Lang
	}{
		{"", Ja}, {"*", Ja}, {"en-US,en;q=0.9", En}, {"fr, en;q=0.3, ja;q=0.8", Ja}, {"de", Ja}, {"en;q=x", Ja},
	} {
		if got := Accept(tc.header, Ja); got != tc.want {
			t.Errorf("Accept(%q) = %s, want %s", tc.header, got, tc.want)
		}
	}
}

func TestHolesAreFilled(t *testing.T) {
	texts[En]["test.hole"] = "App {id} of {who}"
	t.Cleanup(func() { delete(texts[En], "test.hole") })
	if got := T(En, "test.hole", map[string]any{"id": 7, "who": "aoki"}); got != "App 7 of aoki" {
		t.Errorf("got %q", got)
	}
	if got := T(Ja, "no.such.key", nil); got != "no.such.key" {
		t.Errorf("got %q", got)
	}
}
