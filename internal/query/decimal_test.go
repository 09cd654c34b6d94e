package query

import (
	"cmp"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/field"
)

func TestNearKeepsOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		text := randomDecimal(rng)
		a, b := canonical(text), canonical(neighbour(rng, text))
		if rng.IntN(2) == 0 {
			b = canonical(randomDecimal(rng))
		}
		want := field.CompareDecimals(a, b)
		near, exactA := Near(a)
		other, exactB := Near(b)
		got := compareNear(near, other)
		switch {
		case got == 0 && want != 0 && (exactA || exactB):
			t.Fatalf("%s and %s share %v", a, b, near)
		case got != 0 && got != want:
			t.Fatalf("%s and %s: %v and %v", a, b, near, other)
		}
	}
}

// randomDecimal has up to 22 digits around the places where columns and doubles change their ways.
func randomDecimal(rng *rand.Rand) string {
	base := []string{"", "9007199254740", "18014398509481", "9223372036854775", "9223372036854775807", "10000000000000", "99999999999999", "12345"}
	var b strings.Builder
	if rng.IntN(3) == 0 {
		b.WriteByte('-')
	}
	b.WriteString(base[rng.IntN(len(base))])
	for range rng.IntN(7) {
		b.WriteByte("0000123456789999"[rng.IntN(16)])
	}
	b.WriteByte('5')
	if rng.IntN(2) == 0 {
		b.WriteByte('.')
		for range rng.IntN(5) {
			b.WriteByte("0001234569"[rng.IntN(10)])
		}
		b.WriteByte('5')
	}
	return b.String()
}

// neighbour changes one of the last digits by one.
func neighbour(rng *rand.Rand, s string) string {
	i := len(s) - 1 - rng.IntN(min(3, len(s)))
	if s[i] >= '1' && s[i] <= '8' {
		return s[:i] + string(s[i]+byte(1-2*rng.IntN(2))) + s[i+1:]
	}
	return s
}

func canonical(s string) field.Value {
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	s = strings.TrimLeft(s, "0")
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "" {
		return "0"
	}
	if s[0] == '.' {
		s = "0" + s
	}
	return field.Value(sign + s)
}

func compareNear(a, b any) int {
	exact := func(v any) *big.Float {
		if n, ok := v.(int64); ok {
			return new(big.Float).SetPrec(100).SetInt64(n)
		}
		return new(big.Float).SetPrec(100).SetFloat64(v.(float64))
	}
	return cmp.Compare(exact(a).Cmp(exact(b)), 0)
}
