package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/engawa/engawa/internal/errs"
)

// quotedCell is where a cell lies in the text of its record, and what was done to it.
type quotedCell struct {
	from, to int
	escaped  bool // has doubled quotes
}

// quoted cuts the record at pos, whose first line, ending at end, has a quote in it.
func (s *textSource) quoted(rec record, end, next int) (record, error) {
	var cells []quotedCell
	first, firstNext, lines := end, next, 0
	lf, fills := s.lf, s.fills
	for p := 0; ; {
		open := p
		for open < end && s.buf[s.pos+open] == ' ' {
			open++
		}
		if open == end || s.buf[s.pos+open] != '"' {
			stop := bytes.IndexByte(s.buf[s.pos+p:s.pos+end], s.sep)
			if stop < 0 {
				cells = append(cells, quotedCell{from: p, to: end})
				break
			}
			cells = append(cells, quotedCell{from: p, to: p + stop})
			p += stop + 1
			continue
		}
		cell, after, err := s.closingQuote(open)
		switch {
		case errors.Is(err, errUnclosed):
			if s.lf = lf; s.fills != fills { // what has been found out since lies behind the next line
				s.lf = -2
			}
			return s.unclosed(rec, first, firstNext), nil
		case err != nil:
			return record{}, err
		}
		cells = append(cells, cell)
		if after > end { // the cell went over line ends
			lines += countLines(s.buf[s.pos+open : s.pos+after])
			if end, next, err = s.lineEnd(after); errors.Is(err, errTooLong) {
				return s.dropLine(rec)
			} else if err != nil {
				return record{}, err
			}
		}
		if after == end {
			break
		}
		p = after + 1
		if next > maxRecord {
			rec.err = invalid("import.row.tooLong", errs.Args{"max": maxRecord})
			break
		}
	}
	text := string(s.buf[s.pos : s.pos+end])
	s.pos, s.line, s.cut = s.pos+next, s.line+lines+1, s.cut+int64(next)
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = text[c.from:c.to]
		if c.escaped {
			out[i] = strings.ReplaceAll(out[i], `""`, `"`)
		}
	}
	long := rec.err
	if rec = s.finish(rec, text, out); long != nil {
		rec.err = long
	}
	return rec, nil
}

// unclosed reports the record at pos by its first line, and leaves the next line to be read on its own.
func (s *textSource) unclosed(rec record, end, next int) record {
	text := string(s.buf[s.pos : s.pos+end])
	s.pos, s.line, s.cut = s.pos+next, s.line+1, s.cut+int64(next)
	rec = s.finish(rec, text, splitPlain(text, s.sep))
	rec.err = invalid("import.row.unclosedQuote")
	return rec
}

// errUnclosed says that a quote has no other to close it.
var errUnclosed = errors.New("sheet: unclosed quote")

// lookAhead is how many lines a quoted cell may go on for. In a text full of quotes that nothing closes it
// is none, or reading would take many times as long as the text is.
func (s *textSource) lookAhead() int {
	if s.wasted > maxRecord+2*s.cut {
		return 0
	}
	return maxQuotedRun
}

// closingQuote finds the end of the cell whose opening quote is at pos+open. after is where the separator
// or line end behind it is. A quote that neither closes the cell nor is doubled stands for itself on the
// line where the cell opens; further down, at the start of what looks like a cell, it is taken as a sign that the
// cell was never closed.
func (s *textSource) closingQuote(open int) (cell quotedCell, after int, err error) {
	cell.from = open + 1
	seen := open + 1 // looked at up to here
	defer func() {
		if errors.Is(err, errUnclosed) {
			s.wasted += int64(seen - open)
		}
	}()
	most := s.lookAhead()
	for lines := 0; ; {
		if seen >= open+maxQuoted {
			return cell, 0, errUnclosed
		}
		i := bytes.IndexByte(s.buf[s.pos+seen:s.pos+min(s.end-s.pos, open+maxQuoted)], '"')
		if i >= 0 {
			lines += countLines(s.buf[s.pos+seen : s.pos+seen+i])
		}
		if lines > most || i < 0 && s.end-s.pos >= open+maxQuoted {
			return cell, 0, errUnclosed
		}
		if i < 0 {
			if err := s.more(); errors.Is(err, io.EOF) {
				return cell, 0, errUnclosed
			} else if err != nil {
				return cell, 0, err
			}
			continue
		}
		at := seen + i
		after := at + 1
		c, err := s.peek(after)
		if err != nil {
			return cell, 0, err
		}
		if c == '"' {
			cell.escaped = true
			seen = at + 2
			continue
		}
		for c == ' ' && after < open+maxQuoted {
			after++
			if c, err = s.peek(after); err != nil {
				return cell, 0, err
			}
		}
		if c == s.sep || c == '\n' || c == '\r' || c == 0 && after == s.end-s.pos {
			cell.to = at
			return cell, after, nil
		}
		if before := s.buf[s.pos+at-1]; lines > 0 && (before == s.sep || before == '\n' || before == '\r') {
			return cell, 0, errUnclosed
		}
		seen = at + 1
	}
}
