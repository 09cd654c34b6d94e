package extract_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"github.com/engawa/engawa/internal/extract"
	"github.com/engawa/engawa/internal/text"
)

// words reads a document as the product does: in a process of its own.
func words(t *testing.T, content []byte) (string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "document")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return extract.Words(t.Context(), f)
}

func archive(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func workbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "品名", "B1": "数量", "A2": "縁側の板", "B2": 421} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func shiftJIS(t *testing.T, s string) []byte {
	t.Helper()
	b, err := japanese.ShiftJIS.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(b)
}

// oldPDF is a PDF as scanners and mainframes make them: its font says only that its codes are Shift_JIS.
func oldPDF(t *testing.T, line string) []byte {
	t.Helper()
	content := fmt.Sprintf("BT /F1 12 Tf 10 10 Td <%x> Tj ET", shiftJIS(t, line))
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/90ms-RKSJ-H>>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func TestWordsOfDocuments(t *testing.T) {
	pdf, err := os.ReadFile("testdata/quote.pdf")
	if err != nil {
		t.Fatal(err)
	}
	paragraph := func(s string) string { return `<w:p><w:r><w:t>` + s + `</w:t></w:r></w:p>` }
	for _, tc := range []struct {
		name    string
		content []byte
		want    []string // parts of the normalised text
		not     string
	}{
		{"PDF of today", pdf, []string{"見積書", "株式会社山田製作所 御中", "delivery by the end of next month.", "¥123,456"}, ""},
		{"PDF that names its codes", oldPDF(t, "納品書 縁側"), []string{"納品書 縁側"}, ""},
		{"Word", archive(t, map[string]string{
			"word/document.xml": `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>契</w:t></w:r><w:r><w:t>約書</w:t></w:r></w:p>` + paragraph("第一条") + `</w:body></w:document>`,
			"word/styles.xml":   `<w:styles><w:t>hidden</w:t></w:styles>`,
		}), []string{"契約書\n第一条"}, "hidden"},
		{"Excel", workbook(t), []string{"縁側の板", "421"}, ""},
		{"PowerPoint", archive(t, map[string]string{"ppt/slides/slide1.xml": `<p:sld><a:p><a:r><a:t>提案</a:t></a:r></a:p></p:sld>`}), []string{"提案"}, ""},
		{"OpenDocument", archive(t, map[string]string{"content.xml": `<o:body><t:p>議<t:span>事録</t:span></t:p></o:body>`}), []string{"議事録"}, ""},
		{"HTML", []byte("<!DOCTYPE html><p>お知ら&#12379;</p><script>var secret</script>"), []string{"お知らせ"}, "secret"},
		{"Shift_JIS", shiftJIS(t, "ｴﾝｶﾞﾜの板は檜です。縁側に座る。"), []string{"エンガワの板は檜です"}, ""},
		{"any other text", []byte("key: value\n"), []string{"key: value"}, ""},
		{"not text", append([]byte{0x7f, 'E', 'L', 'F'}, make([]byte, 2000)...), nil, "elf"},
		{"an archive of other things", archive(t, map[string]string{"a.txt": "hidden"}), nil, "hidden"},
		{"nothing", nil, nil, ""},
	} {
		got, err := words(t, tc.content)
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
		}
		got = text.Normalise(got)
		for _, w := range tc.want {
			if !strings.Contains(got, text.Normalise(w)) {
				t.Errorf("%s: no %q in %q", tc.name, w, got)
			}
		}
		if tc.not != "" && strings.Contains(got, tc.not) || tc.want == nil && strings.TrimSpace(got) != "" {
			t.Errorf("%s: got %q", tc.name, got)
		}
	}
}

// A text that databases do not keep would leave a document without any words.
func TestSignsOfNoTextAreLeftOut(t *testing.T) {
	xml := func(s string) []byte {
		return archive(t, map[string]string{"content.xml": "<o:body><t:p>縁側</t:p><t:p>" + s + "</t:p></o:body>"})
	}
	for name, tc := range map[string]struct {
		content []byte
		want    string
	}{
		"PDF":                 {oldPDF(t, "縁\x00側"), "縁側"},
		"HTML":                {[]byte("<!DOCTYPE html><p>縁\x00側&#0;"), "縁側\ufffd"},
		"HTML, not UTF-8":     {append(append([]byte("<html><meta charset=utf-8><p>"), strings.Repeat("縁側", 100)...), 0xff, 0xed, 0xa0, 0x80), "縁側"},
		"text":                {[]byte("縁\x00側"), ""},
		"text, cut off":       {[]byte(strings.Repeat("縁側", 100) + "\xe7\xb8"), "縁側"},
		"Office":              {xml("a\x00b"), "縁側"},
		"Office, by its code": {xml("a&#0;b"), "縁側"},
		"Office, not UTF-8":   {xml("a\xff"), "縁側"},
		"more than is kept":   {[]byte(strings.Repeat("縁", extract.MaxWords)), "縁"},
	} {
		got, err := words(t, tc.content)
		if err != nil || !utf8.ValidString(got) || strings.Contains(got, "\x00") || !strings.Contains(got, tc.want) || tc.want == "" && got != "" {
			t.Errorf("%s: %.40q, %v", name, got, err)
		}
	}
}

// What hostile documents cost is bounded, and none of it is ours.
func TestHostileDocuments(t *testing.T) {
	for name, content := range map[string][]byte{
		"a PDF cut in the middle":         oldPDF(t, "x")[:300],
		"a PDF whose table lies":          bytes.Replace(oldPDF(t, "x"), []byte("0000000009"), []byte("9999999999"), 1),
		"an archive cut in the middle":    workbook(t)[:500],
		"a password":                      []byte("%PDF-1.4\ntrailer<</Encrypt<</Filter/Standard>>>>\nstartxref\n0\n%%EOF"),
		"entities that grow":              archive(t, map[string]string{"content.xml": `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;</p>`}),
		"entities that name other files":  archive(t, map[string]string{"content.xml": `<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;</p>`}),
		"an archive that unpacks to much": archive(t, map[string]string{"word/document.xml": "<w:t>" + strings.Repeat("あ", 40<<20) + "</w:t>"}),
		"elements without end":            archive(t, map[string]string{"content.xml": strings.Repeat("<p>", 1<<20)}),
	} {
		got, err := words(t, content)
		if err != nil && !errors.Is(err, extract.ErrUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
		if len(got) > extract.MaxWords || strings.Contains(got, "root:") {
			t.Errorf("%s: %d bytes", name, len(got))
		}
	}
}
