package app

import (
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/formula"
)

// formulas is the plan of the form.
func (s *Settings) formulas() *formula.Plan {
	return formula.New(s.Form, formula.Rules{Precision: s.Precision, FiscalStart: s.FiscalStart()})
}

// badFormula is kintone's answer to a deployment with a formula that cannot be used.
// Source: kintone REST behaviour, calculation errors.
func badFormula(f formula.Fault) error {
	return errs.E(errs.Invalid, "app.badFormula", errs.Args{"label": f.Field.Label, "reason": f.Reason})
}
