package record_test

import (
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/world"
)

// customers is an app of customers that shows their visits, and the app of those.
func customers(w *world.World) (people, visits *world.App) {
	visits = w.App("visits", "who text; n number; kind dropdown(call|visit); note multiline; on date; cost number; lines table(thing text)")
	for _, v := range []string{
		"who=ann n=1 kind=call note=asked_about_apples on=2026-04-01 cost=10.5", "who=ann n=2 kind=visit note=brought_brushes on=2026-05-01 cost=20",
		"who=ben n=3 kind=call note=secret_offer on=2026-06-01 cost=1000", "n=4 kind=call", "who=ann n=5 kind=call on=2026-07-01",
	} {
		visits.Add(v)
	}
	people = w.App("people", "name text; since date; most number")
	people.Define(fmt.Sprintf(`{
		"visits":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":"%[1]d"},"condition":{"field":"name","relatedField":"who"},"filterCond":"n < \"5\"",
			"displayFields":["n","kind","cost"],"sort":"n asc","size":"1","aggregates":[{"field":"cost","function":"SUM"},{"field":"cost","function":"AVERAGE"}]}},
		"late":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":"%[1]d"},"conditions":[{"field":"name","operator":"=","relatedField":"who"},
			{"field":"since","operator":"<","relatedField":"on"}],"displayFields":["n"],"sort":"n desc","size":"5"}},
		"others":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":"%[1]d"},"conditions":[{"field":"most","operator":"!=","relatedField":"n"},{"field":"most","operator":">=","relatedField":"cost"}],"displayFields":["n"]}}}`, visits.ID))
	people.Add("name=ann since=2026-04-15 most=20")
	people.Add("name=ben since=2026-04-15 most=3")
	people.Add("name=cid")
	people.Add("since=2026-04-15")
	return people, visits
}

// related tells what somebody sees of the records that belong to one: total, those shown, totals.
func related(t *testing.T, who world.Person, a *world.App, n id.Record, code string, offset int) string {
	t.Helper()
	page, err := who.Set(a).Related(t.Context(), n, code, offset)
	if err != nil {
		return world.Outcome(err)
	}
	text := fmt.Sprint(page.Total)
	for _, r := range page.Records {
		text += " #" + id.String(r.ID)
	}
	for _, x := range page.Totals {
		text += " " + x.Func + "=" + x.Value
	}
	return text
}

func TestRelatedRecords(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		people, _ := customers(w)
		for _, tc := range []struct {
			record id.Record
			code   string
			offset int
			want   string
		}{
			{1, "visits", 0, "2 #1 SUM=30.5 AVERAGE=15.25"},
			{1, "visits", 1, "2 #2 SUM=30.5 AVERAGE=15.25"},
			{2, "visits", 0, "1 #3 SUM=1000 AVERAGE=1000"},
			{3, "visits", 0, "0 SUM= AVERAGE="},
			{4, "visits", 0, "0 SUM= AVERAGE="}, // an empty value belongs to none
			{1, "late", 0, "2 #5 #2"},
			{2, "late", 0, "1 #3"},
			{1, "others", 0, "2 #2 #1"},
			{2, "others", 0, "0"},
			{1, "none", 0, "related.notFound"},
			{9, "visits", 0, "record.notFound"},
		} {
			same(t, fmt.Sprint(tc.record, tc.code, tc.offset), related(t, w.Root, people, tc.record, tc.code, tc.offset), tc.want)
		}
		lacks(t, "in records", get(t, w.Root, people, 1), "visits", "late")
	})
}

// Source: kintone query language, related records.
func TestQueriesOfRelatedRecords(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		people, visits := customers(w)
		visits.Update(1, input(t, `{"lines":{"value":[{"value":{"thing":{"value":"apple"}}}]}}`))
		for _, tc := range []struct{ query, want string }{
			{`visits.kind in ("call")`, "found 2"},
			{`visits.kind in ("visit")`, "found 1"},
			{`visits.n in (5)`, "found 0"}, // the list's own condition leaves it out
			{`late.n in (5)`, "found 1"},
			{`visits.note like "apples"`, "found 1"},
			{`visits.note like "offer" or visits.note like "brush"`, "found 2"},
			{`visits.kind not in ("visit")`, "found 1"}, // all of them, and there has to be one
			{`visits.note not like "apple"`, "found 1"},
			{`visits.$id = 3`, "found 1"},
			{`visits.$id != 3`, "found 1"},
			{`visits.cost >= 20`, "found 2"},
			{`visits.thing in ("apple")`, "found 1"},
			{`visits.note is empty`, "found 0"},
			{`name = "ann" and visits.kind in ("call") order by name desc`, "found 1"},
			{`visits.kind = "call"`, "query.operator"},
			{`visits.none in ("x")`, "query.unknownField"},
			{`visits.kind in ("none")`, "query.option"},
			{`none.kind in ("x")`, "query.relatedField"},
			{`name.kind in ("x")`, "query.relatedField"},
			{`order by visits.n asc`, "query.relatedField"},
		} {
			same(t, tc.query, w.Root.Query(people, tc.query), tc.want)
		}
		c, err := w.Root.Set(people).Count(t.Context(), `visits.kind in ("call")`)
		must(t, world.Outcome(err))
		same(t, "counting", fmt.Sprint(c.Count), "2")
	})
}

