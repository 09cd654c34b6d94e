package sheet

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
)

// lookalikes are characters that CP932 has at another place in Unicode than most other systems: the same
// character to a reader, so that writing it is no loss.
var lookalikes = map[rune]rune{
	'\u301c': '\uff5e', // wave dash
	'\u2016': '\u2225', // double line
	'\u2212': '\uff0d', // minus
	'\u2014': '\u2015', // dash
	'\u00a5': '\uffe5', // yen
	'\u00a2': '\uffe0', // cent
	'\u00a3': '\uffe1', // pound
	'\u00ac': '\uffe2', // not
	'\u00a6': '\uffe4', // broken bar
	'\u203e': '\uffe3', // overline
	'\u00a0': ' ',
}

// encode returns w.line in Shift_JIS.
func (w *Writer) encode() ([]byte, error) {
	w.encoded = w.encoded[:0]
	for src := w.line; len(src) > 0; {
		n := 0
		for n < len(src) && src[n] < utf8.RuneSelf {
			n++
		}
		w.encoded = append(w.encoded, src[:n]...)
		if src = src[n:]; len(src) == 0 {
			break
		}
		r, size := utf8.DecodeRune(src)
		if err := w.encodeRune(r); err != nil {
			return nil, err
		}
		src = src[size:]
	}
	return w.encoded, nil
}

func (w *Writer) encodeRune(r rune) error {
	if same, ok := lookalikes[r]; ok {
		r = same
	}
	if w.put(r) {
		return nil
	}
	switch w.o.Unwritable {
	case Refuse:
		return invalid("import.unwritable", errs.Args{"character": string(r), "code": fmt.Sprintf("U+%04X", r)})
	case Reference:
		w.encoded = append(w.encoded, "&#"+strconv.Itoa(int(r))+";"...)
	default:
		w.put('〓')
	}
	w.replaced++
	return nil
}

// put appends r, or reports that Shift_JIS has it not.
func (w *Writer) put(r rune) bool {
	var src [utf8.UTFMax]byte
	var dst [8]byte
	if r < utf8.RuneSelf {
		w.encoded = append(w.encoded, byte(r))
		return true
	}
	n, _, err := w.enc.Transform(dst[:], src[:utf8.EncodeRune(src[:], r)], true)
	if err != nil {
		return false
	}
	w.encoded = append(w.encoded, dst[:n]...)
	return true
}
