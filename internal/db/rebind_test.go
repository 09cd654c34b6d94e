package db

import "testing"

func TestNumbered(t *testing.T) {
	for query, want := range map[string]string{
		"SELECT 1":                              "SELECT 1",
		"":                                      "",
		"a = ? AND b IN (?, ?)":                 "a = $1 AND b IN ($2, $3)",
		"a = '?' AND b = ?":                     "a = '?' AND b = $1",
		"a = 'it''s ?' AND b = ?":               "a = 'it''s ?' AND b = $1",
		`"odd?name" = ? AND "x""?" = ?`:         `"odd?name" = $1 AND "x""?" = $2`,
		"a - ? / ? -- really?\n AND b = ?":      "a - $1 / $2 -- really?\n AND b = $3",
		"/* why? 'because */ a = ? /* to the ?": "/* why? 'because */ a = $1 /* to the ?",
		"-- 'only? a comment":                   "-- 'only? a comment",
		"縁 = '側?' || ?":                         "縁 = '側?' || $1",
	} {
		if got := numbered(query); got != want {
			t.Errorf("%q: got %q, want %q", query, got, want)
		}
	}
}

func TestRebinderForgetsRatherThanGrows(t *testing.T) {
	var r rebinder
	for i := range 3 * maxRebound {
		r.rebind("SELECT ? -- " + string(rune('a'+i%26)) + string(rune(i+1000)))
	}
	if n := len(r.known); n > maxRebound {
		t.Errorf("%d statements remembered", n)
	}
}
