package backup

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// appendRow appends a row as a line: an object with a member for every column, in their order.
func appendRow(dst []byte, t db.Table, row []any) ([]byte, error) {
	for i, c := range t.Columns {
		if i == 0 {
			dst = append(dst, '{')
		} else {
			dst = append(dst, ',')
		}
		dst = append(field.AppendString(dst, c.Name), ':')
		switch v := row[i].(type) {
		case nil:
			dst = append(dst, "null"...)
		case int64:
			dst = strconv.AppendInt(dst, v, 10)
		case string:
			if !utf8.ValidString(v) {
				return nil, fmt.Errorf("backup: %s.%s holds a text that is not UTF-8", t.Name, c.Name)
			}
			dst = field.AppendString(dst, v)
		}
	}
	return append(dst, '}', '\n'), nil
}

// parseRow reads a line that appendRow wrote.
func parseRow(t db.Table, line []byte) ([]any, error) {
	var members map[string]any
	if err := decode(line, &members); err != nil {
		return nil, err
	}
	if len(members) != len(t.Columns) {
		return nil, fmt.Errorf("%d columns instead of %d", len(members), len(t.Columns))
	}
	row := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		v, there := members[c.Name]
		if !there {
			return nil, fmt.Errorf("no column %s", c.Name)
		}
		if n, ok := v.(json.Number); ok {
			number, err := n.Int64()
			if err != nil {
				return nil, fmt.Errorf("column %s: %s is not a whole number", c.Name, n)
			}
			v = number
		}
		if !c.Holds(v) {
			return nil, fmt.Errorf("column %s: not of type %s", c.Name, c.Type)
		}
		row[i] = v
	}
	return row, nil
}

// appendRecord appends a record as a line. Fields come by id.
func appendRecord(dst []byte, c record.Copy) ([]byte, error) {
	dst = strconv.AppendInt(append(dst, `{"id":`...), int64(c.ID), 10)
	dst = strconv.AppendInt(append(dst, `,"revision":`...), c.Revision, 10)
	dst = strconv.AppendInt(append(dst, `,"createdBy":`...), int64(c.CreatedBy), 10)
	dst = field.AppendString(append(dst, `,"createdAt":`...), string(c.CreatedAt))
	dst = strconv.AppendInt(append(dst, `,"updatedBy":`...), int64(c.UpdatedBy), 10)
	dst = field.AppendString(append(dst, `,"updatedAt":`...), string(c.UpdatedAt))
	dst, err := appendValues(append(dst, `,"values":`...), c.Values)
	if len(c.Rows) > 0 {
		dst = append(dst, `,"rows":{`...)
		for i, f := range slices.Sorted(maps.Keys(c.Rows)) {
			dst = append(appendField(dst, f, i), '[')
			for j, r := range c.Rows[f] {
				if j > 0 {
					dst = append(dst, ',')
				}
				dst = strconv.AppendInt(append(dst, `{"id":`...), r.ID, 10)
				if err == nil {
					dst, err = appendValues(append(dst, `,"values":`...), r.Values)
				}
				dst = append(dst, '}')
			}
			dst = append(dst, ']')
		}
		dst = append(dst, '}')
	}
	if err != nil {
		return nil, fmt.Errorf("backup: record %d: %w", c.ID, err)
	}
	return append(dst, '}', '\n'), nil
}

func appendValues(dst []byte, values map[id.Field]field.Value) ([]byte, error) {
	dst = append(dst, '{')
	for i, f := range slices.Sorted(maps.Keys(values)) {
		v := string(values[f])
		if !utf8.ValidString(v) {
			return nil, fmt.Errorf("field %d holds a text that is not UTF-8", f)
		}
		dst = field.AppendString(appendField(dst, f, i), v)
	}
	return append(dst, '}'), nil
}

// appendField appends the name of the i-th member of an object by field.
func appendField(dst []byte, f id.Field, i int) []byte {
	if i > 0 {
		dst = append(dst, ',')
	}
	return append(strconv.AppendInt(append(dst, '"'), int64(f), 10), '"', ':')
}

// decode reads one JSON value, and nothing that v does not have.
func decode(line []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}
