package rawjson

import (
	"encoding/json"
	"reflect"
	"testing"
)

// seeds are JSON of all kinds, and what is nearly JSON.
var seeds = []string{
	`{}`, ` { } `, `null`, ` null `, `[]`, ` [ ] `, `[1]`, `[ 1 , "a" , null ]`, `[[],[{}],{"a":[1,2]}]`, `{"a":1}`, "{ \"a\" :\n{ \"b\" : [1,{}] } ,\"c\":\t12.5e3}",
	`{"\u0061\"":"\\"}`, `{"a":"}{][,\"\\\""}`, `"x"`, `"\u3042\\"`, `12`, `true`, `{"表":{}}`, `{`, ``, `[1,]`, "\"\xff\"",
}

// FuzzMembers holds what is read against what encoding/json makes of the same.
func FuzzMembers(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var want map[string]json.RawMessage
		wrong := json.Unmarshal(raw, &want)
		if !json.Valid(raw) {
			return
		}
		var got map[string]json.RawMessage
		err := Members(raw, func(key, value []byte) error {
			if got == nil {
				got = map[string]json.RawMessage{}
			}
			got[string(key)] = value
			return nil
		})
		if (wrong == nil) != (err == nil) {
			t.Fatalf("%q: error %v, encoding/json has %v", raw, err, wrong)
		}
		if err == nil && len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: read %s, want %s", raw, got, want)
		}
	})
}

func FuzzElements(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var want []json.RawMessage
		wrong := json.Unmarshal(raw, &want)
		if !json.Valid(raw) {
			return
		}
		var got []json.RawMessage
		err := Elements(raw, func(value []byte) error {
			got = append(got, value)
			return nil
		})
		if (wrong == nil) != (err == nil) {
			t.Fatalf("%q: error %v, encoding/json has %v", raw, err, wrong)
		}
		if err == nil && len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: read %s, want %s", raw, got, want)
		}
	})
}

func FuzzString(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var want string
		if !json.Valid(raw) || raw[0] != '"' || raw[len(raw)-1] != '"' || json.Unmarshal(raw, &want) != nil {
			return
		}
		if got, err := String(raw); err != nil || got != want {
			t.Errorf("%q: got %q (%v), want %q", raw, got, err, want)
		}
	})
}
