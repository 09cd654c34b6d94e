package transfer

import (
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// The most different choices that a column may have and still become a field with options, and the longest.
const (
	maxChoices = 500
	maxChoice  = 128 // characters
)

// scan is what all rows of a file say about the fields to be made: every choice, and how exact numbers are.
type scan struct {
	rows    int
	columns []*columnScan // by chosen column
}

// columnScan is what a column holds.
type columnScan struct {
	options         []string // the choices in the order they first occur; nil when there are too many
	seen            map[string]bool
	tooMany         bool
	digits, decimal int // the most before and behind the point
}

// needsScan reports whether the preview does not tell enough to make the app.
func needsScan(m *Import) bool {
	for _, c := range m.Columns {
		if hasOptions(c.Type) || c.Type == sheet.Number {
			return true
		}
	}
	return !m.Exact
}

func hasOptions(t sheet.Type) bool {
	return t == sheet.DropDown || t == sheet.RadioButton || t == sheet.CheckBox || t == sheet.MultiSelect
}

// scan reads the whole file.
func (s *Imports) scan(ctx context.Context, m *Import, f *stored) (*scan, error) {
	out := &scan{rows: m.Rows}
	for range m.Columns {
		out.columns = append(out.columns, &columnScan{seen: map[string]bool{}})
	}
	if !needsScan(m) {
		return out, nil
	}
	rd, err := sheet.Open(f, m.Size, m.Preview.Options)
	if err != nil {
		return nil, err
	}
	defer rd.Close() //nolint:errcheck // only read
	for out.rows = 0; ; out.rows++ {
		row, err := rd.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if out.rows%batchRows == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if row.Err != nil {
			continue
		}
		for i, c := range m.Columns {
			out.columns[i].add(c.Type, row.Cells[c.Index])
		}
	}
}

func (c *columnScan) add(t sheet.Type, cell string) {
	if t != sheet.Number && (c.tooMany || !hasOptions(t)) {
		return
	}
	text, problem := sheet.Normalise(t, cell, nil)
	if text == "" || problem != "" {
		return
	}
	if t == sheet.Number {
		whole, decimals, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
		c.digits, c.decimal = max(c.digits, len(whole)), max(c.decimal, len(strings.TrimRight(decimals, "0")))
		return
	}
	for choice := range strings.SplitSeq(text, "\n") {
		if c.seen[choice] {
			continue
		}
		if len(c.options) == maxChoices || utf8.RuneCountInString(choice) > maxChoice {
			c.tooMany, c.options, c.seen = true, nil, nil
			return
		}
		choice = strings.Clone(choice) // it is part of a row that need not be kept
		c.seen[choice] = true
		c.options = append(c.options, choice)
	}
}

// settle makes text of choices that are too many, or none, and says so.
func (c *scan) settle(m *Import) {
	for i := range m.Columns {
		col, found := &m.Columns[i], c.columns[i]
		if !hasOptions(col.Type) || len(found.options) > 0 {
			continue
		}
		if found.tooMany {
			m.Notices = append(m.Notices, sheet.Notice{Key: "import.notice.tooManyChoices", Args: errs.Args{"label": col.Label, "max": maxChoices}})
		} else {
			m.Notices = append(m.Notices, sheet.Notice{Key: "import.notice.noChoices", Args: errs.Args{"label": col.Label}})
		}
		if col.Type == sheet.CheckBox || col.Type == sheet.MultiSelect {
			col.Type = sheet.MultiLine
		} else {
			col.Type = sheet.SingleLine
		}
	}
}
