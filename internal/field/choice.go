package field

import (
	"encoding/json"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
)

// choice is RADIO_BUTTON and DROP_DOWN: one option, or none.
type choice struct{}

func (choice) Storage() Storage { return Integer }
func (choice) Ops() Ops         { return OpIn }

func (choice) Decode(f *Field, raw json.RawMessage, _ *Env, p Problems) Value {
	s, ok := scalar(raw)
	if !ok {
		p.Add(".value", "field.notText")
		return ""
	}
	return optionValue(f, s, ".value", p)
}

// optionValue is the canonical form of an option by its label; an unknown one is a problem.
func optionValue(f *Field, label, path string, p Problems) Value {
	if label == "" {
		return ""
	}
	n, ok := f.OptionID(label)
	if !ok {
		p.Add(path, "field.notAnOption", errs.Args{"value": label})
		return ""
	}
	return Value(strconv.FormatInt(n, 10))
}

// Check leaves radio buttons alone: kintone accepts but never enforces "required" there.
func (choice) Check(f *Field, v Value, _ *Env, p Problems) {
	if f.Type == DropDown {
		required(f, v, ".value", p)
	}
}

func (choice) AppendValue(dst []byte, f *Field, stored []byte, _ Directory) []byte {
	if label := chosen(f, stored); label != "" {
		return AppendString(dst, label)
	}
	return append(dst, "null"...)
}

// chosen is the label of a stored option, "" for none.
func chosen(f *Field, stored []byte) string {
	n, err := strconv.ParseInt(string(stored), 10, 64)
	if err != nil {
		return ""
	}
	return f.OptionLabel(n)
}

func (choice) Literal(f *Field, s string, _ *Env) (Value, bool) {
	if s == "" {
		return "", true
	}
	n, ok := f.OptionID(s)
	return Value(strconv.FormatInt(n, 10)), ok
}

func (choice) DefaultValue(f *Field, _ *Env) Value {
	if len(f.Default) == 0 {
		return ""
	}
	if n, ok := f.OptionID(f.Default[0]); ok {
		return Value(strconv.FormatInt(n, 10))
	}
	return ""
}
