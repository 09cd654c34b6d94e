package search

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// lastFile is behind all files of a record.
const lastFile = 1 << 30

// hit is what records and their files have in common.
func (s sight) hit(n id.Record, values shown) Hit {
	h := Hit{Place: Place{App: s.app, Record: n}}
	if s.created != nil {
		var at string
		_ = json.Unmarshal(values.first(s.created.Code), &at) // our own answer
		h.At, _ = time.Parse(time.RFC3339, at)
	}
	if s.creator != nil {
		_ = json.Unmarshal(values.first(s.creator.Code), &h.Creator)
	}
	return h
}

// record is a record that was found, with the fields that a keyword is in; none when a table has a word that must be missing.
func (s sight) record(h Hit, values shown, r *Request) []Hit {
	some := []Term{{"OR", r.wanted()}}
	var texts []string
	for _, f := range s.searched {
		for _, raw := range values[f.Code] {
			t := plain(f, raw)
			if !finds(r.unwanted(), normal(t)) {
				return nil
			}
			if !finds(some, normal(t)) {
				continue
			}
			texts = append(texts, t)
			if len(h.Fields) == 0 || h.Fields[len(h.Fields)-1] != f {
				h.Fields = append(h.Fields, f)
			}
		}
	}
	h.Snippets = snippets(texts, r.wanted())
	return []Hit{h}
}

// files are the files of a record that was found for them: those with a keyword in their names. When there is none, a file's
// content has it, and which one's is not told apart.
func (s sight) files(h Hit, values shown, r *Request) (hits []Hit) {
	var all []field.Attachment
	for _, f := range s.searched {
		for _, raw := range values[f.Code] {
			all = append(all, field.Files(field.Value(raw))...)
		}
	}
	some := []Term{{"OR", r.wanted()}}
	named := slices.DeleteFunc(slices.Clone(all), func(f field.Attachment) bool { return !finds(some, normal(f.Name)) })
	if len(named) == 0 {
		named = all
	}
	for i, f := range named {
		if !finds(r.unwanted(), normal(f.Name)) {
			continue
		}
		one := h
		one.Place.File, one.File, one.Snippets = i+1, f, snippets([]string{f.Name}, r.wanted())
		hits = append(hits, one)
	}
	return hits
}

// plain is the text of a value as the API shows it.
func plain(f *field.Field, raw json.RawMessage) string {
	var s string
	_ = json.Unmarshal(raw, &s) // null is ""
	if st, ok := f.Kind().(field.SearchText); ok {
		return st.SearchText(field.Value(s))
	}
	return s
}

// shown are values by field code; columns of tables have one for each row.
type shown map[string][]json.RawMessage

func (v shown) first(code string) json.RawMessage {
	if len(v[code]) == 0 {
		return json.RawMessage("null")
	}
	return v[code][0]
}

// flat reads a record as the API shows it.
func flat(doc []byte) (shown, error) {
	type value struct {
		Type  field.Type      `json:"type"`
		Value json.RawMessage `json:"value"`
	}
	var top map[string]value
	if err := json.Unmarshal(doc, &top); err != nil {
		return nil, err
	}
	out := shown{}
	for code, v := range top {
		if v.Type != field.Subtable {
			out[code] = append(out[code], v.Value)
			continue
		}
		var rows []struct {
			Value map[string]value `json:"value"`
		}
		if err := json.Unmarshal(v.Value, &rows); err != nil {
			return nil, err
		}
		for _, row := range rows {
			for inner, cell := range row.Value {
				out[inner] = append(out[inner], cell.Value)
			}
		}
	}
	return out, nil
}
