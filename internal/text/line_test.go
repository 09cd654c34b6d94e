package text

import "testing"

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " 青木\t愛子\n": "青木 愛子", "a\u202eb\u2066c\u200b\ufeff\u2028d": "abcd", "a\x00\x1b[31mb\xff": "a[31mb", "\u200d👩\u200d💻": "\u200d👩\u200d💻",
	} {
		if got := OneLine(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
