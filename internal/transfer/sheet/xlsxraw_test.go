package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/transfer/sheet"
)

// rawBook returns a workbook with this sheet and these shared strings, written by hand: what no library writes.
func rawBook(t testing.TB, data, strs string, more ...string) string {
	t.Helper()
	const rel = `<Relationship Id="%" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	return zipped(t, append([]string{
		"_rels/.rels", `<Relationships>` + strings.Replace(rel, "%", "r", 1) + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<x:workbook xmlns:x="x"><x:sheets><x:sheet name="S" sheetId="1" r:id="r1"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships>` + strings.Replace(rel, "%", "r1", 1) + `worksheet" Target="/xl/worksheets/one.xml"/>` +
			strings.Replace(rel, "%", "r2", 1) + `sharedStrings" Target="strings.xml"/></Relationships>`,
		"xl/worksheets/one.xml", data,
		"xl/strings.xml", strs,
	}, more...)...)
}

func TestWorkbooksByOtherHands(t *testing.T) {
	strs := `<sst><si><t>山田</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh></si><si><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></si><si><t>x_x000D_y_x0041_z_x00</t></si></sst>`
	data := `<?xml version="1.0"?><x:worksheet xmlns:x="x"><x:sheetData>
		<x:row><x:c t="inlineStr"><x:is><x:t>名</x:t></x:is></x:c><x:c t="str"><x:v>値</x:v></x:c></x:row>
		<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>
		<x:row r="5"><x:c r="b5" t="s"><x:v>1</x:v></x:c></x:row>
		<x:row><x:c t="s"><x:v>2</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c></x:row>
		<x:row><x:c><x:v>1</x:v></x:c><x:c><x:f>A1</x:f></x:c></x:row>
		<x:row><x:c t="d"><x:v>2026-04-01T00:00:00</x:v></x:c><x:c t="d"><x:v>2026-04-01T09:30:00Z</x:v></x:c></x:row>
		<x:row><x:c><x:v>1E+05</x:v></x:c><x:c><x:v>0.30000000000000004</x:v></x:c></x:row>
		<x:row><x:c><x:v>not a number</x:v></x:c><x:c t="b"><x:v>0</x:v></x:c></x:row>
		<x:row><x:c><x:v>1&lt;2</x:v></x:c><x:c><x:v><![CDATA[<&>]]></x:v></x:c></x:row>
		</x:sheetData></x:worksheet>`
	want := lines("2: 山田|2", "5: |a b", "6: x\ryAz_x00|#N/A", "7: 1| !formula", "8: 2026-04-01|2026-04-01 09:30", "9: 100000|0.3", "10: not a number|FALSE", "11: 1<2|<&>")
	if got := dump(t, rawBook(t, data, strs), sheet.Options{Header: sheet.HeaderYes}); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestHostileWorkbooks must all end in an error a person can read, soon and in little memory.
func TestHostileWorkbooks(t *testing.T) {
	rows := func(s string) string { return "<worksheet><sheetData>" + s + "</sheetData></worksheet>" }
	header := `<row><c t="str"><v>a</v></c></row>`
	for _, tc := range []struct{ what, content, want string }{
		{"cut off", rawBook(t, "<worksheet><sheetData>"+header+"<row><c><v>1</v></c></row>", ""), "xlsxBroken"},
		{"cut off in a cell", rawBook(t, "<worksheet><sheetData>"+header+"<row><c><v>1", ""), "xlsxBroken"},
		{"no xml", rawBook(t, rows(header)+"", "&&&"), "xlsxBroken"},
		{"no sheet", rawBook(t, "", ""), "xlsxBroken"},
		{"rows backwards", rawBook(t, rows(header+`<row r="9"/><row r="3"/>`), ""), "xlsxBroken"},
		{"row number too large", rawBook(t, rows(header+`<row r="99999999999"/>`), ""), "xlsxBroken"},
		{"strange reference", rawBook(t, rows(header+`<row><c r="ZZZZ9"><v>1</v></c></row>`), ""), "xlsxBroken"},
		{"string that is not there", rawBook(t, rows(header+`<row><c t="s"><v>7</v></c></row>`), "<sst/>"), "xlsxBroken"},
		{"negative string", rawBook(t, rows(header+`<row><c t="s"><v>-1</v></c></row>`), "<sst/>"), "xlsxBroken"},
		{"last column", rawBook(t, rows(header+`<row><c r="XFD2"><v>1</v></c></row>`), ""), "tooManyColumns"},
		{"large text", rawBook(t, rows(header+`<row><c t="str"><v>`+strings.Repeat("x", 9<<20)+`</v></c></row>`), ""), "xlsxTooLarge"},
		{"large attribute", rawBook(t, rows(header+`<row r="`+strings.Repeat("1", 9<<20)+`"/>`), ""), "xlsxTooLarge"},
		{"large string", rawBook(t, rows(header), "<sst><si>"+strings.Repeat("<t>"+strings.Repeat("x", 1<<20)+"</t>", 9)+"</si></sst>"), "xlsxTooLarge"},
		{"merges without end", rawBook(t, rows(header)+strings.Repeat(`<mergeCell ref="A1:A9"/>`, 300_000), ""), "xlsxTooLarge"},
		{"entities", rawBook(t, `<!DOCTYPE x [<!ENTITY a "aaaa">]>`+rows(header+`<row><c><v>&a;</v></c></row>`), ""), "xlsxBroken"},
		{"far row", rawBook(t, rows(header+`<row r="1048576"><c><v>1</v></c></row>`), ""), "ok"},
	} {
		if got := keyOf(readAll(tc.content)); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.what, got, tc.want)
		}
	}
}

// TestBombs are small files that say they are huge.
func TestBombs(t *testing.T) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/workbook.xml", Method: zip.Deflate, UncompressedSize64: 5 << 30, CompressedSize64: 4})
	if err == nil {
		_, err = w.Write([]byte("\x01\x00\x00\xff"))
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	if got := keyOf(readAll(out.String())); got != "xlsxTooLarge" {
		t.Errorf("size: %s", got)
	}
	many := make([]string, 0, 22_000)
	for i := range 11_000 {
		many = append(many, fmt.Sprint("x", i), "")
	}
	if got := keyOf(readAll(rawBook(t, "", "", many...))); got != "xlsxTooLarge" {
		t.Errorf("parts: %s", got)
	}
}

func readAll(content string) error {
	r, err := sheet.Open(strings.NewReader(content), int64(len(content)), sheet.Options{})
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestDamagedZip(t *testing.T) {
	content := rawBook(t, "<worksheet><sheetData>"+strings.Repeat(`<row><c><v>12345</v></c></row>`, 5000)+"</sheetData></worksheet>", "")
	b := []byte(content)
	i := strings.Index(content, "one.xml") + 30
	for j := range 20 {
		b[i+j] ^= 0x5a
	}
	if got := keyOf(readAll(string(b))); got != "xlsxBroken" {
		t.Errorf("got %s", got)
	}
}
