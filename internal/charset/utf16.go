package charset

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// IsUTF16 reports whether b is UTF-16, with or without a byte order mark.
func IsUTF16(b []byte) bool { return len(utf16Order(b)) > 0 }

// utf16Order returns b's UTF-16 encoding, or nothing. Without a mark it is told by the zero halves of
// ASCII characters, which every table has (separators and line ends), and by there being nothing in it that
// text has not. A few zeros in what is text without them are only that.
func utf16Order(b []byte) []Encoding {
	if bytes.HasPrefix(b, UTF16LE.BOM()) {
		return []Encoding{UTF16LE}
	}
	if bytes.HasPrefix(b, UTF16BE.BOM()) {
		return []Encoding{UTF16BE}
	}
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i%2]++
		}
	}
	if (zeros[0]+zeros[1])*4 < len(b) && utf8.Valid(bytes.ReplaceAll(b, []byte{0}, nil)) {
		return nil
	}
	switch {
	case zeros[1]*50 > len(b) && zeros[1] > 10*zeros[0] && isUTF16Text(b, binary.LittleEndian):
		return []Encoding{UTF16LE}
	case zeros[0]*50 > len(b) && zeros[0] > 10*zeros[1] && isUTF16Text(b, binary.BigEndian):
		return []Encoding{UTF16BE}
	}
	return nil
}

func isUTF16Text(b []byte, order binary.ByteOrder) bool {
	odd, units := 0, len(b)/2
	for i := range units {
		u := rune(order.Uint16(b[2*i:]))
		if u < ' ' && u != '\t' && u != '\n' && u != '\r' || u >= 0xfffe || u == utf8.RuneError {
			odd++
		}
		if utf16.IsSurrogate(u) {
			low := u >= 0xdc00
			if (low && i == 0) || !low && i+1 < units && order.Uint16(b[2*i+2:])>>10 != 0xdc00>>10 {
				odd++
			}
		}
	}
	return odd*100 <= units
}
