package transfer_test

import (
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/transfer"
)

// Attack case 82: files that no spreadsheet writes are taken in as far as they can be, with the lines that cannot, or are
// refused before there is an app. Nothing ends in between.
func TestOddFiles(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		root := s.Root.Actor()
		for _, tc := range []struct {
			name, content    string
			records, refused int
		}{
			{"headers that are the same", "a,a,A,a_2,,\n1,2,3,4,5,6\n", 1, 0},
			{"headers that are fields of the system", "レコード番号,作成者,$id,更新日時,ステータス\n1,2,3,2026-01-01,x\n", 1, 0},
			{"hostile headers", "\"=1+1\",'; DROP TABLE rec_1,<img src=x>,__proto__,\u202eevil\n1,2,3,4,5\n", 1, 0},
			{"lines of 64 kB", "a,b\n" + strings.Repeat("長", 21_000) + ",1\n2,3\n", 2, 0},
			{"mixed line ends", "a,b\r1,2\n3,4\r\n5,6", 3, 0},
			{"a quote that does not end", "a,b\n1,\"2\n3,4\n", 1, 1},
			{"NUL", "a,b\n1,\x00\n3,4\n", 1, 1},
			{"signs that are not seen", "a,b\n\u202etxt.exe,👨‍👩‍👧‍👦\n\ufeff,\u200b\n", 2, 0},
			{"too many cells and too few", "a,b\n1,2,3,4\n5\n6,7\n", 1, 2},
			{"empty lines", "a,b\n\n\n1,2\n\n", 1, 0},
			{"UTF-16", "\xff\xfea\x00,\x00b\x00\n\x001\x00,\x002\x00\n\x00", 1, 0},
			{"Shift_JIS", "\x96\xbc\x91O,b\n\x89\xbd,2\n", 1, 0},
			{"bytes of no encoding", "a,b\n\x81,2\n3,4\n\xff\xff,5\n", 0, 0},
		} {
			m, err := s.Imports.Upload(t.Context(), root, "odd.csv", strings.NewReader(tc.content))
			if err != nil {
				if errs.KindOf(err) != errs.Invalid || tc.records > 0 {
					t.Errorf("%s: %v", tc.name, err)
				}
				continue
			}
			s.begin(root, m, nil)
			s.Drain()
			m, err = s.Imports.Get(t.Context(), root, m.ID)
			if err != nil {
				t.Fatal(err)
			}
			if m.State != transfer.Done {
				t.Errorf("%s: ends %s", tc.name, m.State)
				continue
			}
			if tc.records > 0 && (m.Done-m.Rejected != tc.records || m.Rejected != tc.refused) {
				t.Errorf("%s: %d of %d rows, %d refused; want %d and %d", tc.name, m.Done-m.Rejected, m.Rows, m.Rejected, tc.records, tc.refused)
			}
		}
	})
}
