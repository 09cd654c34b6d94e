package identity

import (
	"strings"
	"testing"
	"time"
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
	best := func(phc string) time.Duration { // of several, so that a busy machine does not matter
		least := time.Hour
		for range 5 {
			start := time.Now()
			if _, err := s.matches("wrong", phc); err != nil {
				t.Fatal(err)
			}
			least = min(least, time.Since(start))
		}
		return least
	}
	with, without := best(hash), best("")
	if without < with/4 || with < without/4 {
		t.Errorf("%s with an account, %s without", with, without)
	}
}
