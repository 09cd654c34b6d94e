package access_test

import (
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// tasks names people in every way a record can.
var (
	cost    = &field.Field{ID: 2, Code: "cost", Type: field.Number}
	owner   = &field.Field{ID: 6, Code: "owner", Type: field.UserSelect}
	unit    = &field.Field{ID: 7, Code: "unit", Type: field.OrganizationSelect}
	team    = &field.Field{ID: 8, Code: "team", Type: field.GroupSelect}
	maker   = &field.Field{ID: 9, Code: "maker", Type: field.Creator}
	turn    = &field.Field{ID: 10, Code: "turn", Type: field.StatusAssignee}
	tasks   = form{{ID: 1, Code: "title", Type: field.SingleLineText}, cost, owner, unit, team, maker, turn}
	carol   = access.User(access.UserInfo{ID: 5, Code: "carol", Groups: []access.Unit{{ID: 31, Code: "sales"}}, Organizations: []access.Unit{{ID: 21, Code: "tokyo"}}, Above: []access.Unit{{ID: 20, Code: "japan"}}})
	outside = access.User(access.UserInfo{ID: 6, Code: "dave"})
)

// line is a record in memory.
type line map[*field.Field]field.Value

func (l line) Value(f *field.Field) field.Value {
	for g, v := range l {
		if g.Type == f.Type && g.ID == f.ID {
			return v
		}
	}
	return ""
}

func (line) Rows(*field.Field) []query.Row { return nil }

// where is a condition on tasks.
func where(t testing.TB, text string) *query.Checked {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	c, err := query.Check(q, access.Decide(machine, access.Policy{}, tasks), query.Env{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func may(l access.Lens, r query.Row) (s string) {
	for i, v := range []access.Verbs{access.View, access.Edit, access.Delete} {
		if l.May(v, r) {
			s += "VED"[i : i+1]
		}
	}
	return s
}

const everything = access.View | access.Edit | access.Delete

func TestWhatMayBeDoneWithARecord(t *testing.T) {
	by := func(code string) access.Entity { return entity("FIELD_ENTITY", code) }
	to := func(e access.Entity, v access.Verbs) access.RecordRight {
		return access.RecordRight{Entity: e, Verbs: v}
	}
	below := func(e access.Entity) access.RecordRight {
		return access.RecordRight{Entity: e, IncludeSubs: true, Verbs: everything}
	}
	gone := func(e access.Entity) access.Entity { e.Lost = true; return e }
	rule := func(when string, list ...access.RecordRight) access.RecordRule {
		r := access.RecordRule{Entities: list}
		if when != "" {
			r.When = where(t, when)
		}
		return r
	}
	for _, tc := range []struct {
		name  string
		rules []access.RecordRule
		who   access.Actor
		row   line
		want  string
	}{
		{"no rule", nil, carol, line{}, "VED"},
		{"a rule that does not match", []access.RecordRule{rule(`cost > 5`)}, carol, line{cost: "1"}, "VED"},
		{"one that matches and names nobody", []access.RecordRule{rule(`cost > 5`)}, carol, line{cost: "9"}, ""},
		{"the upper one decides", []access.RecordRule{rule(`cost > 5`, to(everyone, access.View)), rule(``, to(everyone, everything))}, carol, line{cost: "9"}, "V"},
		{"the lower one, where the upper does not match", []access.RecordRule{rule(`cost > 5`, to(everyone, access.View)), rule(``, to(everyone, everything))}, carol, line{}, "VED"},
		{"what no rule reaches is nothing", []access.RecordRule{rule(``, to(everyone, access.View)), rule(``, to(everyone, everything))}, carol, line{}, "V"},
		{"editing needs seeing", []access.RecordRule{rule(``, to(everyone, access.Edit|access.Delete))}, carol, line{}, ""},
		{"everyone comes last", []access.RecordRule{rule(``, to(everyone, everything), to(entity("USER", "carol"), access.View))}, carol, line{}, "V"},

		{"by a field of people", []access.RecordRule{rule(``, to(by("owner"), everything))}, carol, line{owner: ",4,5,"}, "VED"},
		{"which names another", []access.RecordRule{rule(``, to(by("owner"), everything))}, carol, line{owner: ",55,15,"}, ""},
		{"or nobody", []access.RecordRule{rule(``, to(by("owner"), everything))}, carol, line{}, ""},
		{"as who made it", []access.RecordRule{rule(``, to(by("maker"), everything), to(everyone, access.View))}, carol, line{maker: "5"}, "VED"},
		{"as who did not", []access.RecordRule{rule(``, to(by("maker"), everything), to(everyone, access.View))}, carol, line{maker: "4"}, "V"},
		{"by whose turn it is", []access.RecordRule{rule(``, to(by("turn"), everything))}, carol, line{turn: ",5,"}, "VED"},
		{"as his deputy", []access.RecordRule{rule(``, to(by("turn"), everything))}, carol, line{turn: ",77,"}, "VED"},
		{"who is none for other fields", []access.RecordRule{rule(``, to(by("owner"), everything))}, carol, line{owner: ",77,"}, ""},
		{"by a field of groups", []access.RecordRule{rule(``, to(by("team"), everything))}, carol, line{team: ",31,"}, "VED"},
		{"by the group of everyone in it", []access.RecordRule{rule(``, to(by("team"), everything))}, outside, line{team: ",99,"}, "VED"},
		{"a group's number is no user's", []access.RecordRule{rule(``, to(by("team"), everything))}, carol, line{team: ",5,"}, ""},
		{"by a field of organisations", []access.RecordRule{rule(``, to(by("unit"), everything))}, carol, line{unit: ",21,"}, "VED"},
		{"not by one above", []access.RecordRule{rule(``, to(by("unit"), everything))}, carol, line{unit: ",20,"}, ""},
		{"but with those below it", []access.RecordRule{rule(``, below(by("unit")))}, carol, line{unit: ",20,"}, "VED"},
		{"by an organisation with those below it", []access.RecordRule{rule(``, below(entity("ORGANIZATION", "japan")))}, carol, line{}, "VED"},
		{"and without", []access.RecordRule{rule(``, to(entity("ORGANIZATION", "japan"), everything))}, carol, line{}, ""},
		{"the first that names her, a field or not", []access.RecordRule{rule(``, to(by("owner"), access.View), to(entity("GROUP", "sales"), everything))}, carol, line{owner: ",5,"}, "V"},
		{"the next one in other records", []access.RecordRule{rule(``, to(by("owner"), access.View), to(entity("GROUP", "sales"), everything))}, carol, line{}, "VED"},
		{"a field of a rule's own records", []access.RecordRule{rule(`cost > 5`, to(by("owner"), everything)), rule(``, to(everyone, access.View))}, carol, line{owner: ",5,"}, "V"},
		{"programs are under no rule", []access.RecordRule{rule(``)}, access.Token(access.TokenInfo{As: access.UserInfo{ID: 9}, Rights: map[id.App]access.Verbs{7: everything}}), line{}, "VED"},

		{"a field that is gone gives nothing", []access.RecordRule{rule(``, to(by("ghost"), everything), to(everyone, access.View))}, carol, line{}, "V"},
		{"and goes on to take", []access.RecordRule{rule(``, to(by("ghost"), 0), to(everyone, everything))}, carol, line{}, ""},
		{"but not from whom an upper one names", []access.RecordRule{rule(``, to(entity("USER", "carol"), everything), to(by("ghost"), 0))}, carol, line{}, "VED"},
		{"a field that names nobody is as gone", []access.RecordRule{rule(``, to(by("title"), access.View), to(everyone, everything))}, carol, line{}, "V"},
		{"a group that is gone", []access.RecordRule{rule(``, to(gone(entity("GROUP", "old")), 0), to(everyone, everything))}, carol, line{}, ""},
		{"a user who is gone was nobody else", []access.RecordRule{rule(``, to(gone(entity("USER", "old")), 0), to(everyone, everything))}, carol, line{}, "VED"},
	} {
		p := access.Policy{ID: 7, Everyone: 99, For: []id.User{77}, App: []access.AppRule{{Entity: everyone, Verbs: everything}}, Records: tc.rules}
		lens := access.Decide(tc.who, p, tasks)
		if got := may(lens, tc.row); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
		if found := query.Eval(lens.Where(nil), tc.row); found != (tc.want != "") {
			t.Errorf("%s: queries find it: %v", tc.name, found)
		}
		if lens.All() && tc.want == "" {
			t.Errorf("%s: all records are said to be seen", tc.name)
		}
	}
}

func TestWhatMayBeDoneWithAFieldOfARecord(t *testing.T) {
	to := func(e access.Entity, how, when string) access.FieldRight {
		r := access.FieldRight{Entity: e, Accessibility: how}
		if when != "" {
			r.When = where(t, when)
		}
		return r
	}
	lost := func(r access.FieldRight) access.FieldRight { r.Lost = true; return r }
	byOwner := entity("FIELD_ENTITY", "owner")
	for _, tc := range []struct {
		name  string
		rules []access.FieldRight
		row   line
		want  string
	}{
		{"named by no entry", nil, line{}, "hidden"},
		{"by a field", []access.FieldRight{to(byOwner, "WRITE", "")}, line{owner: ",5,"}, "write"},
		{"which names another", []access.FieldRight{to(byOwner, "WRITE", "")}, line{owner: ",4,"}, "masked"},
		{"then everyone", []access.FieldRight{to(byOwner, "WRITE", ""), to(everyone, "READ", "")}, line{owner: ",4,"}, "read"},
		{"in some records", []access.FieldRight{to(everyone, "READ", `cost > 5`), to(everyone, "WRITE", "")}, line{cost: "9"}, "read"},
		{"and in others", []access.FieldRight{to(everyone, "READ", `cost > 5`), to(everyone, "WRITE", "")}, line{cost: "1"}, "write"},
		{"a condition for one and not the other", []access.FieldRight{to(entity("USER", "carol"), "NONE", `cost > 5`), to(everyone, "WRITE", "")}, line{cost: "9"}, "masked"},
		{"a lost condition gives nothing", []access.FieldRight{lost(to(entity("USER", "carol"), "WRITE", "")), to(everyone, "READ", "")}, line{}, "read"},
		{"and goes on to take", []access.FieldRight{lost(to(entity("USER", "carol"), "READ", "")), to(everyone, "WRITE", "")}, line{}, "read"},
		{"everything", []access.FieldRight{lost(to(entity("USER", "carol"), "NONE", "")), to(everyone, "WRITE", "")}, line{}, "hidden"},
		{"but not from others", []access.FieldRight{lost(to(entity("USER", "ben"), "NONE", "")), to(everyone, "WRITE", "")}, line{}, "write"},
	} {
		p := access.Policy{ID: 7, App: []access.AppRule{{Entity: everyone, Verbs: everything}}, Fields: []access.FieldRule{{Field: 1, Entities: tc.rules}}}
		lens := access.Decide(carol, p, tasks)
		sight, ok := lens.Sight("title")
		got := "hidden"
		switch {
		case ok && sight.Writable(tc.row):
			got = "write"
		case ok && sight.Shown(tc.row):
			got = "read"
		case ok:
			got = "masked"
		}
		if got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
		if ref, _ := lens.Lookup("title"); ok && ref.Mask != sight.Mask {
			t.Errorf("%s: queries see it by another mask", tc.name)
		}
	}
}
