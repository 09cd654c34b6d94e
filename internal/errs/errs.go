// Package errs is the one error type of the product: a kind that decides the HTTP status, a message
// key that decides the words, and arguments for the holes in those words.
//
// An error of any other type is Internal: logged in full, shown as one plain sentence.
// It is not the place for texts (i18n) or for kintone's codes (api/errors.go).
package errs

import (
	"errors"
	"fmt"
)

// Kind says what the caller can do about an error.
type Kind int

// The kinds, from "our fault" to "try later".
const (
	Internal Kind = iota
	Invalid
	Unauthenticated
	Forbidden
	NotFound
	Conflict
	TooLarge
	Busy // others were in the way; nothing is wrong with what was asked for
	TooMany
)

var kindNames = [...]string{"internal", "invalid", "unauthenticated", "forbidden", "not found", "conflict", "too large", "busy", "too many"}

func (k Kind) String() string { return kindNames[k] }

// Args fill the {holes} of a message. Values are shown to people: never a secret.
type Args map[string]any

// Error is an error somebody can act on.
type Error struct {
	Kind   Kind
	Key    string // message key, e.g. "query.unknownField"
	Args   Args
	Fields []Problem // problems by field path; only with Key "validation"
	cause  error
}

// Problem is one thing wrong with one input, by its path (e.g. "record.amount.value").
type Problem struct {
	Path string
	Key  string
	Args Args
}

// E makes an error of a kind with a message key and, at most once, arguments.
func E(kind Kind, key string, args ...Args) *Error {
	e := &Error{Kind: kind, Key: key}
	if len(args) > 0 {
		e.Args = args[0]
	}
	return e
}

// With returns a copy of e that wraps cause, for the log only.
func (e *Error) With(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

func (e *Error) Error() string {
	s := e.Kind.String() + ": " + e.Key
	if len(e.Args) > 0 {
		s += fmt.Sprintf(" %v", map[string]any(e.Args))
	}
	for _, p := range e.Fields {
		s += fmt.Sprintf("; %s: %s %v", p.Path, p.Key, map[string]any(p.Args))
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.cause }

// As returns the *Error in err's chain, if there is one.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// KindOf returns err's kind: Internal for any error that is not an *Error.
func KindOf(err error) Kind {
	if e, ok := As(err); ok {
		return e.Kind
	}
	return Internal
}

// KeyOf returns err's message key, or "" for an error that is not an *Error.
func KeyOf(err error) string {
	if e, ok := As(err); ok {
		return e.Key
	}
	return ""
}

// Lasting reports whether whoever tries the same again meets err again, so that a person has to act first. What passes by
// itself (Busy, TooMany) and what nobody foresaw (Internal) is not lasting: a job tries again. Nor is no error.
func Lasting(err error) bool {
	switch KindOf(err) {
	case Internal, Busy, TooMany:
		return false
	}
	return true
}
