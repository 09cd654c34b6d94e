package sheet_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/transfer/sheet"
)

// resumable are files of three rows below the header, one of them with an error.
func resumable(t *testing.T) map[string]string {
	return map[string]string{
		"text":     "a,b\n\"1,1\",2\n\n3\n5,6\n",
		"cp932":    encode(t, sheet.ShiftJIS, "名,市\n山,秋田\n川\n海,青森\n"),
		"workbook": book(t, map[string]any{"A1": "a", "B1": "b", "A2": 1, "B2": 2, "A3": 3, "B3": 4, "C3": "!", "A5": 5, "B5": 6}),
	}
}

func TestReadingGoesOnWhereItStopped(t *testing.T) {
	for name, content := range resumable(t) {
		o := sniff(t, content, sheet.Options{}).Options
		whole := strings.SplitAfter(dump(t, content, o), "\n")
		if len(whole) < 3 {
			t.Fatalf("%s: got %q", name, whole)
		}
		for from := range len(whole) {
			r := open(t, content, o)
			if err := r.SkipTo(from); err != nil {
				t.Fatal(err)
			}
			if got, want := dumpRest(t, r), strings.Join(whole[from:], ""); got != want {
				t.Errorf("%s from %d: got\n%swant\n%s", name, from, got, want)
			}
		}
	}
}

func TestIndexCountsRowsWithErrors(t *testing.T) {
	for name, content := range resumable(t) {
		r := open(t, content, sniff(t, content, sheet.Options{}).Options)
		for want := 0; ; want++ {
			row, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || row.Index != want {
				t.Fatalf("%s: row %d has index %d, %v", name, want, row.Index, err)
			}
		}
	}
}

func TestSkipToOnlyGoesForward(t *testing.T) {
	r := open(t, "a,b\n1,2\n3,4\n", sheet.Options{Header: sheet.HeaderYes})
	if err := r.SkipTo(99); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("behind the end: %v", err)
	}
	if err := r.SkipTo(0); err == nil {
		t.Error("went back")
	}
}

func TestOffsetGrowsToSize(t *testing.T) {
	files := resumable(t)
	files["large cp932"] = encode(t, sheet.ShiftJIS, "名,市\n"+strings.Repeat("山田,秋田\n", 50_000))
	for name, content := range files {
		r := open(t, content, sheet.Options{Header: sheet.HeaderYes})
		last := int64(0)
		for {
			_, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if now := r.Offset(); now < last || now > r.Size() {
				t.Fatalf("%s: offset went from %d to %d of %d", name, last, now, r.Size())
			}
			last = r.Offset()
		}
		if name != "workbook" && r.Offset() != r.Size() { // behind a worksheet's rows there is more
			t.Errorf("%s: ended at %d of %d", name, r.Offset(), r.Size())
		}
	}
}

func TestReadErrorsAreNotTheFilesFault(t *testing.T) {
	_, err := sheet.Open(broken{}, 100, sheet.Options{})
	if got := keyOf(err); !strings.HasPrefix(got, "not invalid") {
		t.Errorf("got %s", got)
	}
}

type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, errors.New("disk gone") }
