package api

import (
	"testing"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/i18n"
)

// That others were in the way is told as kintone tells it, whoever they were.
// Source: kintone REST behaviour, error code catalogue.
func TestBusyIsToldAsALockThatWasNotHad(t *testing.T) {
	for _, key := range []string{"database.busy", "record.appChanged"} {
		if p := problem(i18n.Ja, errs.E(errs.Busy, key), "x"); p.Status != 400 || p.Code != "GAIA_DA02" {
			t.Errorf("%s: %+v", key, p)
		}
	}
}
