package sheet_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// encode returns text in e.
func encode(t testing.TB, e sheet.Encoding, text string) string {
	t.Helper()
	codec := map[sheet.Encoding]encoding.Encoding{
		sheet.ShiftJIS:  japanese.ShiftJIS,
		sheet.EUCJP:     japanese.EUCJP,
		sheet.ISO2022JP: japanese.ISO2022JP,
		sheet.UTF16LE:   unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		sheet.UTF16BE:   unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	}[e]
	switch {
	case e == sheet.UTF8BOM:
		return "\ufeff" + text
	case codec == nil:
		return text
	}
	out, err := codec.NewEncoder().String(text)
	if err != nil {
		t.Fatalf("%s: %v", e, err)
	}
	return out
}

func sniff(t testing.TB, content string, o sheet.Options) *sheet.Preview {
	t.Helper()
	p, err := sheet.Sniff(strings.NewReader(content), int64(len(content)), "", o)
	if err != nil {
		t.Fatalf("Sniff: %v", err)
	}
	return p
}

func open(t testing.TB, content string, o sheet.Options) *sheet.Reader {
	t.Helper()
	r, err := sheet.Open(strings.NewReader(content), int64(len(content)), o)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// dump reads content to its end, a line a row: "line: cell|cell" and the key of what is wrong with it.
func dump(t testing.TB, content string, o sheet.Options) string {
	t.Helper()
	return dumpRest(t, open(t, content, o))
}

func dumpRest(t testing.TB, r *sheet.Reader) string {
	t.Helper()
	var out strings.Builder
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out.String()
		}
		if err != nil {
			t.Fatalf("Next: %v", err)
		}
		fmt.Fprintf(&out, "%d: %s", row.Line, strings.Join(row.Cells, "|"))
		if row.Err != nil {
			fmt.Fprintf(&out, " !%s", strings.TrimPrefix(errs.KeyOf(row.Err), "import.row."))
		}
		out.WriteString("\n")
	}
}

// lines joins rows the way dump writes them.
func lines(rows ...string) string {
	if len(rows) == 0 {
		return ""
	}
	return strings.Join(rows, "\n") + "\n"
}

// keyOf is what a failed call reports, with a mark for errors that nobody can act on.
func keyOf(err error) string {
	switch {
	case err == nil:
		return "ok"
	case errs.KindOf(err) != errs.Invalid:
		return "not invalid: " + err.Error()
	}
	return strings.TrimPrefix(errs.KeyOf(err), "import.")
}
