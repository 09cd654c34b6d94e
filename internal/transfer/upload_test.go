package transfer_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/transfer/sheet"
	"github.com/engawa/engawa/internal/world"
)

func TestNothingIsKeptOfWhatIsNoTable(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for _, tc := range []struct{ name, content, want string }{
			{"empty.csv", "", "import.empty"},
			{"blank.csv", " \r\n\r\n", "import.empty"},
			{"a.csv", "%PDF-1.7 …", "import.pdf"},
			{"a.csv", "\x89PNG\r\n\x1a\n", "import.image"},
			{"a.csv", "<!DOCTYPE html><table>", "import.html"},
			{"a.csv", `[{"a":1}]`, "import.json"},
			{"a.csv", strings.Repeat("\x00\x01\x02", 200), "import.binary"},
			{"a.xlsx", "a,b\n1,2\n", "import.notAsNamed"},
			{"a.xlsx", "PK\x03\x04 cut off", "import.zipBroken"},
			{"wide.csv", strings.Repeat("a,", 1000) + "a\n" + strings.Repeat("1,", 1000) + "1\n", "import.tooManyColumns"},
		} {
			m, err := s.Imports.Upload(t.Context(), s.Root.Actor(), tc.name, strings.NewReader(tc.content))
			if got := world.Outcome(err); got != tc.want || m != nil {
				t.Errorf("%s %.20q: got %s, want %s", tc.name, tc.content, got, tc.want)
			}
			if !i18n.Has(i18n.Ja, tc.want) || !i18n.Has(i18n.En, tc.want) {
				t.Errorf("%s has no words", tc.want)
			}
		}
		s.nothingKept(t)
	})
}

func TestNothingIsKeptOfAnUploadThatIsCut(t *testing.T) {
	s := newSite(world.New(t))
	cut := io.MultiReader(strings.NewReader("a,b\n1,2\n"), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, err := s.Imports.Upload(t.Context(), s.Root.Actor(), "a.csv", cut); world.Outcome(err) != "request.cut" {
		t.Errorf("got %v", err)
	}
	s.nothingKept(t)
}

// nothingKept checks that there are neither imports nor files.
func (s *site) nothingKept(t *testing.T) {
	t.Helper()
	list, err := s.List(t.Context(), s.Root.Actor())
	if err != nil || len(list) > 0 {
		t.Errorf("imports %v, %v", list, err)
	}
	for key, err := range s.blobs.Keys(time.Now().Add(time.Hour)) {
		t.Errorf("file %s, %v", key, err)
	}
}

func TestAWorkbook(t *testing.T) {
	book := excelize.NewFile()
	var b bytes.Buffer
	err := errors.Join(
		book.SetSheetRow("Sheet1", "A1", &[]any{"品名", "数量"}), book.SetSheetRow("Sheet1", "A2", &[]any{"机", 12}),
		book.SetSheetRow("Sheet1", "A3", &[]any{"椅子", 3.5}), book.Write(&b))
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(world.New(t))
	m := s.taken("在庫.xlsx", b.String(), map[string]string{"数量": "NUMBER"})
	if got, want := s.csv(m.App, "order by レコード番号 asc", "品名", "数量"), "品名,数量\n机,12\n椅子,3.5\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAGuessIsCorrected(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		text, err := japanese.ShiftJIS.NewEncoder().String("社外秘;2026年\n品名;数量\n机;1\n椅子;2\n")
		if err != nil {
			t.Fatal(err)
		}
		m := s.send(s.Root.Actor(), "a.csv", text)
		read := func(how transfer.Reading) {
			t.Helper()
			if m, err = s.Read(t.Context(), s.Root.Actor(), m.ID, how); err != nil {
				t.Fatal(err)
			}
		}
		yes, comma, semicolon, utf8, sjis := true, ",", ";", string(sheet.UTF8), string(sheet.ShiftJIS)
		read(transfer.Reading{Separator: &comma, Encoding: &utf8})
		if len(m.Preview.Columns) != 1 || m.Preview.Options.Encoding != sheet.UTF8 {
			t.Errorf("%+v", m.Preview.Options)
		}
		read(transfer.Reading{Separator: &semicolon, Encoding: &sjis})
		read(transfer.Reading{HasHeader: &yes})
		if got := s.now(m.ID); got.Preview.Columns[1].Label != m.Preview.Columns[1].Label || len(got.Preview.Columns) != 2 ||
			got.Preview.Options.Header != sheet.HeaderYes || got.Preview.Options.Encoding != sheet.ShiftJIS {
			t.Errorf("%+v", got.Preview)
		}
		if _, err := s.Read(t.Context(), s.Root.Actor(), m.ID, transfer.Reading{Encoding: new("EBCDIC")}); world.Outcome(err) != "import.encodingUnknown" {
			t.Errorf("got %v", err)
		}
		s.begin(s.Root.Actor(), m, nil)
		if _, err := s.Read(t.Context(), s.Root.Actor(), m.ID, transfer.Reading{Encoding: &utf8}); world.Outcome(err) != "import.started" {
			t.Errorf("got %v", err)
		}
	})
}

func TestFilesNobodyStartsAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for range 12 {
			s.send(s.Root.Actor(), "a.csv", "a\n1\n")
		}
		if list, err := s.List(t.Context(), s.Root.Actor()); err != nil || len(list) != 10 || list[0].ID != 12 {
			t.Errorf("%d imports, %v", len(list), err)
		}
		s.Pass(8 * 24 * time.Hour)
		s.send(s.Root.Actor(), "a.csv", "a\n1\n")
		if list, err := s.List(t.Context(), s.Root.Actor()); err != nil || len(list) != 1 {
			t.Errorf("%d imports, %v", len(list), err)
		}
		files := 0
		for range s.blobs.Keys(time.Now().Add(time.Hour)) {
			files++
		}
		if files != 1 {
			t.Errorf("%d files", files)
		}
	})
}
