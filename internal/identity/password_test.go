package identity

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

func TestPasswordHash(t *testing.T) {
	s := &Service{memory: argonMemory, hashing: make(chan struct{}, 1)}
	s.dummy = phc(s.memory, make([]byte, saltLength), make([]byte, hashLength))
	hash, err := s.hash(t.Context(), "パスワード1")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %s", hash)
	}
	for password, want := range map[string]bool{
		"パスワード1":                    true,
		"ハ\u309aスワート\u30991":        true, // the same, as another system types it
		"パスワード2":                    false,
		"":                          false,
		strings.Repeat("x", 10<<20): false,
	} {
		if got, err := s.matches(password, hash); got != want || err != nil {
			t.Errorf("%.20q: %v %v", password, got, err)
		}
		if got, err := s.matches(password, ""); got || err != nil {
			t.Errorf("%.20q opens an account without a password: %v", password, err)
		}
	}
	for _, broken := range []string{"x", "$argon2id$v=19$m=1$a$b", "$bcrypt$v=19$m=64,t=1,p=1$AA$AA", s.dummy + "$"} {
		if got, err := s.matches("x", broken); got || err == nil {
			t.Errorf("%s: %v %v", broken, got, err)
		}
	}
}

func TestNoAccountCostsAsMuchAsAWrongPassword(t *testing.T) {
	s := &Service{memory: argonMemory, hashing: make(chan struct{}, 1)}
	s.dummy = phc(s.memory, make([]byte, saltLength), make([]byte, hashLength))
	hash, err := s.hash(t.Context(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	memory := func(phc string) uint64 { // how much is taken tells that a password was hashed, and at what cost
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := s.matches("wrong", phc); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	if with, without := memory(hash), memory(""); min(with, without) < argonMemory<<10 {
		t.Errorf("%d bytes with an account, %d without", with, without)
	}
	if passes := fmt.Sprintf(",t=%d,", argonTime); !strings.Contains(hash, passes) || !strings.Contains(s.dummy, passes) {
		t.Errorf("%s and %s are not of one cost", hash, s.dummy)
	}
}
