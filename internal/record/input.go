package record

import (
	"bytes"
	"encoding/json"
	"reflect"
	"unicode/utf8"
)

// Input is a record as the API takes it: values by field code. Codes that the actor cannot see are ignored,
// as those are that do not exist.
type Input map[string]InputValue

// InputValue is the value of one field. Value is nil when the key had none.
type InputValue struct {
	Value json.RawMessage `json:"value"`
}

// UnmarshalJSON reads an object without copying the values out of raw, which must not be changed afterwards. By
// reflection the values of a record would be looked at twice more, and this is the hottest reading of all.
func (in *Input) UnmarshalJSON(raw []byte) error {
	*in = nil
	return members(raw, func(code, value []byte) error {
		if *in == nil {
			*in = make(Input, 16)
		}
		var v InputValue
		err := members(value, func(key, value []byte) error {
			if string(key) == "value" {
				v.Value = value
			}
			return nil
		})
		(*in)[string(code)] = v
		return err
	})
}

// members calls fn for each member of the JSON object in raw, whose syntax has been checked. null has none.
func members(raw []byte, fn func(key, value []byte) error) error {
	raw = bytes.TrimSpace(raw)
	if string(raw) == "null" {
		return nil
	}
	if raw[0] != '{' {
		return &json.UnmarshalTypeError{Value: "value", Type: reflect.TypeFor[Input]()}
	}
	for at := 1; ; at++ {
		at += blanks(raw[at:])
		if raw[at] == '}' {
			return nil
		}
		end := at + extent(raw[at:])
		key, err := unquoted(raw[at:end])
		if err != nil {
			return err
		}
		at = end + blanks(raw[end:]) + 1 // the colon
		at += blanks(raw[at:])
		end = at + extent(raw[at:])
		if err := fn(key, raw[at:end:end]); err != nil {
			return err
		}
		at = end + blanks(raw[end:])
		if raw[at] == '}' {
			return nil
		}
	}
}

func blanks(raw []byte) int {
	n := 0
	for n < len(raw) && (raw[n] == ' ' || raw[n] == '\n' || raw[n] == '\t' || raw[n] == '\r') {
		n++
	}
	return n
}

// extent is the length of the JSON value at the start of raw.
func extent(raw []byte) int {
	depth := 0
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			i += quoted(raw[i:]) - 1
		case '{', '[':
			depth++
			continue
		case '}', ']':
			if depth == 0 {
				return i // of what the value stands in
			}
			depth--
		case ',', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return i
			}
			continue
		default:
			continue
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(raw)
}

// quoted is the length of the JSON string at the start of raw.
func quoted(raw []byte) int {
	for i := 1; ; i++ {
		n := bytes.IndexByte(raw[i:], '"')
		if n < 0 {
			return len(raw)
		}
		i += n
		escapes := 0
		for raw[i-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return i + 1
		}
	}
}

// unquoted is what a JSON string says.
func unquoted(raw []byte) ([]byte, error) {
	if inner := raw[1 : len(raw)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return inner, nil
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return []byte(s), err
}
