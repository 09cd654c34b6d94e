package api

import (
	"encoding/json"
	"reflect"
	"strings"
	"sync"

	"github.com/engawa/engawa/internal/rawjson"
)

// shape is how the members of a request become the fields of a struct: what encoding/json does, without its looking at every
// value that reads itself (Int, Text, record.Input) several times before.
type shape map[string]int

// shapes are those of all types that requests have, each worked out once.
var shapes sync.Map // of reflect.Type

// shapeOf returns the shape of a struct, or nil for what is left to encoding/json altogether.
func shapeOf(t reflect.Type) shape {
	if known, ok := shapes.Load(t); ok {
		return known.(shape)
	}
	s := newShape(t)
	shapes.Store(t, s)
	return s
}

func newShape(t reflect.Type) shape {
	if t.Kind() != reflect.Struct || reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return nil
	}
	s := shape{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || !f.IsExported() || name == "" || options == "string" {
			return nil
		}
		if name != "-" {
			s[name] = i
		}
	}
	return s
}

// unmarshal is json.Unmarshal for a request, in which no key comes twice.
func unmarshal(body []byte, in any) error {
	v := reflect.ValueOf(in).Elem()
	s := shapeOf(v.Type())
	if s == nil || !json.Valid(body) {
		return json.Unmarshal(body, in)
	}
	return rawjson.Members(body, func(key, value []byte) error {
		i, ok := s.field(key)
		if !ok {
			return nil
		}
		return unmarshalField(v.Field(i), value)
	})
}

// field is the index of the field for a key: of that name, or else of one that differs in the case of letters only.
func (s shape) field(key []byte) (i int, ok bool) {
	if i, ok = s[string(key)]; ok {
		return i, true
	}
	for name, i := range s {
		if strings.EqualFold(name, string(key)) {
			return i, true
		}
	}
	return 0, false
}

func unmarshalField(field reflect.Value, value []byte) error {
	if field.Kind() == reflect.Pointer && string(value) != "null" {
		field.Set(reflect.New(field.Type().Elem()))
		field = field.Elem()
	}
	at := field.Addr().Interface()
	if u, ok := at.(json.Unmarshaler); ok {
		return u.UnmarshalJSON(value)
	}
	return json.Unmarshal(value, at)
}
