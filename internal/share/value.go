package share

import (
	"encoding/json"
	"fmt"

	"github.com/engawa/engawa/internal/field"
)

// outsideValue is a value of the API as it may leave the company.
func outsideValue(f *field.Field, columns []*field.Field, value json.RawMessage, download bool) (json.RawMessage, error) {
	switch {
	case f.Type == field.Subtable:
		return outsideRows(columns, value, download)
	case f.Type == field.File && !download:
		return without[[]map[string]any](value, "fileKey")
	case f.Type == field.UserSelect, f.Type == field.OrganizationSelect, f.Type == field.GroupSelect:
		return without[[]map[string]any](value, "code")
	case f.Type == field.Creator || f.Type == field.Modifier:
		return without[map[string]any](value, "code")
	}
	return value, nil
}

// outsideRows is a table's rows without their numbers.
func outsideRows(columns []*field.Field, value json.RawMessage, download bool) (json.RawMessage, error) {
	type cell struct {
		Type  field.Type      `json:"type"`
		Value json.RawMessage `json:"value"`
	}
	type row struct {
		Value map[string]cell `json:"value"`
	}
	var rows []row
	if err := json.Unmarshal(value, &rows); err != nil {
		return nil, fmt.Errorf("share: table: %w", err)
	}
	for i := range rows {
		shown := map[string]cell{}
		for _, c := range columns {
			v, err := outsideValue(c, nil, rows[i].Value[c.Code].Value, download)
			if err != nil {
				return nil, err
			}
			shown[c.Code] = cell{c.Type, v}
		}
		rows[i].Value = shown
	}
	if rows == nil {
		rows = []row{}
	}
	return json.Marshal(rows)
}

// without is a JSON value of objects with one member of each emptied.
func without[T map[string]any | []map[string]any](value json.RawMessage, member string) (json.RawMessage, error) {
	var v T
	if err := json.Unmarshal(value, &v); err != nil {
		return nil, fmt.Errorf("share: value: %w", err)
	}
	switch v := any(v).(type) {
	case map[string]any:
		empty(v, member)
	case []map[string]any:
		for _, o := range v {
			empty(o, member)
		}
	}
	return json.Marshal(v)
}

func empty(o map[string]any, member string) {
	if _, ok := o[member]; ok {
		o[member] = ""
	}
}
