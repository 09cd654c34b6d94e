// Package extract reads the words out of documents: PDF, Office and OpenDocument files, HTML and plain text in the
// encodings of Japan. It knows nothing of records; what it cannot read has no words.
//
// Documents come from strangers, and their readers are large. Words therefore runs them in a process of its own, which
// has nothing but the file, little memory and little time, and whose end hurts nobody.
package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// MaxWords is how much text of a document is kept, in bytes.
const MaxWords = 1 << 20

// errFull ends the reading of a document of which enough is known.
var errFull = errors.New("extract: enough")

// sink collects text up to MaxWords.
type sink struct{ strings.Builder }

func (s *sink) add(text string) error {
	if room := MaxWords - s.Len(); len(text) > room {
		s.WriteString(text[:max(room, 0)])
		return errFull
	}
	s.WriteString(text)
	return nil
}

// read writes the words of a document of size bytes to out. It may panic, loop or take much memory where a document is
// made to have it so: it is for the process of its own.
func read(r io.ReaderAt, size int64, out *sink) (err error) {
	defer func() {
		if v := recover(); v != nil { // the reader of PDF reports some errors so
			err = fmt.Errorf("extract: %v", v)
		}
	}()
	head := make([]byte, min(size, 1024))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	err = reader(head)(r, size, out)
	if errors.Is(err, errFull) {
		err = nil
	}
	return err
}

// reader returns what reads a document that begins so. Its name and its declared type are not asked: they may lie.
func reader(head []byte) func(io.ReaderAt, int64, *sink) error {
	start := bytes.ToLower(bytes.TrimLeft(head, " \t\r\n\xef\xbb\xbf"))
	switch {
	case bytes.Contains(head, []byte("%PDF-")):
		return readPDF
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return readOffice
	case bytes.HasPrefix(start, []byte("<!doctype html")), bytes.HasPrefix(start, []byte("<html")):
		return readHTML
	}
	return readPlain
}
