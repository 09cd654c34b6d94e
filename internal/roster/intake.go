package roster

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// asItIs stands in a cell for what is not to change.
const asItIs = "*"

// line is a line of a file, its cells without the spaces around them.
type line struct {
	n     int // from 1
	cells []string
}

// optional returns a cell that may be left as it is: nil then.
func (l line) optional(i int) *string {
	if l.cells[i] == asItIs {
		return nil
	}
	return &l.cells[i]
}

// flag reports whether a cell that asks for deletion does.
func (l line) flag(i int) bool { return l.cells[i] == "1" }

// intake is one import at work.
type intake struct {
	s        *Rosters
	ctx      context.Context // of the job, then of its transaction
	who      access.Actor
	dir      identity.Directory
	loose    bool
	progress func(done int) error
	problems refusal
}

func (in *intake) note(n int, key string, args ...errs.Args) {
	p := Problem{Line: n, Key: key}
	if len(args) > 0 {
		p.Args = args[0]
	}
	in.problems = append(in.problems, p)
}

func (in *intake) err() error {
	if len(in.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(in.problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return in.problems
}

// user notes a login name that nobody has.
func (in *intake) user(l line) {
	if _, ok := in.dir.UserByCode(l.cells[0]); !ok || identity.IsGone(l.cells[0]) {
		in.note(l.n, "user.unknown", errs.Args{"code": l.cells[0]})
	}
}

// collect keeps the problems that a part of the lines turned out to have, so that those of other parts are told too. Other
// errors it returns.
func (in *intake) collect(err error, lines []int) error {
	if r, ok := byLine(err, lines).(refusal); ok {
		in.problems = append(in.problems, r...)
		return nil
	}
	return err
}

// byLine tells the problems of a list by the lines that its members came from.
func byLine(err error, lines []int) error {
	e, ok := errs.As(err)
	if !ok || len(e.Fields) == 0 {
		return err
	}
	var r refusal
	for _, f := range e.Fields {
		n := 0
		if _, rest, ok := strings.Cut(f.Path, "["); ok {
			index, _, _ := strings.Cut(rest, "]")
			if i, err := strconv.Atoi(index); err == nil && i < len(lines) {
				n = lines[i]
			}
		}
		r = append(r, Problem{Line: n, Key: f.Key, Args: f.Args})
	}
	return r
}

// lines reads the file of an import: UTF-8 with or without a byte order mark, or any other encoding of Japanese files.
func (s *Rosters) lines(ctx context.Context, who access.Actor, m stored) ([]line, error) {
	_, content, err := s.files.OpenUpload(ctx, who, m.upload)
	if err != nil {
		return nil, err
	}
	defer content.Close() //nolint:errcheck // only read
	b, err := io.ReadAll(io.LimitReader(content, MaxSize+1))
	if err != nil {
		return nil, err
	}
	if len(b) > MaxSize {
		return nil, tooLarge()
	}
	f := formats[m.kind]
	rd, err := sheet.Open(bytes.NewReader(b), int64(len(b)), sheet.Options{Header: sheet.HeaderNo, Separator: ",", Width: maxWidth})
	if err != nil {
		return nil, err
	}
	defer rd.Close() //nolint:errcheck // only read
	var list []line
	var problems refusal
	seen := map[string]bool{}
	for {
		row, err := rd.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if len(list) == maxLines {
			return nil, refusal{{Key: "roster.tooManyLines", Args: errs.Args{"max": maxLines}}}
		}
		l, problem := f.line(row)
		if problem != nil {
			problems = append(problems, *problem)
			continue
		}
		if seen[l.cells[0]] {
			problems = append(problems, Problem{Line: l.n, Key: "unit.twice", Args: errs.Args{"code": l.cells[0]}})
		}
		seen[l.cells[0]] = true
		list = append(list, l)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	if len(list) == 0 {
		return nil, refusal{{Key: "roster.empty"}}
	}
	return list, nil
}

// maxWidth is how many cells a line may have: a login name and 1,000 groups.
const maxWidth = 1001

// line returns a row as a line of this format.
func (f format) line(row sheet.Row) (line, *Problem) {
	l := line{n: row.Line, cells: row.Cells}
	given := len(l.cells)
	if e, ok := errs.As(row.Err); ok {
		if e.Key != "import.row.short" {
			return l, &Problem{Line: row.Line, Key: e.Key, Args: e.Args}
		}
		if n, ok := e.Args["got"].(int); ok {
			given = n
		}
	}
	l.cells = l.cells[:given]
	for i := range l.cells {
		l.cells[i] = strings.TrimSpace(l.cells[i])
	}
	if given < f.columns || given > f.columns && !f.more {
		return l, &Problem{Line: row.Line, Key: "roster.columns", Args: errs.Args{"line": row.Line}}
	}
	return l, nil
}
