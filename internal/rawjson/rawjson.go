// Package rawjson reads the JSON of requests. Members and Elements read what has been checked, without copying it and without
// reflection: encoding/json looks at every value twice more, and at every character one by one. Values that they hand out are
// parts of what they were given.
package rawjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// ErrShape is the error of a value that is of another kind than it should be: a number where an object is due.
var ErrShape = errors.New("rawjson: a value of another kind")

// Members calls fn for each member of the JSON object in raw, in its order. null has none.
//
// Errors: ErrShape when it is something else; fn's own.
func Members(raw []byte, fn func(key, value []byte) error) error {
	return walk(raw, '{', '}', func(raw []byte, at int) (int, error) {
		end := at + extent(raw[at:])
		key, err := unquoted(raw[at:end])
		if err != nil {
			return 0, err
		}
		at = end + blanks(raw[end:]) + 1 // the colon
		at += blanks(raw[at:])
		end = at + extent(raw[at:])
		return end, fn(key, raw[at:end:end])
	})
}

// Elements calls fn for each element of the JSON array in raw. null has none.
//
// Errors: ErrShape when it is something else; fn's own.
func Elements(raw []byte, fn func(value []byte) error) error {
	return walk(raw, '[', ']', func(raw []byte, at int) (int, error) {
		end := at + extent(raw[at:])
		return end, fn(raw[at:end:end])
	})
}

// walk calls one for each part between begin and end with where it begins, and one returns where it ends. null has no parts.
func walk(raw []byte, begin, end byte, one func(raw []byte, at int) (int, error)) (err error) {
	raw = bytes.TrimSpace(raw)
	if string(raw) == "null" {
		return nil
	}
	if raw[0] != begin {
		return ErrShape
	}
	for at := 1; ; at++ { // past the comma
		at += blanks(raw[at:])
		if raw[at] == end {
			return nil
		}
		if at, err = one(raw, at); err != nil {
			return err
		}
		at += blanks(raw[at:])
		if raw[at] == end {
			return nil
		}
	}
}

func blanks(raw []byte) int {
	n := 0
	for n < len(raw) && (raw[n] == ' ' || raw[n] == '\n' || raw[n] == '\t' || raw[n] == '\r') {
		n++
	}
	return n
}

// extent is the length of the JSON value at the start of raw.
func extent(raw []byte) int {
	depth := 0
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			i += quoted(raw[i:]) - 1
		case '{', '[':
			depth++
			continue
		case '}', ']':
			if depth == 0 {
				return i // of what the value stands in
			}
			depth--
		case ',', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return i
			}
			continue
		default:
			continue
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(raw)
}

// quoted is the length of the JSON string at the start of raw.
func quoted(raw []byte) int {
	for i := 1; ; i++ {
		n := bytes.IndexByte(raw[i:], '"')
		if n < 0 {
			return len(raw)
		}
		i += n
		escapes := 0
		for raw[i-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return i + 1
		}
	}
}

// String is what the JSON string in raw says.
func String(raw []byte) (string, error) {
	s, err := unquoted(raw)
	return string(s), err
}

// unquoted is what a JSON string says: a part of raw, if it stands for itself.
func unquoted(raw []byte) ([]byte, error) {
	if inner := raw[1 : len(raw)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return inner, nil
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return []byte(s), err
}
