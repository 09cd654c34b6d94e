package api

import (
	"bytes"
	"encoding/json"
	"strconv"
	"sync"

	"github.com/engawa/engawa/internal/errs"
)

// maxDepth is how deep a request's JSON may nest: a file in a row of a table in a bulkRequest is 16 deep.
const maxDepth = 64

// maxValues is how many values a request's JSON has in all, far more than records that anybody sends: a list of millions of
// nothings is a few bytes for each of them to the sender, and many to us.
const maxValues = 2_000_000

// manyKeys is from where on an object's keys are looked up instead of compared one by one.
const manyKeys = 32

// strict refuses JSON that two readers may understand differently, so that what was checked is what is done: an object
// with a key twice, half of a surrogate pair. It also refuses what nests too deep or holds too much, and NUL, which not every
// database keeps, unless laterNUL. It leaves syntax to the decoder.
func strict(body []byte, laterNUL bool) error {
	s := strictScans.Get().(*strictScan)
	defer s.done()
	values := 0
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '{', '[':
			if len(s.levels) == maxDepth {
				return errs.E(errs.Invalid, "request.notJSON")
			}
			values++
			s.levels = append(s.levels, level{object: body[i] == '{', key: body[i] == '{', first: len(s.keys)})
		case '}', ']':
			s.leave()
		case ',':
			if values++; values > maxValues {
				return errs.E(errs.TooLarge, "request.tooLarge")
			}
			s.expectKey(true)
		case ':':
			s.expectKey(false)
		case '"':
			end, nul, ok := stringEnd(body, i)
			if !ok || !s.key(body[i:end]) {
				return errs.E(errs.Invalid, "request.notJSON")
			}
			if nul && !laterNUL {
				return errs.E(errs.Invalid, "field.badCharacters")
			}
			i = end - 1
		}
	}
	return nil
}

type strictScan struct {
	levels []level
	keys   [][]byte // of all open objects, innermost last
}

// keptKeys is how many keys a scan has room for that is kept.
const keptKeys = 256

var strictScans = sync.Pool{New: func() any { return &strictScan{make([]level, 0, 16), make([][]byte, 0, 64)} }}

// done lets the next request have s, and go of what this one had.
func (s *strictScan) done() {
	if cap(s.keys) > keptKeys {
		return
	}
	clear(s.levels[:cap(s.levels)])
	clear(s.keys[:cap(s.keys)])
	s.levels, s.keys = s.levels[:0], s.keys[:0]
	strictScans.Put(s)
}

type level struct {
	object, key bool            // key: the next string is one
	first       int             // of its keys
	seen        map[string]bool // its keys, once there are many
}

func (s *strictScan) leave() {
	if n := len(s.levels); n > 0 {
		s.keys = s.keys[:s.levels[n-1].first]
		s.levels = s.levels[:n-1]
	}
}

func (s *strictScan) expectKey(key bool) {
	if n := len(s.levels); n > 0 {
		s.levels[n-1].key = key && s.levels[n-1].object
	}
}

// key notes a string if it is a key, and reports whether its object has no such key yet.
func (s *strictScan) key(quoted []byte) bool {
	n := len(s.levels)
	if n == 0 || !s.levels[n-1].key {
		return true
	}
	l := &s.levels[n-1]
	key := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(key, '\\') >= 0 {
		var plain string
		if json.Unmarshal(quoted, &plain) != nil {
			return false
		}
		key = []byte(plain)
	}
	if len(s.keys)-l.first < manyKeys {
		for _, k := range s.keys[l.first:] {
			if bytes.Equal(k, key) {
				return false
			}
		}
		s.keys = append(s.keys, key)
		return true
	}
	if l.seen == nil {
		l.seen = map[string]bool{}
		for _, k := range s.keys[l.first:] {
			l.seen[string(k)] = true
		}
	}
	if l.seen[string(key)] {
		return false
	}
	l.seen[string(key)] = true
	return true
}

// stringEnd returns the index after the string that begins at i, and whether U+0000 is in it; ok is false when it does not
// end or holds half of a surrogate pair.
func stringEnd(b []byte, i int) (end int, nul, ok bool) {
	i++
	if n := bytes.IndexByte(b[i:], '"'); n >= 0 && bytes.IndexByte(b[i:i+n], '\\') < 0 {
		return i + n + 1, false, true // the common case
	}
	for ; i < len(b); i++ {
		switch b[i] {
		case '"':
			return i + 1, nul, true
		case '\\':
			unit, isUnit := escapedUnit(b[i:])
			switch {
			case isUnit && unit >= 0xdc00 && unit <= 0xdfff:
				return 0, false, false
			case isUnit && unit >= 0xd800 && unit <= 0xdbff:
				low, isUnit := escapedUnit(b[i+6:])
				if !isUnit || low < 0xdc00 || low > 0xdfff {
					return 0, false, false
				}
				i += 11
			case isUnit:
				nul = nul || unit == 0
				i += 5
			default:
				i++
			}
		}
	}
	return 0, false, false
}

// escapedUnit reads \uXXXX.
func escapedUnit(b []byte) (unit uint64, ok bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return unit, err == nil
}
