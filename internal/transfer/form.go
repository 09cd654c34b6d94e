package transfer

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// makeApp makes and deploys the app of an import, once, and notes which column became which field.
func (s *Imports) makeApp(ctx context.Context, j *job.Job, m *Import, f *stored) error {
	who, err := s.owner(ctx, m)
	if err != nil {
		return err
	}
	seen, err := s.scan(ctx, m, f)
	if err != nil {
		return err
	}
	seen.settle(m)
	m.Rows = seen.rows
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := j.Checkpoint(ctx, 0); err != nil {
			return err
		}
		var err error
		if m.App, err = s.deploy(ctx, who, m, seen); err != nil {
			return err
		}
		ok, err := update(ctx, tx, m.ID, started, "app_id = ?, columns = ?, notices = ?, rows_total = ?, rows_exact = ?",
			m.App, toJSON(m.Columns), toJSON(m.Notices), m.Rows, true)
		if err == nil && !ok {
			err = job.ErrLost
		}
		return err
	})
}

// deploy makes the app with its fields, its form and a view.
func (s *Imports) deploy(ctx context.Context, who access.Actor, m *Import, seen *scan) (id.App, error) {
	n, _, err := s.apps.Create(ctx, who, m.AppName)
	if err != nil {
		return 0, err
	}
	h, err := s.apps.Open(ctx, who, n)
	if err != nil {
		return 0, err
	}
	_, err = h.Edit(ctx, app.AnyRevision, func(st *app.Settings, p *errs.Fields) error {
		for i := range m.Columns {
			c := &m.Columns[i]
			code := st.CodeFor(c.Label)
			if err := st.AddFields(map[string]app.Definition{code: define(m, c, seen.columns[i])}, nil, p); err != nil {
				return err
			}
			if f, _ := st.Field(code); f != nil {
				c.Field = f.ID
			}
		}
		st.Precision = seen.precision()
		st.Layout = sideBySide(st.Layout)
		return addView(st, m, who.Lang(), p)
	})
	if err != nil {
		return 0, err
	}
	return n, s.apps.Deploy(ctx, who, []app.Deployment{{App: n, Revision: app.AnyRevision}})
}

// define is a column as the API defines a field.
func define(m *Import, c *Column, seen *columnScan) app.Definition {
	def := app.Definition{"type": quoted(string(c.Type)), "label": quoted(c.Label)}
	if hasOptions(c.Type) {
		options := map[string]any{}
		for i, label := range seen.options {
			options[label] = map[string]string{"label": label, "index": strconv.Itoa(i)}
		}
		def["options"] = json.RawMessage(toJSON(options))
	}
	if c.Type == sheet.Link {
		protocol := m.Preview.Columns[c.Index].Protocol
		if protocol == "" {
			protocol = "WEB"
		}
		def["protocol"] = quoted(protocol)
	}
	return def
}

func quoted(s string) json.RawMessage { return field.AppendString(nil, s) }

// The most digits an app keeps, and of them behind the point.
// Source: kintone REST API, numberPrecision of app settings.
const (
	maxDigits   = 30
	maxDecimals = 10
)

// precision keeps the file's numbers as they are, as far as an app can.
func (c *scan) precision() field.Precision {
	digits, decimals := 12, 4
	for _, col := range c.columns {
		digits, decimals = max(digits, col.digits), max(decimals, min(col.decimal, maxDecimals))
	}
	if digits == 12 && decimals == 4 {
		return field.Precision{}
	}
	return field.Precision{Digits: min(digits+decimals, maxDigits), DecimalPlaces: &decimals}
}

// inRow is how many small fields stand side by side.
const inRow = 3

// sideBySide puts the small fields of a layout with one field a row next to each other.
func sideBySide(rows []app.Row) []app.Row {
	var list []app.Row
	for _, r := range rows {
		last := len(list) - 1
		if last >= 0 && small(r) && small(list[last]) && len(list[last].Fields) < inRow {
			list[last].Fields = append(list[last].Fields, r.Fields...)
			continue
		}
		list = append(list, r)
	}
	return list
}

func small(r app.Row) bool {
	for _, f := range r.Fields {
		if f.Type == string(sheet.MultiLine) || f.Type == string(sheet.CheckBox) || f.Type == string(sheet.RadioButton) {
			return false
		}
	}
	return r.Type == "ROW" && len(r.Fields) > 0
}

// viewColumns is how many columns the view shows; more can be chosen afterwards.
const viewColumns = 30

// addView adds a list of the columns, in the order of the file.
func addView(st *app.Settings, m *Import, lang i18n.Lang, p *errs.Fields) error {
	v := app.ViewChange{Type: "LIST", Fields: []string{}, Sort: new(st.System(field.RecordNumber).Code + " asc")}
	for i, f := range st.Form {
		if !f.Type.System() && len(v.Fields) < viewColumns {
			v.Fields = append(v.Fields, st.Form[i].Code)
		}
	}
	return st.SetViews(map[string]app.ViewChange{i18n.T(lang, "import.view", nil): v}, p)
}
