package errs_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/errs"
)

func TestKindSurvivesWrapping(t *testing.T) {
	err := fmt.Errorf("record: update 7: %w", errs.E(errs.Conflict, "record.conflict"))
	if got := errs.KindOf(err); got != errs.Conflict {
		t.Errorf("KindOf = %v, want conflict", got)
	}
	if got := errs.KeyOf(err); got != "record.conflict" {
		t.Errorf("KeyOf = %q", got)
	}
}

func TestForeignErrorsAreInternal(t *testing.T) {
	if got := errs.KindOf(errors.New("disk")); got != errs.Internal {
		t.Errorf("KindOf = %v, want internal", got)
	}
}

func TestFieldsReportEverythingAtOnce(t *testing.T) {
	var f errs.Fields
	if f.Err() != nil {
		t.Fatal("no problems must be no error")
	}
	f.Add("record.a.value", "required")
	f.Add("record.b.value", "tooLong", errs.Args{"max": 3})
	e, ok := errs.As(f.Err())
	if !ok || len(e.Fields) != 2 || e.Kind != errs.Invalid {
		t.Fatalf("got %v", e)
	}
}

func TestWithKeepsTheOriginal(t *testing.T) {
	base := errs.E(errs.Invalid, "x")
	cause := errors.New("cause")
	if !errors.Is(base.With(cause), cause) || errors.Is(base, cause) {
		t.Error("With must copy")
	}
}

func TestWhatPassesByItselfIsNotLasting(t *testing.T) {
	for want, list := range map[bool][]error{
		true: {errs.E(errs.Invalid, "x"), fmt.Errorf("import: %w", errs.E(errs.Forbidden, "x")), errs.E(errs.Conflict, "x")},
		false: {nil, errors.New("disk"), errs.E(errs.TooMany, "x"),
			fmt.Errorf("import: %w", errs.E(errs.Busy, "x").With(errors.New("deadlock")))},
	} {
		for _, err := range list {
			if got := errs.Lasting(err); got != want {
				t.Errorf("%v: %v", err, got)
			}
		}
	}
}
