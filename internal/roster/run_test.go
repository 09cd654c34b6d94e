package roster

import (
	"errors"
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/errs"
)

// Only what a person can act on ends an import: the job tries the rest again.
func TestWhatEndsAnImport(t *testing.T) {
	for want, err := range map[bool]error{
		true:  fmt.Errorf("identity: %w", errs.E(errs.Invalid, "user.codeTaken")),
		false: fmt.Errorf("identity: %w", errs.E(errs.Busy, "database.busy").With(errors.New("deadlock"))),
	} {
		if told, ok := problemsOf(err); ok != want {
			t.Errorf("%v: %v", err, told)
		}
	}
}
