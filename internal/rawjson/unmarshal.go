package rawjson

import (
	"bytes"
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// Unmarshal is json.Unmarshal for the request of a client, with two differences: a key names the field that is written exactly
// so, and no other in which letters are of another case, because to a client that is some other key, which is to be ignored;
// and what reads itself (a json.Unmarshaler) is looked at once, not several times before.
//
// Errors: those of json.Unmarshal; ErrShape when a struct, a slice or a map is due and the value is of another kind.
func Unmarshal(raw []byte, to any) error {
	if !json.Valid(raw) {
		return json.Unmarshal(raw, to)
	}
	return set(reflect.ValueOf(to).Elem(), bytes.TrimSpace(raw))
}

var (
	unmarshaler     = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// set makes v what raw says. Only structs, and what may hold some, are read here.
func set(v reflect.Value, raw []byte) error {
	at := v.Addr()
	switch t := v.Type(); {
	case t.Kind() == reflect.Pointer && string(raw) != "null":
		v.Set(reflect.New(t.Elem()))
		return set(v.Elem(), raw)
	case at.Type().Implements(unmarshaler):
		return at.Interface().(json.Unmarshaler).UnmarshalJSON(raw)
	case string(raw) == "null" || at.Type().Implements(textUnmarshaler):
	case t.Kind() == reflect.Struct:
		return setStruct(v, raw)
	case t.Kind() == reflect.Slice && holds(t.Elem()):
		return setSlice(v, raw)
	case t.Kind() == reflect.Map && t.Key().Kind() == reflect.String && holds(t.Elem()):
		return setMap(v, raw)
	}
	return json.Unmarshal(raw, at.Interface())
}

// holds tells whether values of t may be or hold structs.
func holds(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Struct, reflect.Map, reflect.Slice, reflect.Pointer:
		return true
	}
	return false
}

func setStruct(v reflect.Value, raw []byte) error {
	fields := fieldsOf(v.Type())
	return Members(raw, func(key, value []byte) error {
		index, ok := fields[string(key)]
		if !ok {
			return nil
		}
		return set(v.FieldByIndex(index), value)
	})
}

func setSlice(v reflect.Value, raw []byte) error {
	list := reflect.MakeSlice(v.Type(), 0, 4)
	err := Elements(raw, func(value []byte) error {
		list = reflect.Append(list, reflect.Zero(v.Type().Elem()))
		return set(list.Index(list.Len()-1), value)
	})
	v.Set(list)
	return err
}

func setMap(v reflect.Value, raw []byte) error {
	v.Set(reflect.MakeMap(v.Type()))
	return Members(raw, func(key, value []byte) error {
		element := reflect.New(v.Type().Elem()).Elem()
		if err := set(element, value); err != nil {
			return err
		}
		v.SetMapIndex(reflect.ValueOf(string(key)).Convert(v.Type().Key()), element)
		return nil
	})
}

// known are the fields of structs, worked out once: reflect.Type to map[string][]int.
var known sync.Map

// fieldsOf returns the fields of a struct, and of those that it embeds, by their keys. It panics for what encoding/json reads
// by rules of its own that no request needs; a test of the API reads every request once.
func fieldsOf(t reflect.Type) map[string][]int {
	if fields, ok := known.Load(t); ok {
		return fields.(map[string][]int)
	}
	fields := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case strings.Contains(options, "string"):
			panic("rawjson: " + t.String() + " has a number in a text: use a type that reads itself")
		case f.Anonymous && (key != "" || f.Type.Kind() == reflect.Pointer):
			panic("rawjson: " + t.String() + " embeds by a name or a pointer: embed the struct itself, or give the field a name")
		case key == "" && !f.Anonymous:
			key = f.Name
		}
		if !f.IsExported() || key == "" || key == "-" {
			continue
		}
		if _, twice := fields[key]; twice {
			panic("rawjson: " + t.String() + " has " + key + " twice")
		}
		fields[key] = f.Index
	}
	known.Store(t, fields)
	return fields
}
