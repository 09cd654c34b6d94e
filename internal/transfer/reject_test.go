package transfer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/world"
)

const someBad = `品名,数量,日付,資料
机,1,2026-04-01,https://example.com/
椅子,たくさん,いつか,
棚,2
"=cmd()",3,2026-04-03,javascript:alert(1)
台,4,2026-04-04,
多,5,2026-04-05,,,x
箱,123456789012345678901234567890123,,
`

var someTypes = map[string]string{"数量": "NUMBER", "日付": "DATE", "資料": "LINK"}

func TestOneBadRowDoesNotStopTheOthers(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		m := s.taken("a.csv", someBad, someTypes)
		if m.State != transfer.Done || m.Done != 7 || m.Rejected != 5 {
			t.Fatalf("%s, %d rows, %d rejected, %+v", m.State, m.Done, m.Rejected, m.Error)
		}
		if got, want := s.csv(m.App, "order by レコード番号 asc", "品名", "数量"), "品名,数量\n机,1\n台,4\n"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		list, err := s.Rejects(t.Context(), s.Root.Actor(), m.ID, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, r := range list {
			fmt.Fprintf(&got, "line %d:", r.Line)
			for _, p := range r.Problems {
				fmt.Fprintf(&got, " %s %q %s", m.Label(p.Column), p.Value, p.Key)
			}
			got.WriteByte('\n')
		}
		want := `line 3: 数量 "たくさん" import.cell.number 日付 "いつか" import.cell.date
line 4:  "" import.row.short
line 5: 資料 "javascript:alert(1)" field.badURL
line 7:  "" import.row.long
line 8: 数量 "123456789012345678901234567890123" field.tooManyDigits
`
		if got.String() != want {
			t.Errorf("got\n%s\nwant\n%s", got.String(), want)
		}
	})
}

func TestRejectedRowsComeBackAsTheyWere(t *testing.T) {
	s := newSite(world.New(t))
	m := s.taken("a.csv", someBad, someTypes)
	var b strings.Builder
	err := s.WriteRejected(t.Context(), s.Root.Actor(), m.ID, &b, transfer.Words{
		Line: "行", Reason: "理由", Of: func(r transfer.Reject) string { return r.Problems[0].Key },
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "\ufeff行,理由,品名,数量,日付,資料\n3,import.cell.number,椅子,たくさん,いつか,\n4,import.row.short,棚,2,,\n" +
		"5,field.badURL,'=cmd(),3,2026-04-03,javascript:alert(1)\n7,import.row.long,多,5,2026-04-05,\n" +
		"8,field.tooManyDigits,箱,123456789012345678901234567890123,,\n"
	if got := strings.ReplaceAll(b.String(), "\r\n", "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAllRowsBad(t *testing.T) {
	s := newSite(world.New(t))
	m := s.taken("a.csv", "n,m\n"+strings.Repeat("x,y\n", 10_100), map[string]string{"n": "NUMBER"})
	if m.State != transfer.Done || m.Rejected != 10_100 {
		t.Fatalf("%s, %d rejected, %+v", m.State, m.Rejected, m.Error)
	}
	list, err := s.Rejects(t.Context(), s.Root.Actor(), m.ID, 0, 20_000)
	if err != nil || len(list) != 10_000 {
		t.Errorf("%d kept, %v", len(list), err)
	}
}

func TestAnUnclosedQuoteCostsItsRowOnly(t *testing.T) {
	s := newSite(world.New(t))
	m := s.taken("a.csv", "a,b\n1,2\n\"3,4\n5,6\n7,8\n", nil)
	if m.State != transfer.Done || m.Done != 4 || m.Rejected != 1 {
		t.Errorf("%s, %d rows, %d rejected, %+v", m.State, m.Done, m.Rejected, m.Error)
	}
}

func TestUniqueValuesHoldAgainstRecordsAndRows(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("items", "code text unique; name text required; kind dropdown(a|b)")
		a.Add("code=1 name=desk")
		fields := []id.Field{a.Field("code").ID, a.Field("name").ID, a.Field("kind").ID}
		load, err := w.Root.Set(a).Prepare(t.Context(), fields, [][]string{{"1", "x", ""}, {"2", "x", "b"}, {"2", "y", ""}, {"3", "", ""}, {"", "z", "c"}, {"", "z", ""}})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(keys(load.Problems)), "[row 2 column 0 field.repeated row 3 column 1 field.required row 4 column 2 field.notAnOption]"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		done, err := load.Store(t.Context())
		if err != nil || done.Added != 2 {
			t.Fatalf("%+v, %v", done, err)
		}
		if got, want := fmt.Sprint(keys(done.Problems)), "[row 0 column 0 field.repeated]"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func keys(list []record.LoadProblem) (out []string) {
	for _, p := range list {
		out = append(out, fmt.Sprintf("row %d column %d %s", p.Row, p.Column, p.Key))
	}
	return out
}
