package record_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// The checklist of kintone's product behaviour, 13.1 to 13.6.

// right reads "ben VE", "*sales V" (a group), "@owner VED" (a field), "everyone -".
func right(text string) (access.Entity, access.Verbs) {
	who, what, _ := strings.Cut(text, " ")
	var v access.Verbs
	for i, letter := range "VAED" {
		if strings.ContainsRune(what, letter) {
			v |= 1 << i
		}
	}
	switch {
	case who == access.Everyone:
		return access.Entity{Type: "GROUP", Code: who}, v
	case who[0] == '*':
		return access.Entity{Type: "GROUP", Code: who[1:]}, v
	case who[0] == '@':
		return access.Entity{Type: "FIELD_ENTITY", Code: who[1:]}, v
	}
	return access.Entity{Type: "USER", Code: who}, v
}

// rule is a record rule: its condition, then who may do what.
func rule(filter string, rights ...string) app.RecordRule {
	r := app.RecordRule{Filter: filter}
	for _, text := range rights {
		e, v := right(text)
		r.Entities = append(r.Entities, access.RecordRight{Entity: e, Verbs: v})
	}
	return r
}

// guarded is a field rule: who reads (V) or writes (VE) the field, and after " if " in which records.
func guarded(code string, rights ...string) app.FieldRule {
	r := app.FieldRule{Code: code}
	for _, text := range rights {
		text, filter, _ := strings.Cut(text, " if ")
		e, v := right(text)
		how := map[access.Verbs]string{0: "NONE", access.View: "READ"}[v]
		if how == "" {
			how = "WRITE"
		}
		r.Entities = append(r.Entities, access.FieldRight{Entity: e, Accessibility: how, Filter: filter})
	}
	return r
}

func setRecords(t *testing.T, a *world.App, rules ...app.RecordRule) {
	t.Helper()
	a.Edit(func(s *app.Settings, p *errs.Fields) { must(t, world.Outcome(s.SetRecordRules(rules, p))) })
}

func setFields(t *testing.T, a *world.App, rules ...app.FieldRule) {
	t.Helper()
	a.Edit(func(s *app.Settings, p *errs.Fields) { must(t, world.Outcome(s.SetFieldRules(rules, p))) })
}

// may says what somebody may do with a record: "VED", or "" when he cannot see it.
func may(t *testing.T, who world.Person, a *world.App, n id.Record) (s string) {
	t.Helper()
	list, err := who.Set(a).Rights(t.Context(), []id.Record{n})
	if err != nil {
		return ""
	}
	for i, ok := range []bool{list[0].View, list[0].Edit, list[0].Delete} {
		if ok {
			s += "VED"[i : i+1]
		}
	}
	return s
}

// 13.1
func TestOfTwoRowsOnlyTheUpperCounts(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		w.Group("sales", aiko)
		a := w.App("deals", "title text")
		n := a.Add("title=x")
		for _, tc := range []struct {
			rights []string
			want   string
		}{
			{[]string{"*sales V", "aiko VED"}, "V"},
			{[]string{"aiko VED", "*sales V"}, "VED"},
			{[]string{"aiko -", "*sales VED", "everyone VED"}, ""},
			{[]string{"everyone VED", "*sales V"}, "V"}, // wherever everyone stands, it is asked last
			{[]string{"everyone V", "root VED"}, "V"},
			{[]string{"root VED"}, ""},
			{[]string{"aiko ED"}, ""}, // editing needs seeing
		} {
			setRecords(t, a, rule("", tc.rights...))
			same(t, fmt.Sprint(tc.rights), may(t, aiko, a, n), tc.want)
		}
	})
}

// 13.2
func TestOfTwoConditionsOnlyTheUpperCounts(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("deals", "title text; cost number")
		n := a.Add("title=x cost=9")
		setRecords(t, a, rule(`cost > 5`, "root VED"), rule(`title = "x"`, "aiko VED", "everyone VED"))
		same(t, "not listed in the upper block", may(t, aiko, a, n), "")
		same(t, "and found by no query", aiko.Query(a, ""), "found 0")
		a.Update(n, input(t, `{"cost":{"value":"1"}}`))
		same(t, "once the lower one decides", may(t, aiko, a, n), "VED")
		a.Update(n, input(t, `{"title":{"value":"y"}}`))
		same(t, "where none matches, the app decides", may(t, aiko, a, n), "VED")
	})
}

