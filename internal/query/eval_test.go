package query_test

import (
	"testing"
	"time"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// row makes a row of fields and values.
func row(pairs ...any) *record {
	r := &record{values: map[id.Field]field.Value{}, rows: map[id.Field][]query.Row{}}
	for i := 0; i < len(pairs); i += 2 {
		f := pairs[i].(*field.Field)
		switch v := pairs[i+1].(type) {
		case string:
			r.values[f.ID] = field.Value(v)
		case []query.Row:
			r.rows[f.ID] = v
		}
	}
	return r
}

func TestWhatQueriesFind(t *testing.T) {
	empty := row()
	for _, tc := range []struct {
		text string
		row  *record
		want bool
	}{
		{``, empty, true},
		{`title = ""`, empty, true},
		{`title in ("")`, empty, true},
		{`title not in ("")`, empty, false},
		{`title != "x"`, empty, true},
		{`title = "X"`, row(title, "x"), false},
		{`title in ()`, row(title, "x"), false},
		{`title not in ()`, row(title, "x"), true},
		{`amount = 1.50`, row(amount, "1.5"), true},
		{`amount < 0`, empty, false},
		{`amount != ""`, row(amount, "0"), true},
		{`amount > 9`, row(amount, "10"), true},
		{`due >= ""`, row(due, "2026-04-01"), false},

		{`due > FROM_TODAY(100000, YEARS)`, row(due, "9999-12-31"), false},
		{`due >= FROM_TODAY(100000, YEARS)`, row(due, "9999-12-31"), false},
		{`due != FROM_TODAY(100000, YEARS)`, row(due, "9999-12-31"), true},
		{`due <= FROM_TODAY(100000, YEARS)`, row(due, "9999-12-31"), true},
		{`due < FROM_TODAY(100000, YEARS)`, empty, false},
		{`meeting > FROM_TODAY(100000, YEARS)`, row(meeting, "9999-12-31T23:59:00Z"), false},
		{`meeting < FROM_TODAY(100000, YEARS)`, row(meeting, "9999-12-31T23:59:00Z"), true},
		{`meeting = "9999-12-31T23:59:00Z"`, row(meeting, "9999-12-31T23:59:00Z"), true},

		{`tags in ("a", "b")`, row(tags, ",2,11,"), true},
		{`tags in ("a")`, row(tags, ",11,"), false},
		{`tags not in ("a")`, empty, true},
		{`tags not in ("a")`, row(tags, ",1,2,"), false},
		{`tags in ("")`, empty, true},
		{`filed in ("家具", "照明")`, row(filed, ",2,11,"), true},
		{`filed in ("家具")`, row(filed, ",2,"), false}, // though it stands below
		{`filed not in ("")`, row(filed, ",2,"), true},
		{`stage not in ("", "lead")`, empty, false},
		{`stage not in ("", "lead")`, row(stage, "3"), false},
		{`stage not in ("", "lead")`, row(stage, "1"), true},
		{`people in (LOGINUSER(), "ben")`, row(people, ",9,7,"), true},
		{`creator in (LOGINUSER())`, row(creator, "8"), false},

		{`memo like "KEY"`, row(memo, "a keyword"), true},
		{`memo like "ｶﾞｽ"`, row(memo, "都市ガス"), true},
		{`memo like "がす"`, row(memo, "都市ガス"), false},
		{`memo like "a　b"`, row(memo, "a\nb"), true},
		{`memo not like "x"`, empty, true},
		{`memo like ""`, empty, false},
		{`memo is empty`, empty, true},
		{`page like "b"`, row(page, "<b>x</b>"), false},
		{`files like "見積"`, row(files, string(file("見積書.pdf"))), true},

		// It is 05:30:45 on Thursday 2 April 2026 in Tokyo.
		{`due = TODAY()`, row(due, "2026-04-02"), true},
		{`due = NOW()`, row(due, "2026-04-02"), true},
		{`due != TODAY()`, empty, true},
		{`due <= YESTERDAY()`, row(due, "2026-04-01"), true},
		{`due = THIS_WEEK()`, row(due, "2026-03-29"), true},
		{`due = THIS_WEEK()`, row(due, "2026-04-05"), false},
		{`due = LAST_WEEK(SATURDAY)`, row(due, "2026-03-28"), true},
		{`due > THIS_MONTH()`, row(due, "2026-04-30"), false},
		{`due > THIS_MONTH()`, row(due, "2026-05-01"), true},
		{`due = THIS_MONTH(LAST)`, row(due, "2026-04-30"), true},
		{`due = THIS_MONTH(31)`, row(due, "2026-05-01"), true},
		{`due = NEXT_MONTH(31)`, row(due, "2026-05-31"), true},
		{`due = LAST_YEAR()`, row(due, "2025-12-31"), true},
		{`due = FROM_TODAY(-2, WEEKS)`, row(due, "2026-03-19"), true},
		{`due = FROM_TODAY(-2, months)`, row(due, "2026-02-02"), true},
		{`due < FROM_TODAY(99999999, YEARS)`, row(due, "2026-04-02"), true},
		{`due < FROM_TODAY(-99999999, YEARS)`, row(due, "2026-04-02"), false},
		{`meeting = TODAY()`, row(meeting, "2026-04-01T15:00:00Z"), true},
		{`meeting = TODAY()`, row(meeting, "2026-04-02T15:00:00Z"), false},
		{`meeting < TODAY()`, row(meeting, "2026-04-01T14:59:00Z"), true},
		{`meeting < NOW()`, row(meeting, "2026-04-01T20:30:00Z"), true},
		{`meeting > NOW()`, row(meeting, "2026-04-01T20:31:00Z"), true},
		{`meeting = "2026-04-02T05:30+09:00"`, row(meeting, "2026-04-01T20:30:00Z"), true},
		{`meeting >= "2026-04-02"`, row(meeting, "2026-04-02T00:00:00Z"), true},
		{`created = "2026-04-01T20:30:00Z"`, row(created, "2026-04-01T20:30:59.999Z"), true},
		{`created > "2026-04-01T20:30:00Z"`, row(created, "2026-04-01T20:30:59.999Z"), false},

		{`part in ("")`, empty, false},
		{`part not in ("x")`, empty, false},
		{`part not like "x"`, empty, false},
		{`part in ("")`, row(parts, []query.Row{row()}), true},
		{`part in ("x") and quantity > 1`, row(parts, []query.Row{row(part, "x", quantity, "1"), row(part, "y", quantity, "2")}), false},
		{`part in ("x") and quantity > 1`, row(parts, []query.Row{row(part, "x", quantity, "2"), row(part, "y")}), true},
		{`(part in ("x") and title = "") and (quantity > 1)`, row(parts, []query.Row{row(part, "x"), row(quantity, "2")}), false},
		{`part in ("x") and (quantity > 1 or quantity > 5)`, row(parts, []query.Row{row(part, "x"), row(quantity, "2")}), true},
		{`part in ("x") and step in ("赤")`, row(parts, []query.Row{row(part, "x")}, steps, []query.Row{row(step, "1")}), true},
		{`part not in ("x")`, row(parts, []query.Row{row(part, "y"), row(part, "x")}), false},
		{`part not in ("x")`, row(parts, []query.Row{row(part, "y"), row()}), true},
	} {
		if got := query.Eval(check(t, tc.text, schema{}), tc.row); got != tc.want {
			t.Errorf("%s finds %v %v: %v", tc.text, tc.row.values, tc.row.rows, got)
		}
	}
}

func TestMaskedFieldsAreEmptyWhereTheyMayNotBeSeen(t *testing.T) {
	for _, tc := range []struct {
		text string
		row  *record
		want bool
	}{
		{`secret = "x"`, row(secret, "x", people, ",7,"), true},
		{`secret = "x"`, row(secret, "x", people, ",8,"), false},
		{`secret != "x"`, row(secret, "x", people, ",8,"), true},
		{`secret = ""`, row(secret, "x"), true},
		{`secret not like "x"`, row(secret, "x"), true},
		{`part in ("x")`, row(color, "1", parts, []query.Row{row(part, "x")}), true},
		{`part in ("x")`, row(color, "2", tags, ",1,", parts, []query.Row{row(part, "x")}), false},
		{`part not in ("x")`, row(color, "2", tags, ",1,", parts, []query.Row{row(part, "y")}), false},
	} {
		if got := query.Eval(check(t, tc.text, masked(t)), tc.row); got != tc.want {
			t.Errorf("%s finds %v: %v", tc.text, tc.row.values, got)
		}
	}
}

func TestOrder(t *testing.T) {
	a, b := row(stage, "3", due, "2026-04-01"), row(stage, "1")
	a.id, b.id = 1, 2
	for _, tc := range []struct {
		text  string
		first *record
	}{
		{``, b}, {`order by $id`, a}, {`order by due`, b}, {`order by due desc`, a}, {`order by stage`, a}, {`order by stage desc`, b},
		{`order by title`, b}, {`order by title desc, no asc, due`, a},
	} {
		c := check(t, tc.text, schema{})
		if (query.Compare(c, a, b) < 0) != (tc.first == a) || query.Compare(c, a, b) != -query.Compare(c, b, a) || query.Compare(c, a, a) != 0 {
			t.Errorf("%s: %d", tc.text, query.Compare(c, a, b))
		}
	}
}

// Attack case 80: days are those of the reader's zone, also where clocks are put forward at midnight, on leap days, and at both
// ends of time.
func TestDaysOfAZone(t *testing.T) {
	for _, tc := range []struct {
		zone, now, text, first, last string // the first and the last minute that text finds, in UTC
	}{
		{"Asia/Tokyo", "2026-04-01T14:59:59Z", `meeting = TODAY()`, "2026-03-31T15:00", "2026-04-01T14:59"},
		{"Asia/Tokyo", "2026-04-01T15:00:00Z", `meeting = TODAY()`, "2026-04-01T15:00", "2026-04-02T14:59"},
		{"UTC", "2026-04-01T15:00:00Z", `meeting = TODAY()`, "2026-04-01T00:00", "2026-04-01T23:59"},
		{"America/New_York", "2026-03-08T12:00:00Z", `meeting = TODAY()`, "2026-03-08T05:00", "2026-03-09T03:59"},      // 23 hours
		{"America/New_York", "2026-11-01T12:00:00Z", `meeting = TODAY()`, "2026-11-01T04:00", "2026-11-02T04:59"},      // 25
		{"America/Sao_Paulo", "2018-11-04T12:00:00Z", `meeting = TODAY()`, "2018-11-04T03:00", "2018-11-05T01:59"},     // begins at 01:00
		{"America/Sao_Paulo", "2018-11-04T12:00:00Z", `meeting = YESTERDAY()`, "2018-11-03T03:00", "2018-11-04T02:59"}, // and not before
		{"Australia/Lord_Howe", "2026-10-04T12:00:00Z", `meeting = TODAY()`, "2026-10-03T13:30", "2026-10-04T12:59"},
		{"Asia/Tokyo", "2028-02-29T03:00:00Z", `meeting = TODAY()`, "2028-02-28T15:00", "2028-02-29T14:59"},
		{"Asia/Tokyo", "2028-02-29T03:00:00Z", `meeting = THIS_MONTH()`, "2028-01-31T15:00", "2028-02-29T14:59"},
		{"Asia/Tokyo", "2028-02-29T03:00:00Z", `meeting = FROM_TODAY(-1, YEARS)`, "2027-02-27T15:00", "2027-02-28T14:59"},
		{"Asia/Tokyo", "2028-03-31T03:00:00Z", `meeting = FROM_TODAY(-1, MONTHS)`, "2028-02-28T15:00", "2028-02-29T14:59"},
		{"Asia/Tokyo", "2026-12-31T15:00:00Z", `meeting = THIS_YEAR()`, "2026-12-31T15:00", "2027-12-31T14:59"},
	} {
		zone, err := time.LoadLocation(tc.zone)
		if err != nil {
			t.Fatal(err)
		}
		e := env()
		if e.Now, err = time.Parse(time.RFC3339, tc.now); err != nil {
			t.Fatal(err)
		}
		e.Zone = zone
		c, err := query.Check(parse(t, tc.text), schema{}, e)
		if err != nil {
			t.Errorf("%s: %v", tc.text, err)
			continue
		}
		for _, edge := range []struct {
			at      string
			minutes int
			want    bool
		}{{tc.first, -1, false}, {tc.first, 0, true}, {tc.last, 0, true}, {tc.last, 1, false}} {
			at, err := time.Parse("2006-01-02T15:04", edge.at)
			if err != nil {
				t.Fatal(err)
			}
			v := field.Value(at.Add(time.Duration(edge.minutes) * time.Minute).Format("2006-01-02T15:04:00Z"))
			if got := query.Eval(c, row(meeting, string(v))); got != edge.want {
				t.Errorf("%s at %s in %s: %s %v", tc.text, tc.now, tc.zone, v, got)
			}
		}
	}
	for _, text := range []string{`due > FROM_TODAY(-999999999, YEARS)`, `due < FROM_TODAY(999999999, DAYS)`, `meeting < FROM_TODAY(99999, MONTHS)`, `meeting > "0000-01-01T00:00:00Z"`, `meeting < "9999-12-31T23:59:59Z"`, `due <= "9999-12-31"`, `due >= "0000-01-01"`} {
		q, err := query.Parse(text)
		if err == nil {
			_, err = query.Check(q, schema{}, env())
		}
		if err != nil && errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v", text, err)
		}
	}
}
