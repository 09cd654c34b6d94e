package field

import (
	"encoding/json"
	"strings"
	"time"
)

// readOnly is what the server alone writes: writing it is not a problem, it is ignored.
type readOnly struct{}

func (readOnly) Decode(*Field, json.RawMessage, *Env, Problems) Value { return "" }
func (readOnly) Check(*Field, Value, *Env, Problems)                  {}

// recordNumber is RECORD_NUMBER.
type recordNumber struct{ readOnly }

func (recordNumber) Storage() Storage { return Integer }
func (recordNumber) Ops() Ops         { return OpEqual | OpOrder | OpIn }

func (recordNumber) AppendValue(dst []byte, f *Field, stored []byte, _ Directory) []byte {
	dst = append(dst, '"')
	dst = append(dst, f.Prefix...)
	dst = append(dst, stored...)
	return append(dst, '"')
}

// Literal takes the number with and without the app's code.
// Source: kintone query language, record numbers.
func (recordNumber) Literal(f *Field, s string, env *Env) (Value, bool) {
	if n := len(f.Prefix); n > 0 && len(s) > n && strings.EqualFold(s[:n], f.Prefix) {
		s = s[n:]
	}
	return number{}.Literal(f, s, env)
}

// Cell writes the number as records show it.
func (recordNumber) Cell(f *Field, stored []byte, _ Directory, _ *time.Location) string {
	return f.Prefix + string(stored)
}

// moment is CREATED_TIME and UPDATED_TIME: those who manage the app may set them when adding.
type moment struct{ calendar }

func (moment) Ops() Ops { return OpEqual | OpOrder }

func (moment) Decode(f *Field, raw json.RawMessage, env *Env, p Problems) Value {
	return calendar{dateTimeLayout}.Decode(f, raw, env, p)
}

func (moment) Check(*Field, Value, *Env, Problems) {}

func (moment) AppendValue(dst []byte, f *Field, stored []byte, dir Directory) []byte {
	return calendar{dateTimeLayout}.AppendValue(dst, f, stored, dir)
}

func (moment) Literal(f *Field, s string, env *Env) (Value, bool) {
	return calendar{dateTimeLayout}.Literal(f, s, env)
}

// table is SUBTABLE: its values are rows of inner fields, which record reads and writes.
type table struct{ readOnly }

func (table) Storage() Storage { return Rows }
func (table) Ops() Ops         { return 0 }

func (table) AppendValue(dst []byte, _ *Field, _ []byte, _ Directory) []byte {
	return append(dst, "[]"...)
}

// group is GROUP: a part of the form that holds other fields, without a value.
type group struct{ readOnly }

func (group) Storage() Storage { return None }
func (group) Ops() Ops         { return 0 }

func (group) AppendValue(dst []byte, _ *Field, _ []byte, _ Directory) []byte { return dst }
