package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
)

// record is a row as the file has it, before it is fitted to the table's columns.
type record struct {
	line  int
	cells []string
	err   error // of kind Invalid
}

// next returns the next record, an empty one for an empty line, or io.EOF.
func (s *textSource) next() (record, error) {
	for s.pos == s.end {
		if err := s.more(); err != nil {
			return record{}, err
		}
	}
	rec := record{line: s.line}
	end, next, err := s.lineEnd(0)
	if errors.Is(err, errTooLong) {
		return s.dropLine(rec)
	}
	if err != nil {
		return record{}, err
	}
	if bytes.IndexByte(s.buf[s.pos:s.pos+end], '"') < 0 {
		text := string(s.buf[s.pos : s.pos+end])
		s.pos, s.line, s.cut = s.pos+next, s.line+1, s.cut+int64(next)
		return s.finish(rec, text, splitPlain(text, s.sep)), nil
	}
	return s.quoted(rec, end, next)
}

// dropLine reports a line that is too long and passes over it.
func (s *textSource) dropLine(rec record) (record, error) {
	rec.err = invalid("import.row.tooLong", errs.Args{"max": maxRecord})
	for {
		i := bytes.IndexAny(s.buf[s.pos:s.end], "\r\n")
		if i >= 0 {
			s.pos, s.lf = s.pos+i, -2
			_, next, err := s.lineEnd(0)
			if err != nil {
				return record{}, err
			}
			s.pos, s.line, s.cut = s.pos+next, s.line+1, s.cut+int64(next)
			return rec, nil
		}
		s.pos = s.end
		if err := s.more(); errors.Is(err, io.EOF) {
			return rec, nil
		} else if err != nil {
			return record{}, err
		}
	}
}

// splitPlain cuts a line without quotes.
func splitPlain(text string, sep byte) []string {
	cells := make([]string, 0, strings.Count(text, string(rune(sep)))+1)
	for {
		i := strings.IndexByte(text, sep)
		if i < 0 {
			return append(cells, text)
		}
		cells = append(cells, text[:i])
		text = text[i+1:]
	}
}

// finish checks what can only be wrong in unusual texts, and undoes what Neutralise did.
func (s *textSource) finish(rec record, text string, cells []string) record {
	rec.cells = cells
	switch {
	case s.in.Plain() && !utf8.ValidString(text), !s.in.Plain() && s.in.Suspect && strings.Contains(text, "\uFFFD"):
		for i, c := range cells {
			cells[i] = strings.ToValidUTF8(c, "\uFFFD")
		}
		rec.err = invalid("import.row.encoding")
	}
	if s.in.Suspect && strings.IndexByte(text, 0) >= 0 {
		for i, c := range cells {
			cells[i] = strings.ReplaceAll(c, "\x00", "")
		}
		if rec.err == nil {
			rec.err = invalid("import.row.nul")
		}
	}
	if !s.verbatim && strings.IndexByte(text, '\'') >= 0 {
		for i, c := range cells {
			cells[i] = Restore(c)
		}
	}
	return rec
}
