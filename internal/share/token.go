package share

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// A link's token, the last part of its address, is 256 bits long and follows from a random nonce in the database and a
// secret outside of it. So staff can copy the address again at any time, while a copy of the database opens nothing:
// it holds the nonce and the token's hash, by which the token is found when it comes.

func (s *Links) token(nonce string) string {
	return base64.RawURLEncoding.EncodeToString(s.mac("link", nonce))
}

// mac is a keyed digest of parts, of which none may hold a NUL.
func (s *Links) mac(parts ...string) []byte {
	m := hmac.New(sha256.New, s.secret)
	m.Write([]byte(strings.Join(parts, "\x00")))
	return m.Sum(nil)
}

// digest is how the database knows a random secret: 256 bits need neither salt nor cost.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Pass shows that a browser gave a link's password. It is bound to the link and to that very password.
type Pass struct {
	Value string
	Life  time.Duration // how long it is good
}

// passLife is how long a password need not be given again.
const passLife = 7 * 24 * time.Hour

func (s *Links) newPass(l Link, now time.Time) Pass {
	until := now.Add(passLife).Truncate(time.Second)
	if !l.ExpiresAt.IsZero() && l.ExpiresAt.Before(until) {
		until = l.ExpiresAt.Truncate(time.Second)
	}
	seconds := strconv.FormatInt(until.Unix(), 36)
	return Pass{Value: seconds + "." + s.seal(l, seconds), Life: until.Sub(now)}
}

func (s *Links) seal(l Link, until string) string {
	return base64.RawURLEncoding.EncodeToString(s.mac("pass", l.tokenHash, l.password, until))
}

// holds reports whether a pass opens l now.
func (s *Links) holds(l Link, pass string, now time.Time) bool {
	until, seal, _ := strings.Cut(pass, ".")
	seconds, err := strconv.ParseInt(until, 36, 64)
	return hmac.Equal([]byte(seal), []byte(s.seal(l, until))) && err == nil && now.Before(time.Unix(seconds, 0))
}

// Door names a link in the names of cookies, without telling its token or its number.
func Door(token string) string { return digest("door " + token)[:16] }
