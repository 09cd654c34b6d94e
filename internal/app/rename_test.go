package app_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/world"
)

func TestNewCodesAreFollowed(t *testing.T) {
	w := world.New(t)
	a := w.App("deals", "title text; cost number; due date; lines table(part text)")
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		if err := s.SetViews(map[string]app.ViewChange{
			"list":     {Type: "LIST", Fields: []string{"title", "cost", "part"}, Filter: new(`title = "cost" and (cost > 5 or part in ("x"))`), Sort: new("cost desc, $id asc")},
			"calendar": {Type: "CALENDAR", Date: "due", Title: "title"},
		}, p); err != nil {
			t.Error(err)
		}
		s.SetTitleField("title", p)
		s.SetRecordRules([]app.RecordRule{{Filter: `cost > 5`}}, p)
		s.FieldRules = []app.FieldRule{{Code: "cost"}}
	})
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		// One of them in a table; then one takes a name that has become free.
		if err := s.UpdateFields(defs(t, `{"title":{"code":"subject"},"cost":{"code":"price"},"lines":{"fields":{"part":{"code":"piece"}}}}`), p); err != nil {
			t.Error(err)
		}
	})
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		if err := s.UpdateFields(defs(t, `{"due":{"code":"title"}}`), p); err != nil {
			t.Error(err)
		}
	})
	s := w.Root.Set(a).App().Settings
	i := slices.IndexFunc(s.Views, func(v app.View) bool { return v.Name == "list" })
	same(t, "the list", fmt.Sprint(s.Views[i].Fields, s.Views[i].Filter, "; ", s.Views[i].Sort), `[subject price piece]subject = "cost" and (price > 5 or piece in ("x")); price desc, $id asc`)
	same(t, "the calendar", s.Views[1-i].Date+" "+s.Views[1-i].Title, "title subject")
	same(t, "the title", s.TitleField, "subject")
	same(t, "the rules", s.RecordRules[0].Filter+" "+s.FieldRules[0].Code, "price > 5 price")
	layout, err := json.Marshal(s.Layout)
	must(t, err)
	for _, old := range []string{`"cost"`, `"part"`, `"due"`} {
		if strings.Contains(string(layout), old) {
			t.Errorf("%s in the layout %s", old, layout)
		}
	}
}

// Conditions that name an option follow its new label, also when two options swap theirs or the field is renamed at once.
func TestNewLabelsAreFollowed(t *testing.T) {
	w := world.New(t)
	a := w.App("deals", "title text; stage dropdown(open|won|lost)")
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		s.SetRecordRules([]app.RecordRule{{Filter: `stage in ("open", "won") and title = "open"`}}, p)
	})
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		err := s.UpdateFields(defs(t, `{"stage":{"code":"step","options":{
			"open":{"label":"won","index":"0"},"won":{"label":"open","index":"1"},"lost":{"label":"gone","index":"2"}}}}`), p)
		if err != nil {
			t.Error(err)
		}
	})
	same(t, "the rule", w.Root.Set(a).App().Settings.RecordRules[0].Filter, `step in ("won", "open") and title = "open"`)
}

func TestRulesWithoutTheirFieldClose(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("deals", "title text; secret check(yes)")
		a.AddJSON(`{"title":{"value":"one"},"secret":{"value":["yes"]}}`)
		a.Add("title=two")
		a.Forbid(`secret in ("yes")`, "root")
		same(t, "with the rule", aiko.Query(a, ""), "found 1")
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			if err := s.DeleteFields([]string{"secret"}); err != nil {
				t.Error(err)
			}
		})
		same(t, "with its field deleted", aiko.Query(a, ""), "found 0")
	})
}

// Conditions go on to find the records they found; a permission keeps the option that it asks for.
func TestDroppedOptionsLeaveConditions(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; stage dropdown(open|won|lost); lines table(part dropdown(x|y))")
		a.AddJSON(`{"title":{"value":"one"},"stage":{"value":"open"}}`)
		a.AddJSON(`{"title":{"value":"two"},"stage":{"value":"lost"}}`)
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			must(t, s.SetViews(map[string]app.ViewChange{"list": {Type: "LIST", Fields: []string{"title"}, Filter: new(`stage in ("open", "lost") or stage not in ("lost") and part in ("y")`)}}, p))
			must(t, s.SetRecordNotices([]app.RecordNotice{{Filter: `stage in ("lost")`}}, p))
			s.SetRecordRules([]app.RecordRule{{Filter: `stage in ("won")`}}, p)
		})
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			must(t, s.UpdateFields(defs(t, `{"stage":{"options":{"open":{"label":"lost","index":"0"},"won":{"label":"won","index":"1"}}},
				"lines":{"fields":{"part":{"options":{"x":{"label":"x","index":"0"}}}}}}`), p))
		})
		s := w.Root.Set(a).App().Settings
		same(t, "the view", s.Views[0].Filter, `stage in ("lost") or stage not in () and part in ()`)
		same(t, "what it finds", w.Root.Query(a, s.Views[0].Filter), "found 1")
		same(t, "the notice", s.Notifications.PerRecord[0].Filter, `stage in ()`)

		var p errs.Fields
		must(t, s.UpdateFields(defs(t, `{"stage":{"options":{"lost":{"label":"lost","index":"0"}}}}`), &p))
		same(t, "an option that a permission asks for", world.Outcome(p.Err()), "validation properties[stage].options=app.valuePermits")
	})
}
