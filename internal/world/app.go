package world

import (
	"encoding/json"
	"maps"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// App is an app of the world, made by its administrator and open to everybody.
type App struct {
	ID id.App
	w  *World
}

// App makes and deploys an app. Its fields are written "code type words…", with ";" between them:
//
//	title text required; cost number hidden-from:aiko,ben; kind radio(a|b); lines table(part text, price number)
//
// Types are text, multiline, rich, number, date, time, datetime, link, file, user, and with choices radio, dropdown, check,
// multi. Words are required, unique and hidden-from:codes.
func (w *World) App(name, fields string) *App {
	w.T.Helper()
	n, _, err := w.Apps.Create(w.ctx(), w.Root.Actor(), name)
	w.ok(err)
	a := &App{n, w}
	d := parse(w.T, fields)
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		w.ok(s.AddFields(d.fields, d.order, p))
		s.FieldRules = d.rules
	})
	return a
}

// AppNamed is the app with a name, if there is one.
func (w *World) AppNamed(name string) (a *App, ok bool) {
	w.T.Helper()
	list, err := w.Apps.List(w.ctx(), w.Root.Actor(), app.Filter{}, false)
	w.ok(err)
	for _, one := range list {
		if one.Name == name {
			return &App{one.ID, w}, true
		}
	}
	return nil, false
}

// Edit changes the app's settings and deploys them.
func (a *App) Edit(fn func(s *app.Settings, p *errs.Fields)) {
	w := a.w
	w.T.Helper()
	h, err := w.Apps.Open(w.ctx(), w.Root.Actor(), a.ID)
	w.ok(err)
	_, err = h.Edit(w.ctx(), app.AnyRevision, func(s *app.Settings, p *errs.Fields) error {
		fn(s, p)
		return nil
	})
	w.ok(err)
	w.ok(w.Apps.Deploy(w.ctx(), w.Root.Actor(), []app.Deployment{{App: a.ID, Revision: app.AnyRevision}}))
}

// AddFields adds fields, written as for World.App.
func (a *App) AddFields(fields string) {
	a.w.T.Helper()
	d := parse(a.w.T, fields)
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		a.w.ok(s.AddFields(d.fields, d.order, p))
		s.FieldRules = append(s.FieldRules, d.rules...)
	})
}

// Define adds fields written as the API's JSON: {"code":{"type":"NUMBER","lookup":{…}}}.
func (a *App) Define(properties string) {
	a.w.T.Helper()
	var defs map[string]app.Definition
	a.w.ok(json.Unmarshal([]byte(properties), &defs))
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		a.w.ok(s.AddFields(defs, app.FieldOrder([]byte(properties)), p))
	})
}

// Hide hides a field from users.
func (a *App) Hide(code string, from ...string) {
	a.w.T.Helper()
	a.Edit(func(s *app.Settings, _ *errs.Fields) { s.FieldRules = append(s.FieldRules, hidden(code, from)) })
}

// Permit makes these all that a user may do with the app, whatever others may.
func (a *App) Permit(user string, verbs access.Verbs) {
	a.w.T.Helper()
	rule := access.AppRule{Entity: access.Entity{Type: "USER", Code: user}, Verbs: verbs}
	a.Edit(func(s *app.Settings, _ *errs.Fields) { s.AppRules = append([]access.AppRule{rule}, s.AppRules...) })
}

// Forbid hides the records that a query finds from everybody but the users named.
func (a *App) Forbid(query string, but ...string) {
	a.w.T.Helper()
	rule := app.RecordRule{Filter: query}
	for _, user := range but {
		rule.Entities = append(rule.Entities, access.RecordRight{Entity: access.Entity{Type: "USER", Code: user}, Verbs: access.View | access.Edit | access.Delete})
	}
	a.Edit(func(s *app.Settings, _ *errs.Fields) { s.RecordRules = append(s.RecordRules, rule) })
}

// Field is the field with a code, at the top level or in a table.
func (a *App) Field(code string) *field.Field {
	a.w.T.Helper()
	f, _ := a.w.Root.Set(a).App().Settings.Field(code)
	if f == nil {
		a.w.T.Fatalf("no field %s", code)
	}
	return f
}

// Add adds a record as the administrator: "title=desk cost=90 note=two_words", where _ is a blank.
func (a *App) Add(values string) id.Record {
	a.w.T.Helper()
	in := record.Input{}
	for pair := range strings.FieldsSeq(values) {
		code, value, _ := strings.Cut(pair, "=")
		in[code] = record.InputValue{Value: field.AppendString(nil, strings.ReplaceAll(value, "_", " "))}
	}
	return a.AddInput(in)
}

// AddJSON adds a record written as the API's JSON: {"title":{"value":"desk"}}.
func (a *App) AddJSON(text string) id.Record {
	a.w.T.Helper()
	var in record.Input
	a.w.ok(json.Unmarshal([]byte(text), &in))
	return a.AddInput(in)
}

// AddInput adds a record as the administrator.
func (a *App) AddInput(in record.Input) id.Record {
	a.w.T.Helper()
	list, err := a.w.Root.Set(a).Add(a.w.ctx(), []record.Input{in}, "record")
	a.w.ok(err)
	return list[0].ID
}

// Upload uploads a text file as the administrator and returns its temporary key.
func (w *World) Upload(name, content string) string {
	w.T.Helper()
	key, err := w.Files.Upload(w.ctx(), w.Root.Actor(), name, "text/plain", strings.NewReader(content))
	w.ok(err)
	return key
}

// FileKey is the permanent key of the first file in a field of a record, or in the first row of its table.
func (w *World) FileKey(a *App, n id.Record, code string) string {
	w.T.Helper()
	type cell struct{ Value json.RawMessage }
	var values map[string]cell
	found, err := w.Root.Set(a).Get(w.ctx(), n)
	w.ok(err)
	w.ok(json.Unmarshal(found.JSON, &values))
	if f, table := w.Root.Set(a).App().Settings.Field(code); f != nil && table != nil {
		var rows []struct{ Value map[string]cell }
		w.ok(json.Unmarshal(values[table.Code].Value, &rows))
		values = rows[0].Value
	}
	var files []struct{ FileKey string }
	w.ok(json.Unmarshal(values[code].Value, &files))
	return files[0].FileKey
}

// Update changes a record as the administrator; values are as for Add.
func (a *App) Update(n id.Record, in record.Input) {
	a.w.T.Helper()
	_, err := a.w.Root.Set(a).Update(a.w.ctx(), []record.Change{{ID: n, Record: maps.Clone(in), Revision: record.AnyRevision}}, false, "record")
	a.w.ok(err)
}

// Delete puts a record into the trash as the administrator.
func (a *App) Delete(n id.Record) {
	a.w.T.Helper()
	a.w.ok(a.w.Root.Set(a).Delete(a.w.ctx(), []id.Record{n}, nil))
}
