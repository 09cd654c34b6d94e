package app

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/formula"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// FormulasChanged is the event app.formulas: records that were there before the deployment have computed values that are
// not those of the formulas now.
type FormulasChanged struct {
	App         id.App `json:"app"`
	Fingerprint string `json:"fingerprint"` // of the plan now
}

// formulas is the plan of the form.
func (s *Settings) formulas() *formula.Plan {
	return formula.New(s.Form, formula.Rules{Precision: s.Precision, FiscalStart: s.FiscalStart()})
}

// badFormula is kintone's answer to a deployment with a formula that cannot be used.
// Source: kintone REST behaviour, calculation errors.
func badFormula(f formula.Fault) error {
	return errs.E(errs.Invalid, "app.badFormula", errs.Args{"label": f.Field.Label, "reason": f.Reason})
}

// recompute leaves the event that old records have to be computed anew, if there is anything to compute.
func recompute(ctx context.Context, tx *db.Tx, app id.App, now *formula.Plan) error {
	if now.Empty() {
		return nil
	}
	if err := job.Emit(ctx, tx, "app.formulas", FormulasChanged{App: app, Fingerprint: now.Fingerprint()}); err != nil {
		return fmt.Errorf("app: deploy %d: %w", app, err)
	}
	return nil
}