// 13.3
func TestWhoOnlyAddsSeesNothingAfterwards(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("box", "title text")
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			must(t, world.Outcome(s.SetAppRules([]access.AppRule{{Entity: access.Entity{Type: "USER", Code: "aiko"}, Verbs: access.Add | access.Edit}}, p)))
		})
		out, err := aiko.Set(a).Add(t.Context(), []record.Input{input(t, `{"title":{"value":"x"}}`)}, "record")
		same(t, "adding", world.Outcome(err), "ok")
		same(t, "looking", get(t, aiko, a, out[0].ID), "forbidden")
		same(t, "changing", update(t, aiko, a, out[0].ID, `{}`), "forbidden")
	})
}

// 13.4
func TestRightsFollowWhomFieldsName(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko, ben := w.User("aiko"), w.User("ben")
		a := ruledBy(t, w, aiko)
		setRecords(t, a, rule("", "root VED", "@owner VED", "@team VE", "@unit V", "@作成者 V"))
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			rules := s.RecordRules
			rules[0].Entities[3].IncludeSubs = true
			must(t, world.Outcome(s.SetRecordRules(rules, p)))
		})
		n := a.AddJSON(`{"title":{"value":"x"}}`)
		same(t, "named nowhere", may(t, aiko, a, n), "")
		for _, step := range []struct{ values, want string }{
			{`{"owner":{"value":[{"code":"ben"},{"code":"aiko"}]}}`, "VED"},
			{`{"owner":{"value":[]},"team":{"value":[{"code":"sales"}]}}`, "VE"},
			{`{"team":{"value":[]},"unit":{"value":[{"code":"tokyo"}]}}`, "V"},
			{`{"unit":{"value":[{"code":"japan"}]}}`, "V"}, // she is in an organisation below
			{`{"unit":{"value":[]}}`, ""},
		} {
			a.Update(n, input(t, step.values))
			same(t, step.values, may(t, aiko, a, n), step.want)
			same(t, step.values+" by query", aiko.Query(a, ""), map[bool]string{true: "found 0", false: "found 1"}[step.want == ""])
		}
		out, err := aiko.Set(a).Add(t.Context(), []record.Input{input(t, `{}`)}, "record")
		same(t, "adding", world.Outcome(err), "ok")
		same(t, "who made it", may(t, aiko, a, out[0].ID), "V")
		same(t, "others", may(t, ben, a, out[0].ID), "")
	})
}

// ruledBy is an app with fields for people, organisations and groups, and aiko in the group sales and in tokyo below japan.
func ruledBy(t *testing.T, w *world.World, aiko world.Person) *world.App {
	t.Helper()
	w.Organization("japan", "")
	w.Organization("tokyo", "japan", aiko)
	w.Group("sales", aiko)
	a := w.App("ruled", "title text; owner user")
	a.Define(`{"unit":{"type":"ORGANIZATION_SELECT"},"team":{"type":"GROUP_SELECT"}}`)
	return a
}

