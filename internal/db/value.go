package db

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"
	"time"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/text"
)

// TimeFormat is how an instant is stored: UTC, always three decimals, so that text order is time order.
const TimeFormat = "2006-01-02T15:04:05.000Z"

// Types for Scan, so that nobody else imports database/sql.
type (
	// RawBytes borrows a column's bytes from the driver instead of copying them.
	RawBytes = sql.RawBytes
	// NullString, NullInt64, NullFloat64 and NullBool are columns that may be NULL.
	NullString  = sql.NullString
	NullInt64   = sql.NullInt64
	NullFloat64 = sql.NullFloat64
	NullBool    = sql.NullBool
)

// NullTime is a stored time that may be NULL. The zero value is NULL.
type NullTime struct {
	Time  time.Time
	Valid bool
}

// Scan reads a stored time or NULL.
func (n *NullTime) Scan(src any) error {
	n.Time, n.Valid = time.Time{}, src != nil
	if src == nil {
		return nil
	}
	return (*textTime)(&n.Time).Scan(src)
}

// Value gives the stored form.
func (n NullTime) Value() (driver.Value, error) {
	if !n.Valid {
		return nil, nil
	}
	return formatTime(n.Time), nil
}

// textTime scans a stored time.
type textTime time.Time

func (t *textTime) Scan(src any) error {
	var text string
	switch v := src.(type) {
	case string:
		text = v
	case []byte:
		text = string(v)
	case time.Time:
		*t = textTime(v.UTC())
		return nil
	default:
		return fmt.Errorf("db: cannot read %T as a time", src)
	}
	parsed, err := time.Parse(time.RFC3339Nano, text)
	*t = textTime(parsed.UTC())
	return err
}

func formatTime(t time.Time) string { return t.UTC().Format(TimeFormat) }

// stored returns args in the form both databases store: times as text, booleans as 0 or 1. It copies only if it must.
//
// Errors: Invalid for a text that is not UTF-8 or has U+0000: PostgreSQL keeps none, so SQLite takes none.
func stored(args []any) ([]any, error) {
	out := args
	for i, arg := range args {
		var v any
		switch a := arg.(type) {
		case time.Time:
			v = formatTime(a)
		case *time.Time:
			if a != nil {
				v = formatTime(*a)
			}
		case bool:
			v = int64(0)
			if a {
				v = int64(1)
			}
		case string:
			if !text.Keepable(a) {
				return nil, errBadText
			}
			continue
		case nil, int, int64, []byte:
			continue
		default:
			if s, ok := textOf(a); ok && !text.Keepable(s) {
				return nil, errBadText
			}
			continue
		}
		if &out[0] == &args[0] {
			out = append([]any(nil), args...)
		}
		out[i] = v
	}
	return out, nil
}

var errBadText = errs.E(errs.Invalid, "field.badCharacters")

// textOf is the text that a driver makes of arg: of a type of its own, by a pointer, or one that may be NULL.
func textOf(arg any) (string, bool) {
	if n, ok := arg.(NullString); ok {
		return n.String, n.Valid
	}
	v := reflect.ValueOf(arg)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.String {
		return "", false // an id: most are, and String would spell its type
	}
	return v.String(), true
}

// scanned returns dest with every *time.Time wrapped to read the stored form. It copies only if it must.
func scanned(dest []any) []any {
	out := dest
	for i, d := range dest {
		t, ok := d.(*time.Time)
		if !ok {
			continue
		}
		if &out[0] == &dest[0] {
			out = append([]any(nil), dest...)
		}
		out[i] = (*textTime)(t)
	}
	return out
}
