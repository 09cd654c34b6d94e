package id

import "testing"

func TestParse(t *testing.T) {
	for _, bad := range []string{"", "0", "-1", "1.5", "abc", "9223372036854775808", " 1"} {
		if _, ok := Parse[App](bad); ok {
			t.Errorf("Parse(%q) must fail", bad)
		}
	}
	if n, ok := Parse[Record]("42"); !ok || n != 42 || String(n) != "42" {
		t.Errorf("Parse(42) = %v, %v", n, ok)
	}
}

func TestKeysDiffer(t *testing.T) {
	if a, b := Key(), Key(); a == b || len(a) != 43 {
		t.Errorf("keys %q %q", a, b)
	}
	if s := Short(20); len(s) != 20 {
		t.Errorf("Short(20) = %q", s)
	}
}
