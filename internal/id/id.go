// Package id holds the numeric identifiers of the product, one type each, so that swapped arguments do
// not compile, and the random keys that are hard to guess. Ids never change and are never reused.
package id

import (
	"crypto/rand"
	"encoding/base64"
	"strconv"
)

// The identifiers.
type (
	User         int64
	App          int64
	Record       int64
	Field        int64
	Comment      int64
	File         int64
	View         int64
	Report       int64
	Snapshot     int64
	Share        int64
	Job          int64
	Notification int64
	Import       int64
	Mail         int64
	Webhook      int64
	Delivery     int64
	Organization int64
	Space        int64
	Thread       int64
	Group        int64
	Title        int64
	Action       int64
)

// Number is any of the identifiers.
type Number interface{ ~int64 }

// String returns n as the API writes it: ids are strings there.
func String[T Number](n T) string { return strconv.FormatInt(int64(n), 10) }

// Parse reads an identifier as the API takes it: a positive decimal number.
func Parse[T Number](s string) (T, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return T(n), err == nil && n > 0
}

// Key returns a fresh secret of 256 random bits, safe in URLs and file names.
func Key() string {
	var b [32]byte
	rand.Read(b[:]) //nolint:errcheck // crypto/rand.Read never returns an error
	return base64.RawURLEncoding.EncodeToString(b[:])
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// Short returns n random letters and digits, for things people read out: request ids, error ids.
func Short(n int) string {
	b := make([]byte, n)
	rand.Read(b) //nolint:errcheck // crypto/rand.Read never returns an error
	for i, c := range b {
		b[i] = letters[int(c)%len(letters)]
	}
	return string(b)
}
