package query_test

import (
	"testing"

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
