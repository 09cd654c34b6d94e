package sheet_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

func TestRows(t *testing.T) {
	for _, tc := range []struct{ what, content, want string }{
		{"plain", "a,b\n1,2\n3,4\n", lines("2: 1|2", "3: 3|4")},
		{"no line end at the end", "a,b\n1,2", lines("2: 1|2")},
		{"CRLF", "a,b\r\n1,2\r\n3,4\r\n", lines("2: 1|2", "3: 3|4")},
		{"CR", "a,b\r1,2\r3,4\r", lines("2: 1|2", "3: 3|4")},
		{"mixed line ends", "a,b\r\n1,2\n3,4\r5,6\r\r\n7,8", lines("2: 1|2", "3: 3|4", "4: 5|6", "6: 7|8")},
		{"empty lines and rows", "a,b\n\n1,2\n,\n\n3,4\n\n", lines("3: 1|2", "6: 3|4")},
		{"Ctrl-Z at the end", "a,b\n1,2\n\x1a", lines("2: 1|2")},
		{"quotes", "a,b\n\"1\",\"x,y\"\n\"say \"\"hi\"\"\",\"\"\n", lines("2: 1|x,y", `3: say "hi"|`)},
		{"spaces around quotes", "a,b\n\"1\" , \"x,y\"\n", lines("2: 1|x,y")},
		{"cell of several lines", "a,b\n\"1\n2\r\n3\",x\n4,5\n", lines("2: 1\n2\r\n3|x", "5: 4|5")},
		{"cell of CR lines", "a,b\r\"1\r2\",x\r4,5\r", lines("2: 1\r2|x", "4: 4|5")},
		{"quote inside a cell", "a,b\n6\" nail,x\n\"12\" disk\",y\n", lines(`2: 6" nail|x`, `3: 12" disk|y`)},
		{"too short, too long", "a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1,2,3\n", lines("2: 1|2| !short", "3: 1|2|3 !long", "4: 1|2|3", "5: 1|2|3")},
		{"unclosed at the end", "a,b\n1,2\n3,\"x\n4,5\n6,7\n", lines("2: 1|2", "3: 3|\"x !unclosedQuote", "4: 4|5", "5: 6|7")},
		{"unclosed before quoted cells", "a,b\n1,\"x\n\"2\",\"3\"\n\"4\",\"5\"\n", lines("2: 1|\"x !unclosedQuote", "3: 2|3", "4: 4|5")},
		{"unclosed in the middle of quoted cells", "a,b\n\"1\",\"2\n\"3\",\"4\"\n", lines(`2: "1"|"2 !unclosedQuote`, "3: 3|4")},
		{"two unclosed", "a,b\n\"1,2\n3,4\n\"5,6\n7,8\n", lines(`2: "1|2 !unclosedQuote`, "3: 3|4", `4: "5|6 !unclosedQuote`, "5: 7|8")},
		{"only a quote", "a,b\n\"\n1,2\n", lines(`2: "| !unclosedQuote`, "3: 1|2")},
		{"neutralised", "a,b\n'=1+1,'-x\n'tis,'\n", lines("2: =1+1|-x", "3: 'tis|'")},
	} {
		o := sheet.Options{Encoding: sheet.UTF8, Separator: ",", Header: sheet.HeaderYes}
		if got := dump(t, tc.content, o); got != tc.want {
			t.Errorf("%s: got\n%swant\n%s", tc.what, got, tc.want)
		}
	}
}

// TestReadsWhatEncodingCSVWrites compares with the standard library over rows large enough to cross blocks.
func TestReadsWhatEncodingCSVWrites(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	parts := []string{"a", "秋田", "ｱ", "\"", ",", "\n", "\r\n", " ", "=", "'", "😀", strings.Repeat("long", 50)}
	var rows [][]string
	for range 5000 {
		row := []string{"x", "", "", ""}
		for i := range row {
			for range r.IntN(6) {
				row[i] += parts[r.IntN(len(parts))]
			}
		}
		rows = append(rows, row)
	}
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	rd := open(t, b.String(), sheet.Options{Encoding: sheet.UTF8, Separator: ",", Header: sheet.HeaderNo, Width: 4, Verbatim: true})
	line := 1
	for i, want := range rows {
		row, err := rd.Next()
		if err != nil || row.Err != nil || !slices.Equal(row.Cells, want) || row.Line != line {
			t.Fatalf("row %d at line %d of %d: got %q, want %q (%v, %v)", i, row.Line, line, row.Cells, want, row.Err, err)
		}
		line += 1 + strings.Count(strings.Join(want, ""), "\n")
	}
}

// TestUnclosedQuoteCostsOneLine holds for any distance to the next quote and any size of what follows.
func TestUnclosedQuoteCostsOneLine(t *testing.T) {
	for _, row := range []string{"x,y\n", "x,\"y\"\n", strings.Repeat("あ", 3000) + ",y\n"} {
		const rows = 1000
		content := "a,b\n1,\"open\n" + strings.Repeat(row, rows)
		r := open(t, content, sheet.Options{Encoding: sheet.UTF8, Separator: ",", Header: sheet.HeaderYes})
		bad, good := 0, 0
		for {
			row, err := r.Next()
			if err != nil {
				break
			}
			if row.Err == nil {
				good++
				continue
			}
			bad++
			if row.Line != 2 || errs.KeyOf(row.Err) != "import.row.unclosedQuote" {
				t.Errorf("line %d: %v", row.Line, row.Err)
			}
		}
		if bad != 1 || good != rows {
			t.Errorf("%.8q: %d bad, %d good", row, bad, good)
		}
	}
}

