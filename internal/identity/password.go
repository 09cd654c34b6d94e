package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The cost of a password, in the proportions that OWASP recommends: 19 MiB, two passes, one lane.
const (
	argonMemory = 19 << 10 // KiB
	argonTime   = 2
	argonLanes  = 1
	hashLength  = 32
	saltLength  = 16
	hashSlots   = 2 // passwords hashed at the same time, to bound memory
)

// The limits of a password, in characters and bytes.
const (
	minPassword = 8
	maxPassword = 256
)

// checkPassword returns the message key of what is wrong with a new password, or "".
func checkPassword(password, code string) string {
	switch {
	case utf8.RuneCountInString(password) < minPassword:
		return "user.password.short"
	case len(password) > maxPassword:
		return "user.password.long"
	case strings.EqualFold(foldCode(password), foldCode(code)):
		return "user.password.isCode"
	}
	return ""
}

// slot waits until a password may be hashed, or for ctx to end. Every comparison of a password happens in a slot
// together with the count of failures before and after it, so that many tries at once do not slip past the count.
func (s *Service) slot(ctx context.Context) (free func(), err error) {
	select {
	case s.hashing <- struct{}{}:
		return func() { <-s.hashing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// hash returns the PHC string of a password. It takes a slot of its own.
func (s *Service) hash(ctx context.Context, password string) (string, error) {
	free, err := s.slot(ctx)
	if err != nil {
		return "", err
	}
	defer free()
	var salt [saltLength]byte
	rand.Read(salt[:]) //nolint:errcheck // crypto/rand.Read never returns an error
	return phc(s.memory, salt[:], argon(password, salt[:], argonTime, s.memory, argonLanes)), nil
}

// phc writes a hash together with how it was made.
func phc(memory uint32, salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, argonTime, argonLanes,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

// matches reports whether password belongs to a PHC string. An empty one, of an account that cannot log in, takes as
// long and matches nothing. The caller holds a slot.
func (s *Service) matches(password, phc string) (bool, error) {
	if len(password) > maxPassword {
		password = "" // no such password was ever accepted; do not spend time on megabytes
	}
	known := phc != ""
	if !known {
		phc = s.dummy
	}
	var version, lanes int
	var memory, passes uint32
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errors.New("identity: password hash of an unknown kind")
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &lanes); err != nil {
		return false, fmt.Errorf("identity: password hash: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("identity: password hash: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("identity: password hash: %w", err)
	}
	got := argon(password, salt, passes, memory, uint8(lanes))
	return subtle.ConstantTimeCompare(got, want) == 1 && known, nil
}

// argon derives a key. The same password typed on another system may arrive in another normal form.
func argon(password string, salt []byte, passes, memory uint32, lanes uint8) []byte {
	return argon2.IDKey(norm.NFC.AppendString(nil, password), salt, passes, memory, lanes, hashLength)
}
