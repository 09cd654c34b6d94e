package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/engawa/engawa/internal/transfer/sheet"
)

// zipped returns a zip with these files: name, content, name, content …
func zipped(t testing.TB, files ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// container returns an old Microsoft container whose directory holds these names.
func container(names ...string) string {
	b := make([]byte, 512*4)
	copy(b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	binary.LittleEndian.PutUint16(b[30:], 9) // sectors of 512 bytes
	binary.LittleEndian.PutUint32(b[48:], 1) // the directory starts in sector 1
	binary.LittleEndian.PutUint32(b[76:], 0) // the allocation table is sector 0
	table, dir := b[512:1024], b[1024:]
	binary.LittleEndian.PutUint32(table[4:], 2) // the directory goes on in sector 2
	binary.LittleEndian.PutUint32(table[8:], 0xfffffffe)
	for i, name := range names {
		units := utf16.Encode([]rune(name))
		for j, u := range units {
			binary.LittleEndian.PutUint16(dir[128*i+2*j:], u)
		}
		binary.LittleEndian.PutUint16(dir[128*i+64:], uint16(2*len(units)+2))
	}
	return string(b)
}

func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return string(b)
}

func TestWhatIsNoTableSaysWhatItIs(t *testing.T) {
	for _, tc := range []struct{ what, content, name, want string }{
		{"nothing", "", "a.csv", "empty"},
		{"white space", " \r\n\t\n", "a.csv", "empty"},
		{"only a byte order mark", "\ufeff", "a.csv", "empty"},
		{"only separators", ",,,\n,\n", "a.csv", "empty"},
		{"pdf", "%PDF-1.7\n%\xe2\xe3\n1 0 obj", "a.csv", "pdf"},
		{"png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.csv", "image"},
		{"jpeg", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01", "a.xlsx", "image"},
		{"gzip", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x01\x02\x00\x00", "a.csv", "archive"},
		{"zip", zipped(t, "a.csv", "a,b\n"), "a.csv", "archive"},
		{"broken zip", "PK\x03\x04 and no more", "a.xlsx", "zipBroken"},
		{"word", zipped(t, "word/document.xml", "<x/>"), "a.xlsx", "document"},
		{"binary workbook", zipped(t, "xl/workbook.bin", "x"), "a.xlsx", "xlsb"},
		{"open document", zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "a.ods", "ods"},
		{"old excel", container("Root Entry", "SummaryInformation", "x", "y", "Workbook"), "a.xls", "xls"},
		{"older excel", container("Root Entry", "Book"), "a.xls", "xls"},
		{"old word", container("Root Entry", "WordDocument"), "a.doc", "document"},
		{"locked workbook", container("Root Entry", "\x06DataSpaces", "Version", "DataSpaceMap", "EncryptedPackage"), "a.xlsx", "encrypted"},
		{"cut off container", container("Root Entry")[:100], "a.xls", "document"},
		{"container in a loop", strings.Replace(container("Root Entry"), "\x02\x00\x00\x00\xfe", "\x01\x00\x00\x00\xfe", 1), "a.xls", "document"},
		{"page called xls", "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><table>", "a.xls", "html"},
		{"page with a declaration", "<?xml version=\"1.0\"?><!DOCTYPE html>", "a.xls", "html"},
		{"page", "\r\n <!DOCTYPE HTML><title>Sign in</title>", "a.csv", "html"},
		{"xml", "<?xml version=\"1.0\"?><Workbook/>", "a.xls", "xml"},
		{"json", "[{\"a\":1}]", "a.csv", "json"},
		{"noise", noise(5000), "a.csv", "binary"},
		{"zeros", strings.Repeat("\x00", 5000), "a.csv", "binary"},
		{"text called xlsx", "a,b\n1,2\n", "a.xlsx", "notAsNamed"},
		{"text called xls", "a\tb\n1\t2\n", "A.XLS", "notAsNamed"},
		{"workbook called csv", book(t, map[string]any{"A1": "x"}), "a.csv", "notAsNamed"},
		{"text", "a,b\n1,2\n", "a.csv", "ok"},
		{"text without a name", "a,b\n1,2\n", "", "ok"},
		{"text that starts like a picture", "BMW,Riff\n1,2\n", "a.csv", "ok"},
		{"text with one NUL", "a,b\n" + strings.Repeat("x,y\n", 50) + "\x00,y\n", "a.csv", "ok"},
		{"workbook", book(t, map[string]any{"A1": "x"}), "a.xlsx", "ok"},
	} {
		_, err := sheet.Sniff(strings.NewReader(tc.content), int64(len(tc.content)), tc.name, sheet.Options{})
		if got := keyOf(err); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.what, got, tc.want)
		}
	}
}
