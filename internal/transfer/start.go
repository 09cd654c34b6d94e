package transfer

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// Types are the types of field that a column can become.
var Types = []sheet.Type{sheet.SingleLine, sheet.MultiLine, sheet.Number, sheet.Date, sheet.Time, sheet.DateTime,
	sheet.DropDown, sheet.RadioButton, sheet.CheckBox, sheet.MultiSelect, sheet.Link}

// Choice is what a person decided about a column of the file.
type Choice struct {
	Column
	Skip bool
}

// Start begins to make the app and its records, in the background. Columns that are not named are left out.
//
// Errors: NotFound; Conflict "import.started"; Invalid by the paths appName, columns, columns[3].label and so on,
// where 3 is the place in choices.
func (s *Imports) Start(ctx context.Context, who access.Actor, n id.Import, name string, choices []Choice) error {
	if err := user(who); err != nil {
		return err
	}
	m, err := s.Get(ctx, who, n)
	if err != nil {
		return err
	}
	if m.State != Previewed {
		return errs.E(errs.Conflict, "import.started")
	}
	columns, err := m.choose(name, choices)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		j, err := job.Enqueue(ctx, tx, kind, payload{n}, job.Options{})
		if err != nil {
			return err
		}
		ok, err := update(ctx, tx, n, Previewed, "state = ?, app_name = ?, columns = ?, job_id = ?, started_at = ?",
			string(started), name, toJSON(columns), j, tx.Now())
		if err == nil && !ok {
			err = errs.E(errs.Conflict, "import.started")
		}
		return err
	})
}

// choose checks what was decided and returns the columns to take.
func (m *Import) choose(name string, choices []Choice) ([]Column, error) {
	var p errs.Fields
	if r := len([]rune(name)); r < 1 || r > 64 {
		p.Add("appName", "param.nameLength")
	}
	var columns []Column
	labels := map[string]bool{}
	for i, c := range choices {
		if c.Skip {
			continue
		}
		at := "columns[" + strconv.Itoa(i) + "]"
		c.Label = strings.TrimSpace(c.Label)
		switch r := len([]rune(c.Label)); {
		case r < 1 || r > 128:
			p.Add(at+".label", "app.labelLength")
		case labels[c.Label]:
			p.Add(at+".label", "import.labelTwice", errs.Args{"label": c.Label})
		}
		labels[c.Label] = true
		if !slices.Contains(Types, c.Type) {
			p.Add(at+".type", "param.enum")
		}
		twice := slices.ContainsFunc(columns, func(x Column) bool { return x.Index == c.Index })
		if c.Index < 0 || c.Index >= len(m.Preview.Columns) || twice {
			p.Add(at+".index", "import.noColumn")
		}
		c.Field = 0
		columns = append(columns, c.Column)
	}
	switch {
	case len(columns) == 0:
		p.Add("columns", "import.noColumns")
	case len(columns) > app.MaxFields:
		p.Add("columns", "import.tooManyFields", errs.Args{"max": app.MaxFields, "found": len(columns)})
	}
	return columns, p.Err()
}

// Cancel stops an import. The records it has made stay.
//
// Errors: NotFound; Conflict "import.notRunning".
func (s *Imports) Cancel(ctx context.Context, who access.Actor, n id.Import) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		m, err := own(ctx, tx, who, n)
		if err != nil {
			return err
		}
		if m.State != Queued && m.State != Running {
			return errs.E(errs.Conflict, "import.notRunning")
		}
		if _, err := update(ctx, tx, n, started, "state = ?, finished_at = ?", string(Cancelled), tx.Now()); err != nil {
			return err
		}
		err = job.Cancel(ctx, tx, m.job)
		if errs.KindOf(err) == errs.NotFound { // it has just given up
			err = nil
		}
		return err
	})
}

// Resume goes on with an import that was cancelled or has failed, where it stopped.
//
// Errors: NotFound; Conflict "import.notStopped".
func (s *Imports) Resume(ctx context.Context, who access.Actor, n id.Import) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		m, err := own(ctx, tx, who, n)
		if err != nil {
			return err
		}
		if m.State != Cancelled && m.State != Failed {
			return errs.E(errs.Conflict, "import.notStopped")
		}
		j, err := job.Enqueue(ctx, tx, kind, payload{n}, job.Options{})
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE import SET state = ?, job_id = ?, error = '', finished_at = NULL WHERE id = ?", string(started), j, n)
		return err
	})
}
