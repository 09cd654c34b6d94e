package app

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
)

// Definition is a field as the API defines it. What is null in it is as if left out, so that what a GET answers can be put
// back: it shows null for links to apps that its reader may not see.
type Definition map[string]json.RawMessage

// UnmarshalJSON leaves out what is null.
// Source: kintone REST behaviour, requests.
func (d *Definition) UnmarshalJSON(raw []byte) error {
	var m map[string]json.RawMessage
	if err := json.Unmarshal(raw, &m); err != nil {
		return err
	}
	maps.DeleteFunc(m, func(_ string, v json.RawMessage) bool { return string(v) == "null" })
	*d = m
	return nil
}

// MaxFields is the number of fields an app may have, inner fields included.
// Source: kintone limits.
const MaxFields = 500

// systemCodes are the codes that the fields of every app start with.
var systemCodes = []struct {
	t      field.Type
	ja, en [2]string // code, label
}{
	{field.RecordNumber, [2]string{"レコード番号", "レコード番号"}, [2]string{"Record_number", "Record number"}},
	{field.Creator, [2]string{"作成者", "作成者"}, [2]string{"Created_by", "Created by"}},
	{field.CreatedTime, [2]string{"作成日時", "作成日時"}, [2]string{"Created_datetime", "Created datetime"}},
	{field.Modifier, [2]string{"更新者", "更新者"}, [2]string{"Updated_by", "Updated by"}},
	{field.UpdatedTime, [2]string{"更新日時", "更新日時"}, [2]string{"Updated_datetime", "Updated datetime"}},
}

// reserved codes belong to fields that features bring with them, in every language.
var reserved = map[string]bool{
	"ステータス": true, "カテゴリー": true, "作業者": true, "Status": true, "Categories": true, "Assignee": true,
	"状态": true, "类别": true, "执行者": true, "__ROOT__": true, "not": true,
}

// newForm is the form of an app without any field of its own.
func newForm(lang i18n.Lang) (form []*field.Field, next id.Field) {
	for _, c := range systemCodes {
		next++
		names := c.ja
		if lang == i18n.En {
			names = c.en
		}
		form = append(form, &field.Field{ID: next, Type: c.t, Code: names[0], Label: names[1], NextOption: 0})
	}
	return form, next
}

var codePattern = regexp.MustCompile(`^[\p{L}\p{M}\p{N}_＿・･＄￥\p{Sc}ー]+$`)

// validCode reports whether code may name a field.
// Source: kintone REST reference, form field definitions.
func validCode(code string) bool {
	n := len([]rune(code))
	return n >= 1 && n <= 128 && !(code[0] >= '0' && code[0] <= '9') && !reserved[code] && codePattern.MatchString(code)
}

// AddFields adds the fields of a request at the bottom of the form and the layout, in the order of their codes
// in order (all others by name).
//
// Errors: Invalid "app.unknownField" when a link to another app names a field that is not there; what else is wrong goes to p.
func (s *Settings) AddFields(defs map[string]Definition, order []string, p *errs.Fields) error {
	for _, key := range ordered(defs, order) {
		f := s.newField(key, defs[key], "properties["+key+"]", nil, p)
		if f == nil {
			continue
		}
		s.Form = append(s.Form, f)
		s.Layout = append(s.Layout, place(f))
	}
	if s.ownFields() > MaxFields {
		p.Add("properties", "app.tooManyFields", errs.Args{"max": MaxFields})
	}
	return s.link(p)
}

