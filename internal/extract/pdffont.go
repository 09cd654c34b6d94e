package extract

import (
	"encoding/hex"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// pdfFont tells which characters the codes of a font mean.
type pdfFont struct {
	unicode map[string]string // by code, as the font itself says; nil when it does not
	widths  [5]bool           // which lengths its codes have, in bytes
	legacy  encoding.Encoding // of a font that names one of the known character sets
	jis     bool              // codes are those of JIS X 0208 without the high bits
	simple  pdf.TextEncoding  // of all others
}

// Source: ISO 32000-1, 9.10.2: a font's own map comes first, then what its encoding is known to mean.
func newPDFFont(v pdf.Value) *pdfFont {
	f := &pdfFont{}
	if m := v.Key("ToUnicode"); m.Kind() == pdf.Stream {
		f.readMap(m)
	}
	if name := v.Key("Encoding"); f.unicode == nil && name.Kind() == pdf.Name {
		f.legacy, f.jis = knownCodes(name.Name())
	}
	if f.unicode == nil && f.legacy == nil {
		font := pdf.Font{V: v}
		f.simple = font.Encoder()
	}
	return f
}

// knownCodes are the character sets that the encodings for Japanese fonts are named after.
// Source: ISO 32000-1, table 118.
func knownCodes(name string) (e encoding.Encoding, jis bool) {
	switch name = strings.TrimSuffix(strings.TrimSuffix(name, "-H"), "-V"); {
	case strings.HasPrefix(name, "UniJIS") && (strings.Contains(name, "UTF16") || strings.Contains(name, "UCS2")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), false
	case strings.Contains(name, "RKSJ"):
		return japanese.ShiftJIS, false
	case name == "EUC":
		return japanese.EUCJP, false
	case name == "H", name == "V", name == "Ext", name == "Add":
		return japanese.EUCJP, true
	}
	return nil, false
}

func (f *pdfFont) decode(raw string) string {
	switch {
	case f.unicode != nil:
		return f.mapped(raw)
	case f.legacy != nil:
		if f.jis {
			raw = highBits(raw)
		}
		s, err := f.legacy.NewDecoder().String(raw)
		if err != nil {
			return ""
		}
		return s
	}
	return f.simple.Decode(raw)
}

// highBits turns a code of JIS X 0208 into EUC-JP.
func highBits(raw string) string {
	b := []byte(raw)
	for i := range b {
		b[i] |= 0x80
	}
	return string(b)
}

// mapped decodes by the font's own map; a code that it does not have says nothing.
func (f *pdfFont) mapped(raw string) string {
	var out strings.Builder
	for len(raw) > 0 {
		used := 1
		for n := 1; n < len(f.widths) && n <= len(raw); n++ {
			if !f.widths[n] {
				continue
			}
			used = n
			if s, ok := f.unicode[raw[:n]]; ok {
				out.WriteString(s)
				break
			}
		}
		raw = raw[used:]
	}
	return out.String()
}

// maxMap bounds how many codes of a map are kept, and maxMapText its text, in bytes.
const (
	maxMap     = 1 << 17
	maxMapText = 8 << 20
)

var (
	mapParts  = regexp.MustCompile(`(?s)begin(bfchar|bfrange)(.*?)end`)
	mapTokens = regexp.MustCompile(`<[0-9A-Fa-f\s]*>|\[|\]`)
)

// readMap reads a ToUnicode map: of its PostScript, only the lists of codes.
// Source: Adobe Technical Note 5411.
func (f *pdfFont) readMap(m pdf.Value) {
	f.unicode = map[string]string{}
	stream := m.Reader()
	defer stream.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(io.LimitReader(stream, maxMapText))
	if err != nil {
		return
	}
	for _, part := range mapParts.FindAllSubmatch(text, -1) {
		tokens := mapTokens.FindAllString(string(part[2]), -1)
		if string(part[1]) == "bfchar" {
			for ; len(tokens) > 1; tokens = tokens[2:] {
				f.put(unhex(tokens[0]), utf16Text(unhex(tokens[1])))
			}
			continue
		}
		for len(tokens) > 2 {
			tokens = f.putRange(tokens)
		}
	}
}

func unhex(token string) string {
	digits := strings.Join(strings.Fields(strings.Trim(token, "<>")), "")
	b, err := hex.DecodeString(digits)
	if err != nil {
		return ""
	}
	return string(b)
}

func (f *pdfFont) put(code, text string) {
	if n := len(code); n > 0 && n < len(f.widths) && len(f.unicode) < maxMap {
		f.unicode[code], f.widths[n] = text, true
	}
}

// putRange puts one range, which is from, to, and the first character or a list of them, and returns what follows it.
func (f *pdfFont) putRange(tokens []string) (rest []string) {
	from, to, length := number(unhex(tokens[0])), number(unhex(tokens[1])), len(unhex(tokens[0]))
	if tokens[2] == "[" {
		list := tokens[3:]
		for n := from; len(list) > 0 && list[0] != "]"; n++ {
			if n <= to {
				f.put(bytesOf(n, length), utf16Text(unhex(list[0])))
			}
			list = list[1:]
		}
		return list[min(1, len(list)):]
	}
	first := []rune(utf16Text(unhex(tokens[2])))
	if len(first) > 0 {
		last := len(first) - 1
		for n := from; n <= to && len(f.unicode) < maxMap; n++ {
			f.put(bytesOf(n, length), string(first[:last])+string(first[last]+rune(n-from)))
		}
	}
	return tokens[3:]
}

func number(code string) (n int) {
	for i := range min(len(code), 4) {
		n = n<<8 | int(code[i])
	}
	return n
}

func bytesOf(n, length int) string {
	b := make([]byte, min(length, 4))
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte(n)
		n >>= 8
	}
	return string(b)
}

func utf16Text(raw string) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(units))
}
