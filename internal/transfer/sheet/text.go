package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/engawa/engawa/internal/charset"
)

// textSource cuts a text into records. It holds one record and what was read along with it, never more.
//
// It reads what encoding/csv reads, and goes on where that gives up: a quote inside a cell stands for
// itself, CR, LF and CRLF may mix, and a quote that is never closed costs the line it opens on, not the
// rest of the file.
type textSource struct {
	in       *charset.Reader
	sep      byte
	verbatim bool
	buf      []byte
	pos, end int // buf[pos:end] is read and not yet cut
	line     int // that pos is on
	eof      bool
	lf       int // where in buf the first LF at or after pos is; -1 none, -2 unknown

	fills  int   // how often buf has been filled
	cut    int64 // bytes of records handed out
	wasted int64 // bytes looked at for quotes that were not there
}

// errTooLong says that a record passes maxRecord.
var errTooLong = errors.New("sheet: row too long")

func newTextSource(r io.Reader, o Options) *textSource {
	return &textSource{
		in: charset.NewReader(r, o.Encoding), sep: o.Separator[0], verbatim: o.Verbatim,
		buf: make([]byte, 2*charset.BlockSize), line: 1, lf: -2,
	}
}

func (s *textSource) close() error { return nil }

// offset tells how many bytes of the file the records so far took: to the byte in UTF-8, else nearly.
func (s *textSource) offset() int64 {
	if s.in.Out == 0 {
		return 0
	}
	return s.in.In - int64(float64(s.end-s.pos)*float64(s.in.In)/float64(s.in.Out))
}

// more reads on, making room by dropping what is cut or, for one long record, by growing.
func (s *textSource) more() error {
	if s.eof {
		return io.EOF
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	s.lf = -2
	s.fills++
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.in.Read(s.buf[s.end:])
	s.end += n
	if errors.Is(err, io.EOF) {
		s.eof = true
		if n == 0 {
			return io.EOF
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("sheet: read: %w", err)
	}
	return nil
}

// lineEnd finds the end of the line that goes on from pos+from: where its text ends and where the next
// line starts, both counted from pos.
func (s *textSource) lineEnd(from int) (end, next int, err error) {
	for {
		if s.lf == -2 || s.lf >= 0 && s.lf < s.pos+from {
			s.lf = bytes.IndexByte(s.buf[s.pos+from:s.end], '\n')
			if s.lf >= 0 {
				s.lf += s.pos + from
			}
		}
		limit := s.end
		if s.lf >= 0 {
			limit = s.lf
		}
		cr := bytes.IndexByte(s.buf[s.pos+from:limit], '\r')
		if cr >= 0 {
			end = from + cr
			switch at := s.pos + end + 1; {
			case at < s.end && s.buf[at] == '\n':
				return end, end + 2, nil
			case at < s.end || s.eof:
				return end, end + 1, nil
			}
		} else if s.lf >= 0 {
			return s.lf - s.pos, s.lf - s.pos + 1, nil
		}
		if s.end-s.pos > maxRecord {
			return 0, 0, errTooLong
		}
		// At the end of the file, a CR that was last in the buffer is found again and ends the line.
		if err := s.more(); errors.Is(err, io.EOF) && cr < 0 {
			return s.end - s.pos, s.end - s.pos, nil
		} else if err != nil && !errors.Is(err, io.EOF) {
			return 0, 0, err
		}
	}
}

// peek returns the byte at pos+at, or 0 behind the last.
func (s *textSource) peek(at int) (byte, error) {
	for s.pos+at >= s.end {
		if err := s.more(); errors.Is(err, io.EOF) {
			return 0, nil
		} else if err != nil {
			return 0, err
		}
	}
	return s.buf[s.pos+at], nil
}

// countLines counts line ends: LF, CRLF and CR alone.
func countLines(b []byte) int {
	n := bytes.Count(b, []byte{'\n'})
	for {
		i := bytes.IndexByte(b, '\r')
		if i < 0 {
			return n
		}
		if i+1 == len(b) || b[i+1] != '\n' {
			n++
		}
		b = b[i+1:]
	}
}