// ordered is the keys of defs: first those in order, then the others by name.
func ordered(defs map[string]Definition, order []string) []string {
	rank := map[string]int{}
	for i, k := range order {
		rank[k] = i - len(order)
	}
	keys := slices.Collect(maps.Keys(defs))
	slices.SortFunc(keys, func(a, b string) int {
		if d := rank[a] - rank[b]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return keys
}

// newField makes the field that def describes, with its inner fields, or notes why it cannot. Its code is its key; of one that
// names no code but a label, it is made of that.
// Source: kintone REST reference, form field definitions.
func (s *Settings) newField(key string, def Definition, path string, table *field.Field, p *errs.Fields) *field.Field {
	var typ, code, label string
	for name, into := range map[string]*string{"type": &typ, "code": &code, "label": &label} {
		if raw, ok := def[name]; ok && json.Unmarshal(raw, into) != nil {
			p.Add(path+"."+name, "param.text")
			return nil
		}
	}
	t := field.Type(typ)
	if typ == "" {
		p.Add(path+".type", "param.required")
		return nil
	}
	if !t.Known() || t.System() || table != nil && !mayStandInTable(t) {
		p.Add(path+".type", "param.enum")
		return nil
	}
	switch {
	case code == key:
	case code != "":
		p.Add(path+".code", "app.codeKey", errs.Args{"key": key})
		return nil
	case label != "":
		code = s.CodeFor(label)
	default:
		code = key
	}
	if label == "" {
		label = code
	}
	if !s.freeCode(code, path, p) {
		return nil
	}
	if table != nil && (table.Code == code || table.Inner(code) != nil) {
		p.Add(path+".code", "app.codeTwice", errs.Args{"code": code})
		return nil
	}
	s.NextField++
	f := &field.Field{ID: s.NextField, Type: t, Code: code, Label: label}
	s.beginLink(f, table, def, path, p)
	f.SetProperties(def, path, p)
	if table != nil {
		f.Unique = false // kintone drops it there without a word
	}
	s.checkField(f, path, p)
	if t == field.Subtable {
		s.addInner(f, def, path, p)
	}
	return f
}

func mayStandInTable(t field.Type) bool {
	return t != field.Subtable && t != field.Group && t != field.ReferenceTable
}

// freeCode notes a code that is malformed or taken.
func (s *Settings) freeCode(code, path string, p *errs.Fields) bool {
	if !validCode(code) {
		p.Add(path+".code", "app.badCode", errs.Args{"code": code})
		return false
	}
	if f, _ := s.Field(code); f != nil {
		p.Add(path+".code", "app.codeTwice", errs.Args{"code": code})
		return false
	}
	return true
}

func (s *Settings) addInner(f *field.Field, def Definition, path string, p *errs.Fields) {
	var inner map[string]Definition
	raw := def["fields"]
	if raw != nil && json.Unmarshal(raw, &inner) != nil {
		p.Add(path+".fields", "param.object")
		return
	}
	if len(inner) == 0 {
		p.Add(path+".fields", "param.required") // a table has columns
	}
	for _, key := range ordered(inner, objectKeys(raw)) {
		if g := s.newField(key, inner[key], path+".fields["+key+"]", f, p); g != nil {
			f.Fields = append(f.Fields, g)
		}
	}
}

// UpdateFields changes fields by their present codes.
func (s *Settings) UpdateFields(defs map[string]Definition, p *errs.Fields) error {
	renamed := map[string]string{}
	for _, key := range ordered(defs, nil) {
		def := defs[key]
		f, table := s.Field(key)
		if f == nil || table != nil {
			return errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": key})
		}
		s.updateField(f, nil, def, "properties["+key+"]", renamed, p)
	}
	if len(renamed) > 0 {
		s.rename(renamed)
	}
	return s.link(p)
}

func (s *Settings) updateField(f, table *field.Field, def Definition, path string, renamed map[string]string, p *errs.Fields) {
	if raw, ok := def["type"]; ok && strings.Trim(string(raw), `"`) != string(f.Type) {
		p.Add(path+".type", "app.typeFixed", errs.Args{"code": f.Code})
		return
	}
	was, options := f.Code, slices.Clone(f.Options)
	if raw, ok := def["code"]; ok && !f.Type.Switched() {
		var code string
		if json.Unmarshal(raw, &code) == nil && code != f.Code && s.freeCode(code, path, p) {
			renamed[f.Code] = code
			f.Code = code
		}
	}
	if f.Type.Switched() {
		return // its feature names and enables it
	}
	if def["lookup"] != nil && f.Lookup == nil {
		p.Add(path+".lookup", "app.typeFixed", errs.Args{"code": f.Code})
	}
	s.unlinked = append(s.unlinked, unlinked{f, table, def, path})
	f.SetProperties(def, path, p)
	s.forgetValues(was, dropped(options, f), path+".options", p)
	s.renameValues(was, relabelled(options, f))
	s.checkField(f, path, p)
	if f.Type != field.Subtable || def["fields"] == nil {
		return
	}
	var inner map[string]Definition
	if json.Unmarshal(def["fields"], &inner) != nil {
		p.Add(path+".fields", "param.object")
		return
	}
	for _, key := range ordered(inner, objectKeys(def["fields"])) {
		at := path + ".fields[" + key + "]"
		if g := f.Inner(key); g != nil {
			s.updateField(g, f, inner[key], at, renamed, p)
		} else if g := s.newField(key, inner[key], at, f, p); g != nil {
			f.Fields = append(f.Fields, g)
			eachPlace(s.Layout, func(r *Row) {
				if r.Code == f.Code {
					r.Fields = append(r.Fields, Place{Type: string(g.Type), Code: g.Code})
				}
			}, func(*Place) {})
		}
	}
}

// DeleteFields removes fields by code, from the form and from all that names them. A table may lose its last column, for
// another to come before it is deployed.
func (s *Settings) DeleteFields(codes []string) error {
	gone := map[string]bool{}
	var deleted []*field.Field
	for _, code := range codes {
		f, table := s.Field(code)
		if f == nil {
			return errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": code})
		}
		if f.Type.System() {
			return errs.E(errs.Invalid, "app.systemField", errs.Args{"code": code})
		}
		if s.Process.uses(code) {
			return errs.E(errs.Invalid, "app.fieldInProcess", errs.Args{"code": code})
		}
		gone[code] = true
		deleted = append(deleted, f)
		deleted = append(deleted, f.Fields...)
		drop := func(g *field.Field) bool { return g == f }
		if table != nil {
			table.Fields = slices.DeleteFunc(table.Fields, drop)
		} else {
			s.Form = slices.DeleteFunc(s.Form, drop)
			if f.Type == field.Group {
				s.Layout = ungroup(s.Layout, code)
			}
			for _, g := range f.Fields {
				gone[g.Code] = true
			}
		}
	}
	s.Layout = without(s.Layout, gone)
	s.forget(gone)
	return s.unlink(deleted)
}

// ungroup puts the rows of a group in its place, so that deleting a group loses no field.
func ungroup(rows []Row, code string) []Row {
	for i, r := range rows {
		if r.Type == "GROUP" && r.Code == code {
			return slices.Concat(rows[:i], r.Layout, rows[i+1:])
		}
	}
	return rows
}

// objectKeys returns the keys of a JSON object in the order they were written.
func objectKeys(raw json.RawMessage) []string {
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	var keys []string
	depth := 0
	for wantKey := false; ; {
		tok, err := dec.Token()
		if err != nil {
			return keys
		}
		if d, ok := tok.(json.Delim); ok {
			switch d {
			case '{', '[':
				depth++
			default:
				depth--
			}
			wantKey = depth == 1
			continue
		}
		if depth != 1 {
			continue
		}
		if s, ok := tok.(string); ok && wantKey {
			keys = append(keys, s)
		}
		wantKey = !wantKey
	}
}

// FieldOrder returns the codes of a request's properties in the order they were written, which is the
// order in which a person or a file listed them.
func FieldOrder(raw json.RawMessage) []string { return objectKeys(raw) }

// Properties are the form's fields as the API shows them, by code.
func (s *Settings) Properties(visible func(code string) bool) map[string]any {
	m := map[string]any{}
	for _, f := range s.Form {
		if visible(f.Code) {
			m[f.Code] = f.Properties()
		}
	}
	return m
}

// RevisionText is the revision as the API writes it.
func (s *Settings) RevisionText() string { return strconv.FormatInt(s.Revision, 10) }
