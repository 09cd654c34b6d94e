package httpx

import (
	"mime"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDispositionCannotBeBrokenOutOf(t *testing.T) {
	for _, tc := range []struct{ name, want string }{
		{"見積書.pdf", "見積書.pdf"},
		{"a b.txt", "a b.txt"},
		{"../../etc/passwd", "passwd"},
		{`..\..\boot.ini`, "boot.ini"},
		{"/abs/olute.txt", "olute.txt"},
		{"x\r\nSet-Cookie: a=b", "xSet-Cookie_ a=b"},
		{"quote\".html", "quote_.html"},
		{"a\x00.txt", "a.txt"},
		{"CON", "_CON"},
		{"com1.txt", "_com1.txt"},
		{"invoice\u202egnp.exe", "invoicegnp.exe"},
		{".htaccess", "htaccess"},
		{"trailing. ", "trailing"},
		{"", "file"},
		{"...", "file"},
		{"😀.png", "😀.png"},
		{"100%.csv", "100%.csv"},
		{"\x8c\xa9\x90\xcf.pdf", "_.pdf"},
	} {
		got := Disposition(false, tc.name)
		kind, params, err := mime.ParseMediaType(got)
		if err != nil || kind != "attachment" {
			t.Errorf("%q: %s: %v", tc.name, got, err)
			continue
		}
		if params["filename"] != tc.want {
			t.Errorf("%q is offered as %q, want %q", tc.name, params["filename"], tc.want)
		}
		if strings.ContainsFunc(got, func(r rune) bool { return r < 0x20 || r > 0x7e }) {
			t.Errorf("%q: header is not plain ASCII: %q", tc.name, got)
		}
	}
}

func TestLongFileNamesKeepTheirExtension(t *testing.T) {
	got := SafeFileName(strings.Repeat("漢", 1000) + ".pdf")
	if len(got) > maxFileName || !strings.HasSuffix(got, "漢.pdf") || !utf8.ValidString(got) {
		t.Errorf("%d bytes: %s", len(got), got)
	}
}