// 13.5: what is hidden in one record leaks by no way that leads to it.
func TestMaskedValuesLeakNowhere(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("staff", "name text; owner user; wage number; note multiline; key text unique; docs file; lines table(part text, price number)")
		a.Edit(func(s *app.Settings, p *errs.Fields) { s.SetTitleField("note", p) })
		add := func(owner, word string, wage int) id.Record {
			return a.AddJSON(fmt.Sprintf(`{"name":{"value":"x"},"owner":{"value":[{"code":%q}]},"wage":{"value":"%d"},"note":{"value":"%s_note"},"key":{"value":"%s_key"},
				"docs":{"value":[{"fileKey":%q}]},"lines":{"value":[{"value":{"part":{"value":"%s_part"},"price":{"value":"5"}}}]}}`,
				owner, wage, word, word, w.Upload(word+"_name.txt", word+"_content"), word))
		}
		mine, theirs := add("aiko", "open", 5), add("root", "kakushi", 777)
		a.Update(theirs, input(t, `{"note":{"value":"kakushi_later"},"wage":{"value":"778"},"lines":{"value":[{"value":{"part":{"value":"kakushi_new"}}}]}}`))
		key := w.FileKey(a, theirs, "docs")
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			must(t, world.Outcome(s.SetAppRules([]access.AppRule{{Entity: access.Entity{Type: "GROUP", Code: access.Everyone}, Verbs: access.All}}, p)))
		})
		setFields(t, a, guarded("wage", "@owner VE"), guarded("note", "@owner VE", "everyone -"), guarded("key", "@owner VE"), guarded("docs", "everyone V if owner in (LOGINUSER())"),
			guarded("part", "everyone VE if owner in (LOGINUSER())"))
		set := aiko.Set(a)
		contains(t, "hers", get(t, aiko, a, mine), "open_note", "open_key", "open_part", "open_name", `"wage":{"type":"NUMBER","value":"5"}`)
		text := get(t, aiko, a, theirs)
		contains(t, "the open fields of another's", text, `"name"`, `"lines"`, `"price"`)
		lacks(t, "another's", text, "kakushi", "777", "778", `"wage"`, `"note"`, `"part"`)
		for query, want := range map[string]string{
			`wage > 500`: "found 0", `wage = 778`: "found 0", `note like "kakushi"`: "found 0", `key = "kakushi_key"`: "found 0", `part like "kakushi"`: "found 0",
			`part in ("kakushi_new")`: "found 0", `docs like "kakushi"`: "found 0", `wage = 5`: "found 1", `note like "open"`: "found 1", `wage = ""`: "found 1", `not_there = 1`: "query.unknownField",
		} {
			same(t, query, aiko.Query(a, query), want)
		}
		page, err := set.Query(t.Context(), "order by wage desc", nil, false)
		if err != nil || page.Records[0].ID != mine { // the highest is hidden, and comes where empty ones do
			t.Errorf("the order by a masked number: %v %v", page.Records, err)
		}
		title, err := set.Title(t.Context(), theirs)
		same(t, "the title", title+" "+world.Outcome(err), fmt.Sprintf("#%d ok", theirs))
		history, _, err := set.History(t.Context(), theirs, 0)
		b, _ := json.Marshal(history)
		lacks(t, "the history", fmt.Sprint(string(b), err), "kakushi", "777", "778")
		_, err = set.Attachment(t.Context(), theirs, a.Field("docs").ID, key)
		same(t, "the file", world.Outcome(err), "file.notFound")
		same(t, "by key", byKey(t, set, "kakushi_key"), "record.keyNotFound")
		same(t, "by her own key", byKey(t, set, "open_key"), "ok")
		same(t, "writing it", update(t, aiko, a, theirs, `{"wage":{"value":"1"}}`), "record.fieldReadOnly")
		same(t, "writing its column", update(t, aiko, a, theirs, `{"lines":{"value":[{"value":{"part":{"value":"x"}}}]}}`), "record.fieldReadOnly")
		same(t, "writing it and making it hers", update(t, aiko, a, theirs, `{"owner":{"value":[{"code":"aiko"}]},"wage":{"value":"1"}}`), "record.fieldReadOnly")
		same(t, "writing back what was read", update(t, aiko, a, theirs, readable(t, text)), "ok")
		contains(t, "nothing was lost by that", get(t, w.Root, a, theirs), `"name"`)
		lacks(t, "an export", exported(t, set), "kakushi", "777", "778")
		contains(t, "an export", exported(t, set), "open_note", "open_part")
		setFields(t, a)
		contains(t, "what was there is there", get(t, w.Root, a, theirs), "kakushi_later", "778", "kakushi_new")
	})
}

func byKey(t *testing.T, set *record.Set, value string) string {
	t.Helper()
	_, err := set.Update(t.Context(), []record.Change{{Key: record.Key{Field: "key", Value: value}, Record: record.Input{}, Revision: record.AnyRevision}}, false, "record")
	return world.Outcome(err)
}

