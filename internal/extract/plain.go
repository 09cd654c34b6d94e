package extract

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/net/html"

	"github.com/engawa/engawa/internal/charset"
	"github.com/engawa/engawa/internal/text"
)

// readPlain reads text of any kind. What has NUL or other signs that no text has is no text.
func readPlain(r io.ReaderAt, size int64, out *sink) error {
	text, err := decoded(r, size)
	if err != nil {
		return err
	}
	block := make([]byte, charset.BlockSize)
	for {
		n, err := text.Read(block)
		if binary(block[:n]) {
			out.Reset()
			return nil
		}
		if err := out.add(string(block[:n])); err != nil {
			return err
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// decoded is a text as UTF-8, whatever it is kept in.
func decoded(r io.ReaderAt, size int64) (io.Reader, error) {
	kinds, err := charset.Detect(r, size)
	if err != nil {
		return nil, err
	}
	text := charset.NewReader(io.NewSectionReader(r, 0, size), kinds[0])
	return text, nil
}

func binary(b []byte) bool {
	return bytes.ContainsFunc(b, func(c rune) bool {
		return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1b'
	})
}

// readHTML reads what a browser would show of a page.
func readHTML(r io.ReaderAt, size int64, out *sink) error {
	page, err := decoded(r, size)
	if err != nil {
		return err
	}
	z := html.NewTokenizer(page)
	z.SetMaxBuf(MaxWords)
	return text.EachHTML(z, out.add)
}
