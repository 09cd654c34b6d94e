package text

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Tokens returns what a search index keeps of a normalised text, each once, in order of first appearance: the pairs of
// neighbouring characters and, of Latin letters and digits, whose pairs tell little, the triples too; none for text of less
// than two characters. All tokens of a part of a text are among those of the whole, so that an index of them finds every
// text that may hold a part.
//
// A token is its characters, ASCII signs and blanks moved to U+E000 and up: only ASCII letters, digits and characters above
// ASCII remain, which the ascii tokenizer of FTS5 takes as they are and which need no quoting in an FTS5 query or a
// PostgreSQL array.
func Tokens(normalised string) []string {
	all := string(AppendTokens(nil, normalised))
	if all == "" {
		return nil
	}
	return strings.Split(all, " ")
}

// maxProbes is how many tokens of a text are worth looking up: a few find nearly as few texts as all.
const maxProbes = 16

// Probes returns those of Tokens(normalised) that are worth looking up, each once: enough of them to cover the text, or its
// beginning. The others tell little more, and each costs as much.
func Probes(normalised string) []string {
	chars := []rune(normalised)
	var probes []string
	for i := 0; i < len(chars) && len(chars) > 1 && len(probes) < maxProbes; {
		n := 2
		if i+2 < len(chars) && latin(chars[i]) && latin(chars[i+1]) && latin(chars[i+2]) {
			n = 3
		}
		from := i
		if i == len(chars)-1 { // one is left: with those before it
			from--
			if from > 0 && latin(chars[from-1]) && latin(chars[from]) && latin(chars[i]) {
				from--
			}
		}
		i += n
		var token []byte
		for _, r := range chars[from:min(i, len(chars))] {
			token = appendSafe(token, r)
		}
		if !slices.Contains(probes, string(token)) {
			probes = append(probes, string(token))
		}
	}
	return probes
}

// AppendTokens appends Tokens(normalised) to dst, a blank between them. An index of tokens that this no longer makes has to
// be made anew: see words.Format.
func AppendTokens(dst []byte, normalised string) []byte {
	if len(normalised) < 2 {
		return dst
	}
	seen := pairSets.Get().(*pairSet)
	seen.reset()
	start := len(dst)
	before, size := utf8.DecodeRuneInString(normalised)
	var first rune // the one before that
	for _, r := range normalised[size:] {
		if latin(first) && latin(before) && latin(r) && seen.add(1<<62|uint64(first)<<16|uint64(before)<<8|uint64(r)) {
			dst = append(dst, ' ', byte(first), byte(before), byte(r))
		}
		first = before
		if seen.add(uint64(before)<<32 | uint64(r)) {
			if len(dst) > start {
				dst = append(dst, ' ')
			}
			dst = appendSafe(appendSafe(dst, before), r)
		}
		before = r
	}
	if len(seen.slots) <= maxPooled {
		pairSets.Put(seen)
	}
	return dst
}

// latin reports one of the few characters of which pairs tell little: in a text of some length, most pairs of them occur.
func latin(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// appendSafe writes one character of a token.
func appendSafe(dst []byte, r rune) []byte {
	switch {
	case latin(r):
		return append(dst, byte(r))
	case r < utf8.RuneSelf:
		r += 0xe000
	}
	return utf8.AppendRune(dst, r)
}

// maxPooled is the largest set kept for the next text, in slots of 8 bytes.
const maxPooled = 1 << 14

var pairSets = sync.Pool{New: func() any { return &pairSet{slots: make([]uint64, 1<<10)} }}

// pairSet is a set of pairs of characters: open addressing over a power of two, at most half full.
type pairSet struct {
	slots []uint64 // a pair with the used bit, or 0
	used  int
}

const usedBit = 1 << 63

func (p *pairSet) reset() {
	clear(p.slots)
	p.used = 0
}

// add reports whether pair is new.
func (p *pairSet) add(pair uint64) bool {
	if 2*p.used >= len(p.slots) {
		p.grow()
	}
	if !p.put(pair | usedBit) {
		return false
	}
	p.used++
	return true
}

func (p *pairSet) put(pair uint64) bool {
	mask := uint64(len(p.slots) - 1)
	for i := pair * 0x9e3779b97f4a7c15 >> 32 & mask; ; i = (i + 1) & mask {
		switch p.slots[i] {
		case 0:
			p.slots[i] = pair
			return true
		case pair:
			return false
		}
	}
}

func (p *pairSet) grow() {
	old := p.slots
	p.slots = make([]uint64, 2*len(old))
	for _, pair := range old {
		if pair != 0 {
			p.put(pair)
		}
	}
}