// readable is what of an answer can be written back.
func readable(t *testing.T, text string) string {
	t.Helper()
	var all map[string]struct {
		Type  field.Type      `json:"type"`
		Value json.RawMessage `json:"value"`
	}
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	for code, v := range all {
		if v.Type.System() || strings.HasPrefix(code, "$") {
			delete(all, code)
		}
	}
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// exported is all of an export's cells.
func exported(t *testing.T, set *record.Set) string {
	t.Helper()
	e, err := set.Export(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for r, err := range e.Records(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&out, r.Lines)
	}
	return out.String()
}

// 13.6
func TestRequiredFieldsThatNobodyMayWriteSaySo(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("staff", "name text; kakushi text required; owner user")
		add := func(values string) string {
			_, err := aiko.Set(a).Add(t.Context(), []record.Input{input(t, values)}, "record")
			return world.Outcome(err)
		}
		setFields(t, a, guarded("kakushi", "root VE"))
		same(t, "hidden", add(`{"name":{"value":"x"}}`), "validation record=record.hiddenProblem")
		setFields(t, a, guarded("kakushi", "@owner VE"))
		same(t, "hidden in records of others, as a new one is", add(`{"name":{"value":"x"}}`), "validation record=record.hiddenProblem")
		same(t, "also when it will be hers", add(`{"owner":{"value":[{"code":"aiko"}]},"kakushi":{"value":"x"}}`), "record.fieldReadOnly")
		setFields(t, a, guarded("kakushi", "@作成者 VE"))
		same(t, "open to who makes the record", add(`{"kakushi":{"value":"x"}}`), "ok")
		same(t, "and missing", add(`{}`), "validation record.kakushi.value=field.required")
	})
}

// A field's rights can depend on the record's other fields: nobody locks a state in kintone so.
func TestFieldsLockedInAState(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("orders", "title text; price number; stage dropdown(open|sent)")
		n := a.Add("title=x price=5 stage=open")
		setFields(t, a, guarded("price", `everyone V if stage in ("sent")`, "everyone VE"))
		same(t, "open", update(t, aiko, a, n, `{"price":{"value":"6"}}`), "ok")
		same(t, "with the step that locks it", update(t, aiko, a, n, `{"price":{"value":"7"},"stage":{"value":"sent"}}`), "ok")
		same(t, "locked", update(t, aiko, a, n, `{"price":{"value":"8"}}`), "record.fieldReadOnly")
		same(t, "with the step that unlocks it", update(t, aiko, a, n, `{"price":{"value":"8"},"stage":{"value":"open"}}`), "record.fieldReadOnly")
		contains(t, "still to be seen", get(t, aiko, a, n), `"value":"7"`)
		_, err := aiko.Set(a).Revert(t.Context(), n, 1, record.AnyRevision)
		same(t, "going back", world.Outcome(err), "ok")
		contains(t, "leaves it", get(t, aiko, a, n), `"value":"7"`, `"open"`)
	})
}

// Attack case 83: what a rule names may go, and the rule opens to nobody.
func TestRulesCloseWhenWhatTheyNameGoes(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("deals", "title text; cost number; owner user; wage number")
		n := a.Add("title=x cost=1 wage=5")
		setRecords(t, a, rule(`cost > 5`, "root VED"))
		setFields(t, a, guarded("wage", "aiko - if cost > 0", "everyone V"))
		same(t, "the rule does not match", may(t, aiko, a, n), "VED")
		lacks(t, "and the field's does", get(t, aiko, a, n), `"wage"`)
		a.Edit(func(s *app.Settings, _ *errs.Fields) { must(t, world.Outcome(s.DeleteFields([]string{"cost"}))) })
		same(t, "without its field", may(t, aiko, a, n), "")
		a.AddFields("cost number")
		same(t, "when a field of that code comes again", may(t, aiko, a, n), "")
		setRecords(t, a)
		lacks(t, "the field's", get(t, aiko, a, n), `"wage"`)
		dir, err := w.People.Directory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if shown := w.Root.Set(a).App().Settings.Permissions(dir); !shown.Fields[0].Entities[0].Lost || shown.Fields[0].Entities[1].Lost {
			t.Errorf("managers are shown %+v", shown.Fields)
		}

		setFields(t, a)
		setRecords(t, a, rule("", "@owner -", "everyone VED"))
		same(t, "who is not the owner", may(t, aiko, a, n), "VED")
		a.Edit(func(s *app.Settings, _ *errs.Fields) { must(t, world.Outcome(s.DeleteFields([]string{"owner"}))) })
		same(t, "when nobody can tell who was", may(t, aiko, a, n), "")
	})
}
