package charset

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"
)

// headSize is how much of a text is looked at for marks.
const headSize = 64 << 10

// wholeScan is the size up to which all of a text is looked at for its encoding; of a larger one, pieces.
const wholeScan = 64 << 20

// Detect returns the encodings the text could be in, best first.
func Detect(r io.ReaderAt, size int64) ([]Encoding, error) {
	head := make([]byte, min(size, headSize))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("charset: read: %w", err)
	}
	for _, e := range []Encoding{UTF8BOM, UTF16LE, UTF16BE} {
		if bytes.HasPrefix(head, e.BOM()) {
			return []Encoding{e}, nil
		}
	}
	if IsUTF16(head) {
		return utf16Order(head), nil
	}
	var t tally
	block := make([]byte, 256<<10)
	step := int64(len(block))
	if size > wholeScan {
		step = size / 64
	}
	for at := int64(0); at < size; at += step {
		n, err := r.ReadAt(block, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("charset: read: %w", err)
		}
		t.add(wholeLines(block[:n], at == 0, at+int64(n) >= size))
	}
	return t.rank(), nil
}

// wholeLines cuts the parts of lines off b's ends: no line end is part of a longer character, but any
// other place may lie inside one. A piece without a line end is kept as it is.
func wholeLines(b []byte, first, last bool) []byte {
	start, end := 0, len(b)
	if !first {
		start = bytes.IndexByte(b, '\n') + 1
	}
	if i := bytes.LastIndexByte(b, '\n'); !last && i >= start {
		end = i + 1
	}
	return b[start:end]
}

// tally counts, for each encoding without a mark of its own, what a text would be if it were in it.
type tally struct {
	high             int  // bytes above ASCII
	escapes          bool // ISO-2022-JP's
	utf8, sjis, euc  score
	sjisHalf, eucOdd int // half-width katakana if Shift_JIS; rare kanji if EUC-JP
}

type score struct{ good, bad int }

func (s score) badShare() float64 { return float64(s.bad) / float64(max(s.good+s.bad, 1)) }

func (t *tally) add(b []byte) {
	for _, esc := range []string{"\x1b$B", "\x1b$@", "\x1b(J", "\x1b(I"} {
		t.escapes = t.escapes || bytes.Contains(b, []byte(esc))
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			t.high++
		}
	}
	if t.high == 0 {
		return
	}
	t.addUTF8(b)
	t.addShiftJIS(b)
	t.addEUC(b)
}

func (t *tally) addUTF8(b []byte) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			t.utf8.bad++
		} else {
			t.utf8.good++
		}
		i += n
	}
}

func (t *tally) addShiftJIS(b []byte) {
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c < 0x80:
		case c >= 0xa1 && c <= 0xdf:
			t.sjis.good++
			t.sjisHalf++
		case c == 0x80 || c == 0xa0 || c > 0xfc || i+1 == len(b) || b[i+1] < 0x40 || b[i+1] == 0x7f || b[i+1] > 0xfc:
			t.sjis.bad++
		default:
			t.sjis.good++
			i++
		}
	}
}

func (t *tally) addEUC(b []byte) {
	trail := func(i int) bool { return i < len(b) && b[i] >= 0xa1 && b[i] <= 0xfe }
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c < 0x80:
		case c == 0x8f && trail(i+1) && trail(i+2):
			t.euc.good++
			i += 2
		case (c >= 0xa1 && c <= 0xfe || c == 0x8e) && trail(i+1):
			t.euc.good++
			if c >= 0xd0 || c >= 0xa9 && c < 0xb0 { // second-level kanji, and rows without characters
				t.eucOdd++
			}
			i++
		default:
			t.euc.bad++
		}
	}
}

// rank puts the encodings in order of likelihood. Nearly faultless UTF-8 is UTF-8: no other encoding
// passes for it by chance. Text that fits both Shift_JIS and EUC-JP is the latter if as Shift_JIS it
// would be mostly half-width katakana while as EUC-JP it is everyday kanji and kana.
func (t *tally) rank() []Encoding {
	const tolerated = 0.02
	switch {
	case t.high == 0 && t.escapes:
		return []Encoding{ISO2022JP, UTF8}
	case t.high == 0:
		return []Encoding{UTF8, ShiftJIS, EUCJP}
	}
	type candidate struct {
		e   Encoding
		bad float64
	}
	all := []candidate{{UTF8, t.utf8.badShare()}, {ShiftJIS, t.sjis.badShare()}, {EUCJP, t.euc.badShare()}, {Windows1252, 0.25}}
	if all[0].bad <= tolerated {
		all[0].bad = -1
	}
	if all[1].bad <= tolerated && all[2].bad <= tolerated {
		if 2*t.sjisHalf > t.sjis.good && 7*t.eucOdd < t.euc.good {
			all[2].bad = -0.5
		} else {
			all[1].bad = -0.5
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.bad, b.bad) })
	out := make([]Encoding, 0, len(all))
	for _, c := range all {
		out = append(out, c.e)
	}
	if i := slices.Index(out, Windows1252); i > 0 { // anything is Windows-1252: last, unless nothing else fits
		out = append(slices.Delete(out, i, i+1), Windows1252)
	}
	return out
}
