package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"time"
)

// What is sent carries three headers, by the Standard Webhooks specification, for which there are libraries in most languages:
//
//	webhook-id         the same for every attempt at one delivery
//	webhook-timestamp  seconds since 1970, of this attempt
//	webhook-signature  "v1," and the base64 of HMAC-SHA256 of "id.timestamp.body", under the bytes that the webhook's
//	                   secret has in base64 after "whsec_"; several, with blanks between them, while a secret is being changed
//
// A receiver that recomputes the signature knows who sent it and that nothing was altered; that refuses timestamps more than
// five minutes off, and ids it has seen, cannot be fooled by what was sent before.
//
// Source: Standard Webhooks specification, 1.0.
const (
	headerID        = "webhook-id"
	headerTimestamp = "webhook-timestamp"
	headerSignature = "webhook-signature"
	secretPrefix    = "whsec_"
)

// rotation is how long, after a secret was changed, deliveries are signed with the old one too.
const rotation = 24 * time.Hour

// secret is the webhook's secret of a nonce: nobody can tell it from a copy of the database.
func (s *Webhooks) secret(nonce string) []byte {
	m := hmac.New(sha256.New, s.options.Secret)
	m.Write([]byte("webhook\x00" + nonce))
	return m.Sum(nil)
}

// shown is the secret as receivers are given it.
func (s *Webhooks) shown(nonce string) string {
	return secretPrefix + base64.StdEncoding.EncodeToString(s.secret(nonce))
}

// sign puts the headers on what is sent at an instant.
func (s *Webhooks) sign(h http.Header, w Webhook, uuid string, body []byte, now time.Time) {
	at := strconv.FormatInt(now.Unix(), 10)
	signature := s.signature(w.nonce, uuid, at, body)
	if w.oldNonce != "" && now.Before(w.rotatedAt.Add(rotation)) {
		signature += " " + s.signature(w.oldNonce, uuid, at, body)
	}
	h.Set(headerID, uuid)
	h.Set(headerTimestamp, at)
	h.Set(headerSignature, signature)
}

func (s *Webhooks) signature(nonce, uuid, at string, body []byte) string {
	m := hmac.New(sha256.New, s.secret(nonce))
	m.Write([]byte(uuid + "." + at + "."))
	m.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(m.Sum(nil))
}
