package identity_test

import (
	"context"

	"github.com/engawa/engawa/internal/db"
)

// referrer notes what it is told.
type referrer struct {
	naming map[string]bool // "KIND code"
	told   []string
	err    error
}

func (r *referrer) Recode(_ context.Context, _ *db.Tx, kind string, to map[string]string) error {
	for from, to := range to {
		r.told = append(r.told, kind+":"+from+">"+to)
	}
	return r.err
}

func (r *referrer) Naming(_ context.Context, _ *db.Tx, kind string, codes []string) ([]string, error) {
	for _, code := range codes {
		if r.naming[kind+" "+code] {
			return []string{"orders"}, nil
		}
	}
	return nil, nil
}
