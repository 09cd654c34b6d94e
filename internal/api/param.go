package api

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/rawjson"
)

// Int is a whole number in a request: a JSON number, or text with one. null and "" are not given.
// Source: kintone REST behaviour, requests.
type Int struct {
	n          int64
	given, bad bool
}

// UnmarshalJSON never fails: what is not a whole number is reported with its path, with everything else.
func (i *Int) UnmarshalJSON(b []byte) error {
	s := string(b)
	if len(s) > 1 && s[0] == '"' {
		var err error
		if s, err = rawjson.String(b); err != nil {
			s = "?"
		}
	}
	if s == "" || s == "null" {
		return nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	*i = Int{n, true, err != nil}
	return nil
}

// need returns the number, which must be given and be at least min.
func (i Int) need(p *errs.Fields, path string, min int64) int64 {
	if !i.given {
		p.Add(path, "param.required")
		return 0
	}
	return i.within(p, path, 0, min, math.MaxInt64)
}

// within returns the number, or fallback when it is not given; it must be from min to max.
func (i Int) within(p *errs.Fields, path string, fallback, min, max int64) int64 {
	switch {
	case !i.given:
		return fallback
	case i.bad:
		p.Add(path, "param.integer")
	case i.n < min:
		p.Add(path, "param.min", errs.Args{"min": min})
	case i.n > max:
		p.Add(path, "param.max", errs.Args{"max": grouped(max)})
	}
	return i.n
}

// loose returns the number for somebody else to check: 0 when it is not given, and -1 for what is no positive number.
func (i Int) loose() int {
	if i.bad || i.given && i.n <= 0 {
		return -1
	}
	return int(min(i.n, math.MaxInt32))
}

// revision is a revision to check, or -1 for none.
func (i Int) revision(p *errs.Fields, path string) int64 {
	return i.within(p, path, -1, -1, math.MaxInt64)
}

// app is the id of an app, which must be given.
func (i Int) app(p *errs.Fields, path string) id.App { return id.App(i.need(p, path, 1)) }

// record is the id of a record, which must be given.
func (i Int) record(p *errs.Fields, path string) id.Record { return id.Record(i.need(p, path, 1)) }

// grouped writes n with separators, as kintone's messages do.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Bool is true or false in a request, also as text. null and "" are not given.
type Bool struct{ is, given, bad bool }

// UnmarshalJSON never fails, as for Int.
func (b *Bool) UnmarshalJSON(raw []byte) error {
	switch string(raw) {
	case "true", `"true"`:
		*b = Bool{is: true, given: true}
	case "false", `"false"`:
		*b = Bool{given: true}
	case "null", `""`:
	default:
		*b = Bool{given: true, bad: true}
	}
	return nil
}

func (b Bool) or(p *errs.Fields, path string, fallback bool) bool {
	if b.bad {
		p.Add(path, "param.boolean")
	}
	if !b.given {
		return fallback
	}
	return b.is
}

// optional is nil for what is not given.
func (b Bool) optional(p *errs.Fields, path string) *bool {
	is := b.or(p, path, false)
	if !b.given {
		return nil
	}
	return &is
}

// Text is text in a request; numbers are taken as they are written, null as "".
type Text string

// UnmarshalJSON refuses only objects and lists.
func (t *Text) UnmarshalJSON(raw []byte) error {
	switch raw[0] {
	case '"':
		s, err := rawjson.String(raw)
		*t = Text(s)
		return err
	case '{', '[':
		return errBadShape
	case 'n':
		return nil
	}
	*t = Text(raw)
	return nil
}

// need returns the text, which must not be empty.
func (t Text) need(p *errs.Fields, path string) string {
	if t == "" {
		p.Add(path, "param.required")
	}
	return string(t)
}

// needMap returns the members of an object, which must be given though it may be empty.
func needMap[T any](m *map[string]T, p *errs.Fields, path string) map[string]T {
	if m == nil {
		p.Add(path, "param.required")
		return nil
	}
	return *m
}

// nullable is text in a request that may be null for "": text is nil when it is not given at all.
type nullable struct{ text *string }

// UnmarshalJSON takes text or null.
func (n *nullable) UnmarshalJSON(raw []byte) error {
	n.text = new(string)
	return json.Unmarshal(raw, n.text)
}

// List is a list in a request. A single value, as some clients send it, is a list of one; null and "" are empty.
type List[T any] []T

// UnmarshalJSON takes a list or one member.
func (l *List[T]) UnmarshalJSON(raw []byte) error {
	switch {
	case raw[0] == '[':
		return rawjson.Unmarshal(raw, (*[]T)(l))
	case string(raw) == "null" || string(raw) == `""`:
		*l = nil
		return nil
	}
	var one T
	err := rawjson.Unmarshal(raw, &one)
	*l = List[T]{one}
	return err
}

// need reports a list that is not given, or is shorter than min or longer than max.
func (l List[T]) need(p *errs.Fields, path string, min, max int) {
	if l == nil {
		p.Add(path, "param.required")
		return
	}
	l.size(p, path, min, max)
}

// size reports a list that is shorter than min or longer than max.
func (l List[T]) size(p *errs.Fields, path string, min, max int) {
	if len(l) < min || len(l) > max {
		p.Add(path, "param.size", errs.Args{"min": min, "max": max})
	}
}

// at is the path of the i-th member of a list.
func at(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// errBadShape makes a request's JSON "illegal": it is JSON, but not of the shape it must have.
var errBadShape = errs.E(errs.Invalid, "request.illegal")
