package transfer_test

import (
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/world"
)

// orders has a column of every type that is guessed, and names that no code can have.
const orders = `受注番号,顧客 名,金額(税込),受注日,納品時刻,確認日時,状態,希望,URL,2026年
A-1,青葉家具,"1,200",2026/4/1,9:05,2026-04-01 09:30,見積中,赤;青,https://example.com/1,
A-2,"山田
商店",△3.5,令和8年4月2日,10:30,2026-04-02 10:00,受注,青,,x
`

func TestAFileBecomesAnApp(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		m := s.taken("受注.csv", orders, map[string]string{"金額(税込)": "NUMBER", "受注日": "DATE", "納品時刻": "TIME", "確認日時": "DATETIME",
			"状態": "DROP_DOWN", "希望": "CHECK_BOX", "URL": "LINK", "顧客 名": "MULTI_LINE_TEXT", "2026年": "skip"})
		if m.State != transfer.Done || m.Done != 2 || m.Rejected != 0 || m.Rows != 2 || !m.Exact {
			t.Fatalf("%+v, %+v", m, m.Error)
		}
		got := s.csv(m.App, "order by レコード番号 asc", "受注番号", "顧客_名", "金額_税込", "受注日", "納品時刻", "確認日時", "状態", "希望", "URL")
		want := `受注番号,顧客 名,金額(税込),受注日,納品時刻,確認日時,状態,希望,URL
A-1,青葉家具,1200,2026-04-01,09:05,2026-04-01 09:30,見積中,"赤
青",https://example.com/1
A-2,"山田
商店",-3.5,2026-04-02,10:30,2026-04-02 10:00,受注,青,
`
		if got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		st := s.set(m.App).App().Settings
		if st.Name != "取り込み" || len(st.Views) != 1 || len(st.Views[0].Fields) != 9 {
			t.Errorf("app %q with views %+v", st.Name, st.Views)
		}
		if f, _ := st.Field("希望"); len(f.Options) != 2 {
			t.Errorf("options %v", f.Options)
		}
		if f, _ := st.Field("2026年"); f != nil {
			t.Error("a column was taken that should be left out")
		}
	})
}

func TestRecordsOfAFileAreLikeAnyOthers(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		m := s.taken("a.csv", "品名,棚\n会議テーブル,A\nｵﾌｨｽﾁｪｱ,B\n", nil)
		for query, want := range map[string]int{`品名 like "議テ"`: 1, `品名 like "オフィス"`: 1, `棚 = "B"`: 1, `品名 like "机"`: 0} {
			page, err := s.set(m.App).Query(t.Context(), query, nil, false)
			if err != nil || len(page.Records) != want {
				t.Errorf("%s: %d records, %v", query, len(page.Records), err)
			}
		}
		history, _, err := s.set(m.App).History(t.Context(), 1, 0)
		if err != nil || len(history) != 1 || history[0].Kind != "create" || history[0].By.Code != "root" {
			t.Errorf("history %+v, %v", history, err)
		}
	})
}

func TestCodesAreLegalAndDifferent(t *testing.T) {
	s := newSite(world.New(t))
	m := s.taken("a.csv", "レコード番号,a b,a-b,ステータス,１列,1列,???,\nx,x,x,x,x,x,x,x\n", nil)
	if m.State != transfer.Done {
		t.Fatalf("%s: %+v", m.State, m.Error)
	}
	var codes []string
	for _, f := range s.set(m.App).App().Settings.Form {
		if !f.Type.System() {
			codes = append(codes, f.Code)
		}
	}
	if got, want := strings.Join(codes, " "), "レコード番号_2 a_b a_b_2 ステータス_2 １列 _1列 field 列_8"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNumbersKeepTheirDecimals(t *testing.T) {
	s := newSite(world.New(t))
	m := s.taken("a.csv", "緯度,個数\n35.6895123,1\n-123456789012345.5,2\n", map[string]string{"緯度": "NUMBER"})
	if got, want := s.csv(m.App, "order by レコード番号 asc", "緯度"), "緯度\n35.6895123\n-123456789012345.5\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTooManyChoicesAreText(t *testing.T) {
	s := newSite(world.New(t))
	m := s.taken("a.csv", postalCodes(600), map[string]string{"郵便番号": "DROP_DOWN", "番地": "RADIO_BUTTON", "町域": "CHECK_BOX"})
	if m.State != transfer.Done || m.Done != 600 || len(m.Notices) != 2 {
		t.Fatalf("%s, %d rows, %+v, %+v", m.State, m.Done, m.Error, m.Notices)
	}
	st := s.set(m.App).App().Settings
	for code, want := range map[string]field.Type{"郵便番号": field.SingleLineText, "番地": field.SingleLineText, "町域": field.CheckBox} {
		if f, _ := st.Field(code); f.Type != want {
			t.Errorf("%s is a %s, want %s", code, f.Type, want)
		}
	}
}

func TestAWideFile(t *testing.T) {
	s := newSite(world.New(t))
	wide := strings.Repeat("x,", 999) + "x\n" + strings.Repeat("1,", 999) + "2\n"
	m := s.send(s.Root.Actor(), "wide.csv", wide)
	all := choices(m, nil)
	err := s.Start(t.Context(), s.Root.Actor(), m.ID, "wide", all)
	if got, want := world.Outcome(err), "validation columns=import.tooManyFields"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	if err := s.Start(t.Context(), s.Root.Actor(), m.ID, "wide", all[:app.MaxFields]); err != nil {
		t.Fatal(err)
	}
	s.Drain()
	if m = s.now(m.ID); m.State != transfer.Done || m.Done != 1 {
		t.Errorf("%s, %d rows, %+v", m.State, m.Done, m.Error)
	}
}

func TestStartSaysAllThatIsWrong(t *testing.T) {
	s := newSite(world.New(t))
	m := s.send(s.Root.Actor(), "a.csv", "a,b,c\n1,2,3\n")
	list := choices(m, map[string]string{"b": "FILE"})
	list[0].Label, list[1].Label, list[2].Index = " ", "c", 7
	err := s.Start(t.Context(), s.Root.Actor(), m.ID, "", list)
	want := "validation appName=param.nameLength columns[0].label=app.labelLength columns[1].type=param.enum " +
		"columns[2].label=import.labelTwice columns[2].index=import.noColumn"
	if got := world.Outcome(err); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for i := range list {
		list[i].Skip = true
	}
	if got, want := world.Outcome(s.Start(t.Context(), s.Root.Actor(), m.ID, "a", list)), "validation columns=import.noColumns"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if m := s.now(m.ID); m.State != transfer.Previewed {
		t.Errorf("state %s", m.State)
	}
}
