package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/transfer/sheet"
)

func TestHeaderIsGuessed(t *testing.T) {
	for _, tc := range []struct {
		what, content string
		header        sheet.Header
		skip          int
	}{
		{"words over values", "日付,金額\n2026/4/1,100\n2026/4/2,200\n", sheet.HeaderYes, 0},
		{"values from the first row on", "2026/4/1,100\n2026/4/2,200\n", sheet.HeaderNo, 0},
		{"words over words", "会社,担当\n山田商店,佐藤\n鈴木商店,田中\n", sheet.HeaderYes, 0},
		{"first row comes back below", "北海道,札幌市\n北海道,函館市\n青森県,青森市\n", sheet.HeaderNo, 0},
		{"codes from the first row on", "001-0000,北海道\n001-0010,北海道\n", sheet.HeaderNo, 0},
		{"only a header", "会社,担当\n", sheet.HeaderYes, 0},
		{"one row of values", "100,2026/4/1\n", sheet.HeaderNo, 0},
		{"title above", "売上一覧,,,\n,,,\n日付,会社,担当,金額\n2026/4/1,山田,佐藤,100\n2026/4/2,鈴木,田中,200\n", sheet.HeaderYes, 2},
	} {
		p := sniff(t, tc.content, sheet.Options{})
		if p.Options.Header != tc.header || p.Options.Skip != tc.skip {
			t.Errorf("%s: got header %q, skip %d", tc.what, p.Options.Header, p.Options.Skip)
		}
	}
}

func TestHeaderCanBeSaid(t *testing.T) {
	content := "会社,担当\n山田商店,佐藤\n"
	if p := sniff(t, content, sheet.Options{Header: sheet.HeaderNo, Unnamed: "列"}); p.Rows != 2 || p.Columns[1].Label != "列2" || len(p.Notices) != 0 {
		t.Errorf("no header: got %+v", p)
	}
	if p := sniff(t, "x\ny\n"+content, sheet.Options{Header: sheet.HeaderYes, Skip: 2}); p.Rows != 1 || p.Columns[1].Label != "担当" {
		t.Errorf("skip: got %+v", p)
	}
}

func TestLabelsAreUniqueAndTheChangeIsSaid(t *testing.T) {
	p := sniff(t, "電話,,電話,電話 (2), 電話 ,\"住\n所\",電話\n1,2,3,4,5,6,7\n", sheet.Options{Header: sheet.HeaderYes})
	var got, keys []string
	for _, c := range p.Columns {
		got = append(got, c.Label)
	}
	for _, n := range p.Notices {
		keys = append(keys, fmt.Sprint(strings.TrimPrefix(n.Key, "import.notice."), n.Args["column"]))
	}
	if want := "電話|Column 2|電話 (3)|電話 (2)|電話 (4)|住 所|電話 (5)"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", strings.Join(got, "|"), want)
	}
	if want := "emptyLabel2 duplicateLabel3 duplicateLabel5 duplicateLabel7"; strings.Join(keys, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(keys, " "), want)
	}
	if p.Columns[4].Given != " 電話 " {
		t.Errorf("Given is %q", p.Columns[4].Given)
	}
	long := strings.Repeat("長", 200)
	p = sniff(t, long+","+long+"\n1,2\n", sheet.Options{Header: sheet.HeaderYes})
	if a, b := p.Columns[0].Label, p.Columns[1].Label; len([]rune(a)) != 128 || len([]rune(b)) != 128 || a == b {
		t.Errorf("long labels: %d, %d", len([]rune(a)), len([]rune(b)))
	}
}

func TestWidthIsWhatTheRowsAgreeOn(t *testing.T) {
	for _, tc := range []struct {
		what, content string
		header        sheet.Header
		want, bad     int
	}{
		{"names for all", "a,b\n1,2\n3,4\n", sheet.HeaderYes, 2, 0},
		{"separator at every end", "a,b,\n1,2,\n3,4,\n", sheet.HeaderYes, 2, 0},
		{"column without a name, empty here and there", "a,b,\n1,2,\n3,4,5\n", sheet.HeaderYes, 3, 0},
		{"column without a place in the header", "a,b\n1,2,3\n3,4,5\n5,6,7\n", sheet.HeaderYes, 3, 0},
		{"one separator too many", "a,b\n1,2\n3,4,5\n6,7\n", sheet.HeaderYes, 2, 1},
		{"no header, last cells empty", "1,2,\n3,4,\n5,6,7\n", sheet.HeaderNo, 3, 0},
		{"no header, one row too short", "1,2,3\n3\n5,6,7\n", sheet.HeaderNo, 3, 1},
		{"worksheet with notes beside the table", book(t, map[string]any{"A1": "a", "A2": 1, "A3": 2, "B3": "x", "A4": 3, "A5": 4, "B5": "y"}), sheet.HeaderYes, 2, 0},
	} {
		p := sniff(t, tc.content, sheet.Options{Header: tc.header})
		if len(p.Columns) != tc.want || p.Bad != tc.bad || p.Options.Width != tc.want {
			t.Errorf("%s: got %d columns, %d bad", tc.what, len(p.Columns), p.Bad)
		}
	}
}

func TestBrokenHeaderIsSaid(t *testing.T) {
	p := sniff(t, "a,\"b\n1,2\n3,4\n", sheet.Options{Header: sheet.HeaderYes})
	if p.Rows != 2 || len(p.Notices) != 1 || p.Notices[0].Args["problem"] != "import.row.unclosedQuote" {
		t.Errorf("got %d rows, %v", p.Rows, p.Notices)
	}
}

func TestPreviewShowsAndCounts(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,name\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "%d,n%d\n", i, i)
	}
	p := sniff(t, b.String()+"x\n", sheet.Options{})
	if p.Rows != 3001 || !p.Exact || p.Bad != 1 || len(p.Sample) != 20 || p.Sample[19][1] != "n19" || p.SampleLine[19] != 21 {
		t.Errorf("got %d rows (%v), %d bad, sample of %d", p.Rows, p.Exact, p.Bad, len(p.Sample))
	}
	if p := sniff(t, "会社,担当\n", sheet.Options{}); p.Rows != 0 || !p.Exact || len(p.Columns) != 2 || p.Notices[0].Key != "import.notice.noRows" {
		t.Errorf("header only: got %+v", p)
	}
}

// TestLargeTextIsSampled reads pieces of a text too large to read whole; only further down is a column not numbers.
func TestLargeTextIsSampled(t *testing.T) {
	const rows = 120_000
	var b strings.Builder
	b.WriteString("番,品名,区分,枝\n")
	filler := strings.Repeat("秋田県秋田市", 12)
	for i := range rows {
		branch := "1"
		if i > rows/2 {
			branch = "A1"
		}
		fmt.Fprintf(&b, "%07d,部品%d%s,%s,%s\n", i, i, filler, []string{"甲", "乙"}[i%2], branch)
	}
	for _, enc := range []sheet.Encoding{sheet.UTF8, sheet.ShiftJIS, sheet.UTF16BE} {
		p := sniff(t, encode(t, enc, b.String()), sheet.Options{})
		if p.Exact || p.Rows < rows*95/100 || p.Rows > rows*105/100 || p.Bad != 0 {
			t.Errorf("%s: %d rows (exact %v), %d bad", enc, p.Rows, p.Exact, p.Bad)
		}
		if got := p.Columns[3].Type; got == sheet.Number {
			t.Errorf("%s: only the top was looked at", enc)
		}
		if p.Options.Encoding != enc {
			t.Errorf("%s: taken for %s", enc, p.Options.Encoding)
		}
	}
}
