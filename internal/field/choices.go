package field

import (
	"encoding/json"
	"strconv"
	"strings"
)

// choices is CHECK_BOX and MULTI_SELECT: any number of options, shown in option order.
type choices struct{}

func (choices) Storage() Storage { return List }
func (choices) Ops() Ops         { return OpIn }

func (choices) Decode(f *Field, raw json.RawMessage, _ *Env, p Problems) Value {
	labels, ok := stringList(raw)
	if !ok {
		p.Add(".values", "field.notList")
		return ""
	}
	chosen := map[int64]bool{}
	for i, label := range labels {
		v := optionValue(f, label, ".values["+strconv.Itoa(i)+"].value", p)
		if n, err := strconv.ParseInt(string(v), 10, 64); err == nil {
			chosen[n] = true
		}
	}
	return inOptionOrder(f, chosen)
}

func inOptionOrder(f *Field, chosen map[int64]bool) Value {
	var list []int64
	for _, o := range f.Options {
		if chosen[o.ID] {
			list = append(list, o.ID)
		}
	}
	return ListValue(list)
}

func (choices) Check(f *Field, v Value, _ *Env, p Problems) {
	required(f, v, ".values", p)
}

func (choices) AppendValue(dst []byte, f *Field, stored []byte, _ Directory) []byte {
	dst = append(dst, '[')
	comma := false
	for n := range Members(string(stored)) {
		label := f.OptionLabel(n)
		if label == "" {
			continue // deleted since
		}
		if comma {
			dst = append(dst, ',')
		}
		dst = AppendString(dst, label)
		comma = true
	}
	return append(dst, ']')
}

func (choices) Literal(f *Field, s string, env *Env) (Value, bool) {
	return choice{}.Literal(f, s, env)
}

func (choices) DefaultValue(f *Field, _ *Env) Value {
	chosen := map[int64]bool{}
	for _, label := range f.Default {
		if n, ok := f.OptionID(label); ok {
			chosen[n] = true
		}
	}
	return inOptionOrder(f, chosen)
}

// ListValue is the canonical form of a list of ids.
func ListValue[T ~int64](list []T) Value {
	if len(list) == 0 {
		return ""
	}
	b := []byte{','}
	for _, n := range list {
		b = strconv.AppendInt(b, int64(n), 10)
		b = append(b, ',')
	}
	return Value(b)
}

// Members yields the ids of a list in its canonical form.
func Members(v string) func(yield func(int64) bool) {
	return func(yield func(int64) bool) {
		for s := range strings.SplitSeq(strings.Trim(v, ","), ",") {
			if n, err := strconv.ParseInt(s, 10, 64); err == nil && !yield(n) {
				return
			}
		}
	}
}

// stringList reads a JSON array of strings; null is none.
func stringList(raw json.RawMessage) ([]string, bool) {
	var list []string
	if len(raw) == 0 {
		return nil, true
	}
	err := json.Unmarshal(raw, &list)
	return list, err == nil
}