// TestQuotesWithoutEndDoNotStallReading gives texts in which every look for a closing quote is in vain. They
// take a moment; without a bound on looking ahead they take the test's whole time.
func TestQuotesWithoutEndDoNotStallReading(t *testing.T) {
	const rows = 300_000
	for _, row := range []string{"\"x\r", "\"x\n\"\""} {
		p := sniff(t, "a,b\n"+strings.Repeat(row, rows), sheet.Options{Encoding: sheet.UTF8, Separator: ",", Header: sheet.HeaderYes})
		if p.Rows != rows || p.Bad != rows {
			t.Errorf("%q: %d rows, %d bad", row, p.Rows, p.Bad)
		}
	}
}

func TestLongRowsAreReportedAndPassed(t *testing.T) {
	o := sheet.Options{Encoding: sheet.UTF8, Separator: ",", Header: sheet.HeaderYes}
	long := strings.Repeat("x", 3<<20)
	if got, want := dump(t, "a,b\n1,2\n"+long+",y\r\n3,4\n", o), lines("2: 1|2", "3: | !tooLong", "4: 3|4"); got != want {
		t.Errorf("got %.200s", got)
	}
	if got, want := dump(t, "a,b\n1,2\n"+long, o), lines("2: 1|2", "3: | !tooLong"); got != want {
		t.Errorf("at the end: got %.200s", got)
	}
	cells := "\"" + strings.Repeat("y", 60<<10) + "\","
	if got := dump(t, "a,b\n"+strings.Repeat(cells, 40)+"\n3,4\n", o); !strings.HasSuffix(got, "tooLong\n3: 3|4\n") {
		t.Errorf("many long cells: got …%s", got[max(0, len(got)-100):])
	}
	if got, want := dump(t, "a,b\n\"x\""+strings.Repeat(" ", 2<<20)+"\n3,4\n", o), "!unclosedQuote\n3: 3|4\n"; !strings.HasSuffix(got, want) && !strings.HasSuffix(got, "!tooLong\n3: 3|4\n") {
		t.Errorf("spaces behind a quote: got …%s", got[max(0, len(got)-100):])
	}
	quoted := "a,b\n\"" + strings.Repeat("z", 60<<10) + "\",y\n"
	if got := dump(t, quoted, o); strings.Contains(got, "!") {
		t.Error("a cell of 60 KiB must be read")
	}
}

func TestColumns(t *testing.T) {
	row := func(n int, cell string) string { return strings.TrimSuffix(strings.Repeat(cell+",", n), ",") + "\n" }
	names := func(n int) string {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprintf("c%d", i))
		}
		return strings.Join(out, ",") + "\n"
	}
	p := sniff(t, names(1000)+row(1000, "1")+row(1000, "2"), sheet.Options{})
	if len(p.Columns) != 1000 || p.Rows != 2 || p.Columns[999].Type != sheet.Number {
		t.Errorf("1,000 columns: got %d, %d rows", len(p.Columns), p.Rows)
	}
	for _, content := range []string{names(1001) + row(1001, "1"), strings.Repeat(",", 900_000) + "x\n"} {
		_, err := sheet.Sniff(strings.NewReader(content), int64(len(content)), "", sheet.Options{Separator: ","})
		if got := keyOf(err); got != "tooManyColumns" {
			t.Errorf("too many columns: %s", got)
		}
	}
}

func TestSeparatorIsFound(t *testing.T) {
	for _, tc := range []struct{ what, content, want string }{
		{"comma", "a,b\n1,2\n", ","},
		{"tab", "a\tb,c\n1\t2\n3\t4,5\n", "\t"},
		{"semicolon", "a;b\n1,5;2\n2,5;3\n", ";"},
		{"pipe", "a|b|c\n1|2|3\n", "|"},
		{"comma in quotes", "a;b\n\"1,2\";\"x,y\"\n\"3,4\";\"z,w\"\n", ";"},
		{"one column", "name\nsato\nsuzuki\n", ","},
		{"one column with commas in some", "memo\nyes, of course\nno\nno\nnothing\nwell\n", ","},
		{"lines in quotes", "a\tb\n\"1\n2\n3\"\tx\n\"4\n5\"\ty\n", "\t"},
		{"Excel's hint", "sep=;\na;b\n1;2\n", ";"},
		{"bars in Shift_JIS trail bytes", encode(t, sheet.ShiftJIS, "ソ,ポ\nポポ,ソソ\nまポ,かソ\n"), ","},
	} {
		p := sniff(t, tc.content, sheet.Options{})
		if p.Options.Separator != tc.want {
			t.Errorf("%s: got %q, want %q", tc.what, p.Options.Separator, tc.want)
		}
		if strings.Contains(p.Columns[0].Label, "sep=") {
			t.Errorf("%s: the hint became a column", tc.what)
		}
	}
	if p := sniff(t, "a,b;c\n1,2;3\n", sheet.Options{Separator: ";"}); len(p.Columns) != 2 || p.Columns[0].Label != "a,b" {
		t.Errorf("separator given: got %+v", p.Columns)
	}
	_, err := sheet.Open(strings.NewReader("a"), 1, sheet.Options{Separator: "x"})
	if got := keyOf(err); got != "separatorUnknown" {
		t.Errorf("unknown separator: %s", got)
	}
}
