package record

import (
	"encoding/json"

	"github.com/engawa/engawa/internal/rawjson"
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
	return rawjson.Members(raw, func(code, value []byte) error {
		if *in == nil {
			*in = make(Input, 16)
		}
		var v InputValue
		err := rawjson.Members(value, func(key, value []byte) error {
			if string(key) == "value" {
				v.Value = value
			}
			return nil
		})
		(*in)[string(code)] = v
		return err
	})
}

// Inputs are several records.
type Inputs []Input

// UnmarshalJSON reads an array of objects, as Input does.
func (list *Inputs) UnmarshalJSON(raw []byte) error {
	*list = Inputs{}
	return rawjson.Elements(raw, func(value []byte) error {
		var in Input
		err := in.UnmarshalJSON(value)
		*list = append(*list, in)
		return err
	})
}
