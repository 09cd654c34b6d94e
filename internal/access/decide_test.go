package access_test

import (
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

type form []*field.Field

func (f form) Fields() []*field.Field { return f }

// orders has a text, a number and a table of two columns.
var orders = form{
	{ID: 1, Code: "title", Type: field.SingleLineText},
	{ID: 2, Code: "cost", Type: field.Number},
	{ID: 3, Code: "lines", Type: field.Subtable, Fields: []*field.Field{
		{ID: 4, Code: "part", Type: field.SingleLineText}, {ID: 5, Code: "price", Type: field.Number},
	}},
}

var (
	aiko    = access.User(access.UserInfo{ID: 2, Code: "aiko", Groups: []access.Unit{{ID: 1, Code: "sales"}}, Organizations: []access.Unit{{ID: 1, Code: "tokyo"}}})
	creator = access.User(access.UserInfo{ID: 1, Code: "maker"})
	admin   = access.User(access.UserInfo{ID: 3, Code: "root", Admin: true})
	program = access.Token(access.TokenInfo{As: access.UserInfo{ID: 9}, Rights: map[id.App]access.Verbs{7: access.View | access.Export}})
	guest   = access.LinkHolder(access.LinkInfo{Share: 1})
	machine = access.System("test")
	nobody  access.Actor
)

func entity(kind, code string) access.Entity { return access.Entity{Type: kind, Code: code} }

var everyone = entity("GROUP", access.Everyone)

// verbs names what a Lens lets somebody do: V, A, E, D, M, I, X.
func verbs(l access.Lens) (s string) {
	for i, letter := range "VAEDMIX" {
		if l.Can(access.Verbs(1 << i)) {
			s += string(letter)
		}
	}
	return s
}

func TestWhatMayBeDoneInAnApp(t *testing.T) {
	rule := func(e access.Entity, v access.Verbs) access.AppRule { return access.AppRule{Entity: e, Verbs: v} }
	for _, tc := range []struct {
		name  string
		rules []access.AppRule
		who   access.Actor
		want  string
	}{
		{"no rule", nil, aiko, ""},
		{"no rule, for nobody", nil, nobody, ""},
		{"everyone is every user", []access.AppRule{rule(everyone, access.View)}, aiko, "V"},
		{"and nobody else", []access.AppRule{rule(everyone, access.View)}, nobody, ""},
		{"not somebody outside", []access.AppRule{rule(everyone, access.All)}, guest, ""},
		{"by login name", []access.AppRule{rule(entity("USER", "aiko"), access.View)}, aiko, "V"},
		{"by another's", []access.AppRule{rule(entity("USER", "ben"), access.View)}, aiko, ""},
		{"by group", []access.AppRule{rule(entity("GROUP", "sales"), access.View|access.Add)}, aiko, "VA"},
		{"by organization", []access.AppRule{rule(entity("ORGANIZATION", "tokyo"), access.View)}, aiko, "V"},
		{"by the code of another kind", []access.AppRule{rule(entity("ORGANIZATION", "sales"), access.View), rule(entity("USER", "tokyo"), access.View)}, aiko, ""},
		{"as creator", []access.AppRule{rule(entity("CREATOR", ""), access.All)}, creator, "VAEDMIX"},
		{"as not the creator", []access.AppRule{rule(entity("CREATOR", ""), access.All)}, aiko, ""},
		{"the first that names her decides", []access.AppRule{rule(entity("GROUP", "sales"), access.View), rule(entity("USER", "aiko"), access.All)}, aiko, "V"},
		{"also when it gives nothing", []access.AppRule{rule(entity("USER", "aiko"), 0), rule(everyone, access.All)}, aiko, ""},
		{"everyone comes last wherever it stands", []access.AppRule{rule(everyone, access.All), rule(entity("USER", "aiko"), access.View)}, aiko, "V"},
		{"an unknown kind of entity names nobody", []access.AppRule{rule(entity("ROBOT", "aiko"), access.All)}, aiko, ""},
		{"changing needs seeing", []access.AppRule{rule(everyone, access.Edit|access.Delete|access.Export)}, aiko, ""},
		{"bringing in needs adding", []access.AppRule{rule(everyone, access.View|access.Import)}, aiko, "V"},
		{"adding needs nothing", []access.AppRule{rule(everyone, access.Add|access.Import)}, aiko, "AI"},
		{"administrators reach the settings, not the records", nil, admin, "M"},
		{"and what a rule gives them", []access.AppRule{rule(everyone, access.View)}, admin, "VM"},
		{"a program has its token's rights", []access.AppRule{rule(everyone, access.All)}, program, "V"},
		{"the system may do everything", nil, machine, "VAEDMIX"},
	} {
		got := verbs(access.Decide(tc.who, access.Policy{ID: 7, Creator: 1, App: tc.rules}, orders))
		if got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
	if got := verbs(access.Decide(program, access.Policy{ID: 8, App: []access.AppRule{rule(everyone, access.All)}}, orders)); got != "" {
		t.Errorf("a program in another app: %q", got)
	}
}

// sights names what a Lens shows: "title* cost lines(part)", with * for what may be written.
func sights(l access.Lens) (s string) {
	mark := func(code string) string {
		if sight, _ := l.Sight(code); sight.Write {
			return code + "*"
		}
		return code
	}
	for _, f := range l.Fields() {
		s += mark(f.Code)
		if inner := l.Inner(f); len(inner) > 0 {
			s += "("
			for _, g := range inner {
				s += mark(g.Code) + " "
			}
			s = s[:len(s)-1] + ")"
		}
		s += " "
	}
	return s
}

func TestWhatIsShown(t *testing.T) {
	open := []access.AppRule{{Entity: everyone, Verbs: access.All}}
	right := func(f id.Field, list ...access.FieldRight) access.FieldRule {
		return access.FieldRule{Field: f, Entities: list}
	}
	to := func(e access.Entity, how string) access.FieldRight {
		return access.FieldRight{Entity: e, Accessibility: how}
	}
	for _, tc := range []struct {
		name  string
		rules []access.FieldRule
		who   access.Actor
		want  string
	}{
		{"no rule", nil, aiko, "title* cost* lines*(part* price*) "},
		{"not named", []access.FieldRule{right(2, to(entity("USER", "ben"), "WRITE"))}, aiko, "title* lines*(part* price*) "},
		{"none", []access.FieldRule{right(2, to(entity("USER", "aiko"), "NONE"), to(everyone, "WRITE"))}, aiko, "title* lines*(part* price*) "},
		{"read", []access.FieldRule{right(2, to(everyone, "READ"))}, aiko, "title* cost lines*(part* price*) "},
		{"the first counts", []access.FieldRule{right(2, to(entity("GROUP", "sales"), "READ"), to(entity("USER", "aiko"), "WRITE"))}, aiko, "title* cost lines*(part* price*) "},
		{"a word that is none", []access.FieldRule{right(2, to(everyone, "write"))}, aiko, "title* lines*(part* price*) "},
		{"a column", []access.FieldRule{right(5)}, aiko, "title* cost* lines*(part*) "},
		{"a table with its columns", []access.FieldRule{right(3)}, aiko, "title* cost* "},
		{"a table that may be read", []access.FieldRule{right(3, to(everyone, "READ"))}, aiko, "title* cost* lines(part price) "},
		{"administrators are under the rules", []access.FieldRule{right(2)}, admin, "title* lines*(part* price*) "},
		{"programs are not", []access.FieldRule{right(2)}, program, "title* cost* lines*(part* price*) "},
		{"nobody", nil, nobody, ""},
	} {
		lens := access.Decide(tc.who, access.Policy{ID: 7, App: open, Fields: tc.rules}, orders)
		if got := sights(lens); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
		for _, code := range []string{"title", "cost", "lines", "part", "price"} {
			_, shown := lens.Sight(code)
			if _, named := lens.Lookup(code); named != shown {
				t.Errorf("%s: %s is shown: %v, and may be named in a query: %v", tc.name, code, shown, named)
			}
		}
	}
}

// A Lens only narrows, whatever it is given.
func TestNarrow(t *testing.T) {
	policy := access.Policy{ID: 7, App: []access.AppRule{{Entity: everyone, Verbs: access.View | access.Edit}}, Fields: []access.FieldRule{{Field: 2}}}
	lens := access.Decide(aiko, policy, orders)
	for _, tc := range []struct {
		name   string
		verbs  access.Verbs
		rows   access.RowRules
		fields []id.Field
		want   string
	}{
		{"everything there is", access.All, nil, []id.Field{1, 2, 3, 4, 5}, "VE title* lines*(part* price*)  true"},
		{"no field", access.All, nil, nil, "VE  true"},
		{"a hidden field", access.All, nil, []id.Field{2}, "VE  true"},
		{"a table without columns", access.All, nil, []id.Field{3}, "VE lines*  true"},
		{"a column without its table", access.All, nil, []id.Field{4}, "VE  true"},
		{"a table with a column", access.View, nil, []id.Field{3, 4}, "V lines*(part*)  false"},
		{"nothing to be done", 0, nil, []id.Field{1}, " title*  false"},
		{"writing without seeing", access.Edit, nil, []id.Field{1}, " title*  false"},
		{"rows", access.All, access.RowRules{{Verbs: access.View}}, []id.Field{1}, "VE title*  false"},
	} {
		n := lens.Narrow(tc.verbs, tc.rows, tc.fields...)
		if got := fmt.Sprintf("%s %s %v", verbs(n), sights(n), n.May(access.Edit, nil)); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
		if again := n.Narrow(access.All, nil, 1, 2, 3, 4, 5); verbs(again) != verbs(n) || sights(again) != sights(n) || again.May(access.Edit, nil) != n.May(access.Edit, nil) {
			t.Errorf("%s: narrowed by everything it is another", tc.name)
		}
	}
	var zero access.Lens
	if zero.Can(access.View) || zero.Can(0) || len(zero.Fields()) > 0 || verbs(zero.Narrow(access.All, nil, 1)) != "" {
		t.Error("the zero Lens shows something")
	}
}
