package text_test

import (
	"testing"

	"github.com/engawa/engawa/internal/text"
)

func TestWhatDatabasesKeep(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "縁側 ￼\u0001": "縁側 ￼\u0001", "縁\x00側": "縁側", "a\xff": "a", "\xed\xa0\x80a": "a", "a\xc0\x80": "a", "\x00\xe7": "",
		"\xe7\xb8\x00\x81": "縁", // whole once the NUL is gone
	} {
		if got := text.Keep(s); got != want || text.Keepable(s) != (s == want) || !text.Keepable(got) {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
