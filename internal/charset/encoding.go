// Package charset reads text in the encodings that files from Japan come in, and guesses which one it is.
package charset

import (
	"bytes"
	"errors"
	"io"
	"slices"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding is how a text's characters are stored. ShiftJIS is Microsoft's CP932.
type Encoding string

// The encodings.
const (
	UTF8        Encoding = "UTF-8"
	UTF8BOM     Encoding = "UTF-8-BOM"
	ShiftJIS    Encoding = "Shift_JIS"
	EUCJP       Encoding = "EUC-JP"
	ISO2022JP   Encoding = "ISO-2022-JP"
	UTF16LE     Encoding = "UTF-16LE"
	UTF16BE     Encoding = "UTF-16BE"
	Windows1252 Encoding = "Windows-1252"
)

// BOM is the mark before UTF-8.
var BOM = []byte("\xef\xbb\xbf")

// Encodings lists the encodings a reader can be told to use.
func Encodings() []Encoding {
	return []Encoding{UTF8, UTF8BOM, ShiftJIS, EUCJP, ISO2022JP, UTF16LE, UTF16BE, Windows1252}
}

var codecs = map[Encoding]encoding.Encoding{
	ShiftJIS:    japanese.ShiftJIS,
	EUCJP:       japanese.EUCJP,
	ISO2022JP:   japanese.ISO2022JP,
	UTF16LE:     unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	UTF16BE:     unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	Windows1252: charmap.Windows1252,
}

// BOM returns the mark that may stand before a text in e.
func (e Encoding) BOM() []byte {
	switch e {
	case UTF8, UTF8BOM:
		return BOM
	case UTF16LE:
		return []byte("\xff\xfe")
	case UTF16BE:
		return []byte("\xfe\xff")
	}
	return nil
}

// Known reports whether e is one of Encodings.
func (e Encoding) Known() bool { return slices.Contains(Encodings(), e) }

// Reader reads a text as UTF-8. Bytes that mean nothing in its encoding become U+FFFD, except that UTF-8
// is passed on unchecked. It works in blocks of BlockSize, which is what makes it fast.
type Reader struct {
	r     io.Reader
	t     transform.Transformer // nil for UTF-8
	block []byte
	rest  []byte // of block, not yet decoded
	eof   bool

	In, Out int64 // bytes read and used, bytes returned
	Suspect bool  // a U+FFFD or a NUL has been returned
}

// BlockSize is how much is decoded at a time, in bytes.
const BlockSize = 128 << 10

// NewReader returns a Reader of r, which is in e.
func NewReader(r io.Reader, e Encoding) *Reader {
	d := &Reader{r: r}
	if c, ok := codecs[e]; ok {
		d.t, d.block = c.NewDecoder().Transformer, make([]byte, BlockSize)
	}
	return d
}

var replacement = []byte("\uFFFD")

// Plain reports whether the text is UTF-8 and passed on as it is.
func (d *Reader) Plain() bool { return d.t == nil }

// Read fills p, which must have room for a few characters.
func (d *Reader) Read(p []byte) (n int, err error) {
	if d.t == nil {
		n, err = d.r.Read(p)
		d.In += int64(n)
	} else {
		n, err = d.decode(p)
	}
	d.Out += int64(n)
	if !d.Suspect {
		d.Suspect = bytes.IndexByte(p[:n], 0) >= 0 || d.t != nil && bytes.Contains(p[:n], replacement)
	}
	return n, err
}

func (d *Reader) decode(p []byte) (int, error) {
	for {
		if len(d.rest) > 0 {
			n, used, err := d.t.Transform(p, d.rest, d.eof)
			d.rest, d.In = d.rest[used:], d.In+int64(used)
			if n > 0 || err != nil && !errors.Is(err, transform.ErrShortSrc) {
				if errors.Is(err, transform.ErrShortDst) || errors.Is(err, transform.ErrShortSrc) {
					err = nil
				}
				return n, err
			}
		}
		if d.eof {
			return 0, io.EOF
		}
		kept := copy(d.block, d.rest)
		n, err := io.ReadFull(d.r, d.block[kept:])
		d.rest = d.block[:kept+n]
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			d.eof, err = true, nil
		}
		if err != nil {
			return 0, err
		}
	}
}
