package app

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// Deployment names an app to deploy and the preview revision the caller saw (AnyRevision for any).
type Deployment struct {
	App      id.App
	Revision int64
}

// Deploy makes the preview settings of all the apps live, or of none. The record tables change in the same
// transaction, so that nobody ever sees a form without its columns.
//
// Errors: Forbidden without the right to manage one of them; Conflict "app.conflict" on another revision; and what keeps an
// app from going live, which DeployStatus remembers, "app.badFormula" (label, reason) and "app.emptyTable" (code) among it.
// Source: kintone REST API, "Deploy App Settings" (which answers at once and works on; here it is done when it answers).
func (s *Apps) Deploy(ctx context.Context, who access.Actor, list []Deployment) error {
	var failed id.App // the one that the transaction stopped at
	err := s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		failed = 0
		was := map[id.App]*Settings{} // nil for those that were never deployed
		if err := s.each(ctx, who, list, func(ctx context.Context, tx *db.Tx, a App, next *Settings) (err error) {
			if a.Live != 0 {
				if was[a.ID], err = readSettings(ctx, tx, a.ID, live); err != nil {
					return err
				}
			}
			if err := s.deploy(ctx, tx, who, a, was[a.ID], next); err != nil {
				failed = a.ID
				return err
			}
			return setDeployStatus(ctx, tx, a.ID, Deployed)
		}); err != nil {
			return err
		}
		for _, d := range list { // when all are what they are going to be: they may look each other up
			if err := checkLinks(ctx, tx, d.App, was[d.App]); err != nil {
				failed = d.App
				return err
			}
		}
		for _, d := range list {
			if err := s.followLabels(ctx, tx, d.App, was[d.App]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil || failed == 0 {
		return err
	}
	return errors.Join(err, s.rememberFailure(ctx, list, failed))
}

// deploy makes next the live settings of a, instead of old if it was deployed before.
func (s *Apps) deploy(ctx context.Context, tx *db.Tx, who access.Actor, a App, old, next *Settings) (err error) {
	if err := next.columns(); err != nil {
		return err
	}
	plan := next.formulas()
	if fault, bad := plan.Fault(); bad {
		return badFormula(fault)
	}
	var before []*field.Field
	stale := false // records that were there have computed values that are not those of the formulas now
	if old != nil {
		if err := s.emptied(ctx, tx, a.ID, old, next); err != nil {
			return err
		}
		if before, err = trashFields(ctx, tx, a.ID, who.UserID(), old, next); err != nil {
			return err
		}
		if err := unfile(ctx, tx, a.ID, old, next); err != nil {
			return err
		}
		stale = !plan.Empty() && plan.Fingerprint() != old.formulas().Fingerprint()
	}
	if err := s.tables.Alter(ctx, tx, a.ID, before, next.Form); err != nil {
		return err
	}
	if stale { // after the table, as a recalculation at work has it
		if err := s.tables.Recompute(ctx, tx, a.ID, plan.Fingerprint()); err != nil {
			return fmt.Errorf("app: deploy %d: %w", a.ID, err)
		}
	}
	if err := writeSettings(ctx, tx, a.ID, live, next); err != nil {
		return err
	}
	if err := releaseCodes(ctx, tx, a.ID, next.AppCode); err != nil {
		return err
	}
	if err := putLinks(ctx, tx, a.ID, next); err != nil {
		return err
	}
	a.Live, a.Modifier = next.Revision, who.UserID()
	if err := archive(ctx, tx, a.ID, who.UserID(), next); err != nil {
		return fmt.Errorf("app: deploy %d: %w", a.ID, err)
	}
	tx.AfterCommit(func() { s.cache.put(newLive(a, next)) })
	if err := job.Emit(ctx, tx, EventDeployed, DeployedEvent{a.ID}); err != nil {
		return fmt.Errorf("app: deploy %d: %w", a.ID, err)
	}
	return touchApp(ctx, tx, a)
}

// columns refuses a table that has lost its last column.
func (s *Settings) columns() error {
	for _, f := range s.Form {
		if f.Type == field.Subtable && len(f.Fields) == 0 {
			return errs.E(errs.Invalid, "app.emptyTable", errs.Args{"code": f.Code})
		}
	}
	return nil
}

// emptied refuses to make a status disappear while records are in it.
func (s *Apps) emptied(ctx context.Context, tx *db.Tx, app id.App, old, next *Settings) error {
	f := old.System(field.Status)
	for _, st := range old.Process.States {
		if _, kept := next.Process.State(st.ID); kept || f == nil {
			continue
		}
		held, err := s.tables.Holds(ctx, tx, app, f, field.Value(strconv.FormatInt(st.ID, 10)))
		if err != nil {
			return fmt.Errorf("app: deploy %d: %w", app, err)
		}
		if held {
			return errs.E(errs.Invalid, "app.stateInUse", errs.Args{"name": st.Name})
		}
	}
	return nil
}

// Discard makes the preview settings of the apps what is live. An app that was never deployed stays as it is.
func (s *Apps) Discard(ctx context.Context, who access.Actor, list []Deployment) error {
	return s.each(ctx, who, list, func(ctx context.Context, tx *db.Tx, a App, was *Settings) error {
		if a.Live == 0 {
			return nil
		}
		st, err := readSettings(ctx, tx, a.ID, live)
		if err != nil {
			return err
		}
		st.Revision = was.Revision + 1 // a number is never used for two different settings
		st.NextField, st.NextView = max(st.NextField, was.NextField), max(st.NextView, was.NextView)
		st.NextAction = max(st.NextAction, was.NextAction)
		st.NextReport = max(st.NextReport, was.NextReport)
		if err := writeSettings(ctx, tx, a.ID, live, st); err != nil {
			return err
		}
		a.Live, a.Preview = st.Revision, st.Revision
		if err := releaseCodes(ctx, tx, a.ID, st.AppCode); err != nil {
			return err
		}
		if err := writeSettings(ctx, tx, a.ID, preview, st); err != nil {
			return err
		}
		tx.AfterCommit(func() { s.cache.put(newLive(a, st)) })
		if err := touchApp(ctx, tx, a); err != nil {
			return err
		}
		return setDeployStatus(ctx, tx, a.ID, Deployed)
	})
}

func (s *Apps) each(ctx context.Context, who access.Actor, list []Deployment,
	do func(ctx context.Context, tx *db.Tx, a App, preview *Settings) error) error {
	for _, d := range list {
		h, err := s.Open(ctx, who, d.App)
		if err != nil {
			return err
		}
		if err := h.need(access.Manage); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, d := range list {
			a, err := readApp(ctx, tx, d.App)
			if err != nil {
				return err
			}
			st, err := readSettings(ctx, tx, a.ID, preview)
			if err != nil {
				return err
			}
			if d.Revision != AnyRevision && d.Revision != st.Revision {
				return errs.E(errs.Conflict, "app.conflict", errs.Args{"id": a.ID})
			}
			if err := do(ctx, tx, a, st); err != nil {
				return err
			}
		}
		return nil
	})
}
