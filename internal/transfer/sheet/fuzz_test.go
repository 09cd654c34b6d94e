package sheet_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// FuzzRead feeds any bytes at all. Whatever comes out is text, in order, as wide as the table, and each
// problem is one that a person can be told.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,2\n", "\"a\n\",b\r\"c", "a\tb\r\n\"1\"\"\t2\n", customers, "\xff\xfea\x00,\x00b\x00\n\x00", encode(f, sheet.ShiftJIS, customers),
		encode(f, sheet.EUCJP, customers), "\x1b$B;3\x1b(B,b\n1,2\n", "sep=;\na;b\n", book(f, map[string]any{"A1": "a", "B1": "b", "A2": 1, "B2": "x"}),
		rawBook(f, `<worksheet><sheetData><row><c r="B1" t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A3"/></mergeCells></worksheet>`, `<sst><si><t>x</t></si></sst>`),
		container("Root Entry", "Workbook"),
	} {
		f.Add([]byte(s), uint8(0))
		f.Add([]byte(s), uint8(0xff))
	}
	f.Fuzz(func(t *testing.T, content []byte, pick uint8) {
		var o sheet.Options
		if pick&1 != 0 {
			o.Encoding = sheet.Encodings()[int(pick>>1)%len(sheet.Encodings())]
			o.Separator = sheet.Separators[int(pick>>4)%len(sheet.Separators)]
			o.Verbatim = pick&0x80 != 0
		}
		p, err := sheet.Sniff(strings.NewReader(string(content)), int64(len(content)), "", o)
		if err != nil {
			if errs.KindOf(err) != errs.Invalid {
				t.Fatalf("Sniff: %v", err)
			}
			return
		}
		r, err := sheet.Open(strings.NewReader(string(content)), int64(len(content)), p.Options)
		if err != nil {
			t.Fatalf("Open after Sniff: %v", err)
		}
		defer r.Close()
		seen := map[string]bool{}
		for _, c := range p.Columns {
			if c.Label == "" || seen[c.Label] {
				t.Fatalf("label %q is empty or twice", c.Label)
			}
			seen[c.Label] = true
		}
		line := 0
		for n := 0; ; n++ {
			row, err := r.Next()
			if errors.Is(err, io.EOF) {
				if p.Exact && n != p.Rows {
					t.Fatalf("%d rows, Sniff counted %d", n, p.Rows)
				}
				return
			}
			if err != nil {
				if errs.KindOf(err) != errs.Invalid {
					t.Fatalf("Next: %v", err)
				}
				return
			}
			if row.Index != n || row.Line <= line || len(row.Cells) != len(p.Columns) {
				t.Fatalf("row %d: index %d, line %d after %d, %d cells of %d", n, row.Index, row.Line, line, len(row.Cells), len(p.Columns))
			}
			line = row.Line
			for _, c := range row.Cells {
				if !utf8.ValidString(c) || strings.Contains(c, "\x00") {
					t.Fatalf("line %d: cell %q", line, c)
				}
			}
		}
	})
}

// FuzzNormalise holds that what comes out is canonical: normalising it again changes nothing. Choices are left
// out: one that has a comma in it, alone in its cell, comes apart the second time.
func FuzzNormalise(f *testing.F) {
	types := []sheet.Type{sheet.Number, sheet.Date, sheet.Time, sheet.DateTime, sheet.SingleLine, sheet.MultiLine}
	for _, s := range []string{"1,234", "△5", "(5)", "1E+05", "2026/4/1", "令和8年4月1日", "R8.4.1", "9:30", "午後3時", "2026-04-01T09:30:00+09:00", "20260401093000", "a;b\nc", "2026/4/1(水)"} {
		for i := range types {
			f.Add(uint8(i), s)
		}
	}
	layouts := map[sheet.Type]string{sheet.Date: time.DateOnly, sheet.Time: "15:04", sheet.DateTime: "2006-01-02T15:04:00Z"}
	f.Fuzz(func(t *testing.T, pick uint8, cell string) {
		typ := types[int(pick)%len(types)]
		text, problem := sheet.Normalise(typ, cell, time.FixedZone("", 9*60*60))
		if problem != "" {
			if text != "" || !strings.HasPrefix(problem, "import.cell.") {
				t.Fatalf("got %q with %q", text, problem)
			}
			return
		}
		if again, problem := sheet.Normalise(typ, text, time.UTC); again != text || problem != "" {
			t.Fatalf("%s %q: %q, then %q, %q", typ, cell, text, again, problem)
		}
		if layout := layouts[typ]; layout != "" && text != "" {
			if _, err := time.Parse(layout, text); err != nil {
				t.Fatalf("%s %q: %v", typ, cell, err)
			}
		}
	})
}

// FuzzNeutralise holds that Restore undoes Neutralise, whatever the cell.
func FuzzNeutralise(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		if back := sheet.Restore(sheet.Neutralise(cell)); back != cell {
			t.Fatalf("%q: neutralised %q, restored %q", cell, sheet.Neutralise(cell), back)
		}
	})
}