// Nobody sees, counts or finds by related records what he may not see in their own app.
func TestRelatedRecordsLeakNothing(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		people, visits := customers(w)
		aiko := w.User("aiko")
		same(t, "in the open", aiko.Query(people, `visits.note like "offer"`), "found 1")
		visits.Forbid(`note like "secret"`, "root")
		same(t, "a record he may not see", aiko.Query(people, `visits.note like "offer"`), "found 0")
		same(t, "by its id", aiko.Query(people, `visits.$id = 3`), "found 0")
		same(t, "not having it", aiko.Query(people, `visits.$id != 3`), "found 1")
		same(t, "listed", related(t, aiko, people, 2, "visits", 0), "0 SUM= AVERAGE=")
		same(t, "to the administrator", related(t, w.Root, people, 2, "visits", 0), "1 #3 SUM=1000 AVERAGE=1000")
		visits.Hide("cost", "aiko")
		same(t, "a field he may not see", aiko.Query(people, `visits.cost > 1`), "query.unknownField")
		same(t, "its total", related(t, aiko, people, 1, "visits", 0), "2 #1")
		visits.Hide("n", "aiko")
		same(t, "a field that the list's condition names", related(t, aiko, people, 1, "visits", 0), "0")
		same(t, "and asked by queries", aiko.Query(people, `visits.kind in ("call")`)+aiko.Query(people, `visits.kind not in ("visit")`), "found 0found 0")
		same(t, "a field that only its order names", related(t, aiko, people, 1, "late", 0), "2 #5 #2")
		visits.Hide("who", "aiko")
		same(t, "a field that is matched by", aiko.Query(people, `visits.kind in ("call")`), "query.relatedField")
		same(t, "and listed", related(t, aiko, people, 1, "visits", 0), "related.notFound")
		visits.Edit(func(s *app.Settings, _ *errs.Fields) { s.FieldRules, s.RecordRules = nil, nil })
		visits.Permit("aiko", access.Add)
		same(t, "an app he may not see", aiko.Query(people, `visits.kind in ("call")`), "query.relatedField")
		same(t, "and listed", related(t, aiko, people, 1, "visits", 0), "related.notFound")
		visits.Edit(func(s *app.Settings, _ *errs.Fields) { s.AppRules = s.AppRules[1:] })
		people.Hide("name", "aiko")
		same(t, "by a value of his own record that he may not see", aiko.Query(people, `visits.kind in ("call")`), "query.relatedField")
	})
}

func TestCandidates(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		goods, orders := shop(w)
		goods.Add("code=C-3 name=free price=1")
		goods.Add("code=D-4 name=secret price=500")
		aiko := w.User("aiko")
		list := func(typed string, limit int) string {
			page, err := aiko.Set(orders).Candidates(t.Context(), "item", typed, 0, limit)
			if err != nil {
				return world.Outcome(err)
			}
			text := ""
			for _, f := range page.Fields {
				text += f.Code + " "
			}
			for _, r := range page.Records {
				text += "#" + id.String(r.ID)
			}
			return fmt.Sprintf("%s %v", text, page.More)
		}
		same(t, "all, but what the condition leaves out", list("", 9), "code name #4#2#1 false")
		same(t, "a part of a name", list("ppl", 9), "code name #1 false")
		same(t, "a part of a key", list("b-", 9), "code name #2 false")
		same(t, "some", list("", 2), "code name #4#2 true")
		goods.Forbid(`name = "secret"`, "root")
		same(t, "one he may not see", list("", 9), "code name #2#1 false")
		goods.Hide("price", "aiko")
		same(t, "a lookup that copies what he may not see", list("", 9), "forbidden")
		_, err := aiko.Set(orders).Candidates(t.Context(), "memo", "", 0, 9)
		same(t, "no lookup", world.Outcome(err), "lookup.unknown")
	})
}

// Conditions that records in memory are asked may not name others.
func TestRelatedRecordsInSettings(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		people, _ := customers(w)
		edit := func(fn func(s *app.Settings, p *errs.Fields)) string {
			h, err := w.Apps.Open(t.Context(), w.Root.Actor(), people.ID)
			must(t, world.Outcome(err))
			_, err = h.Edit(t.Context(), app.AnyRevision, func(s *app.Settings, p *errs.Fields) error { fn(s, p); return nil })
			return world.Outcome(err)
		}
		view := func(filter string) string {
			return edit(func(s *app.Settings, p *errs.Fields) {
				_ = s.SetViews(map[string]app.ViewChange{"v": {Type: "LIST", Fields: []string{}, Filter: &filter}}, p)
			})
		}
		same(t, "a view", view(`visits.kind in ("call")`), "ok")
		same(t, "a view of what is not there", view(`visits.none in ("call")`), "validation views[v].filterCond=query.unknownField")
		same(t, "a permission", edit(func(s *app.Settings, p *errs.Fields) {
			s.SetRecordRules([]app.RecordRule{{Filter: `visits.kind in ("call")`}}, p)
		}), "validation rights[0].filterCond=query.relatedField")
	})
}
