package app

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// How the last deployment of an app went. An app that nobody deployed is Deployed, too, as kintone has it.
const (
	Deployed = "SUCCESS"
	Failed   = "FAIL"
	Canceled = "CANCEL" // another app of the same request failed
)

// DeployStatus says how the last deployment of the app went.
//
// Errors: Forbidden without the right to manage it.
// Source: kintone REST API, "Get App Deploy Status".
func (h *Handle) DeployStatus(ctx context.Context) (status string, err error) {
	if err := h.need(access.Manage); err != nil {
		return "", err
	}
	err = h.apps.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT deploy_status FROM app WHERE id = ?`, h.app.ID).Scan(&status)
	})
	return status, err
}

func setDeployStatus(ctx context.Context, tx *db.Tx, app id.App, status string) error {
	if _, err := tx.Exec(ctx, `UPDATE app SET deploy_status = ? WHERE id = ?`, status, app); err != nil {
		return fmt.Errorf("app: deploy status of %d: %w", app, err)
	}
	return nil
}

// rememberFailure notes a deployment of several apps that one of them stopped; its own transaction is gone.
func (s *Apps) rememberFailure(ctx context.Context, list []Deployment, failed id.App) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, d := range list {
			status := Canceled
			if d.App == failed {
				status = Failed
			}
			if err := setDeployStatus(ctx, tx, d.App, status); err != nil {
				return err
			}
		}
		return nil
	})
}
