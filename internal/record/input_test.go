package record_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/engawa/engawa/internal/record"
)

// FuzzInput holds the reading of records against what encoding/json makes of the same.
func FuzzInput(f *testing.F) {
	for _, s := range []string{
		`{}`, ` { } `, `null`, `{"a":{"value":"x"}}`, `{"a":{"value":null},"b":{}}`, "{ \"a\" :\n{ \"type\" : [1,{}] , \"value\" :\t12.5e3 } ,\"b\":null}",
		`{"\u0061\"":{"value":"\\"}}`, `{"a":{"value":"}{][,\"\\\""}}`, `{"t":{"value":[{"id":"1","value":{"x":{"value":"y"}}}]}}`,
		`{"a":1}`, `{"a":"x"}`, `{"a":[]}`, `[]`, `"x"`, `12`, `true`, `{"a":{"value":true}}`, `{"a":{"value":[]},"表":{"value":{}}}`, `{"a":{"value":"x"}`, `{`, ``,
		`{"a":{"value":1},"a":{"value":2}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		type value struct {
			Value json.RawMessage `json:"value"`
		}
		var want map[string]map[string]json.RawMessage // its keys are exact, those of a struct are not
		var got record.Input
		wrong, err := json.Unmarshal(raw, &want), json.Unmarshal(raw, &got)
		if (wrong == nil) != (err == nil) {
			t.Fatalf("%q: error %v, encoding/json has %v", raw, err, wrong)
		}
		if err != nil {
			return
		}
		expect := map[string]value{}
		for code, v := range want {
			expect[code] = value{v["value"]}
		}
		seen := map[string]value{}
		for code, v := range got {
			seen[code] = value{v.Value}
		}
		if !reflect.DeepEqual(seen, expect) {
			t.Errorf("%q: read %v, want %v", raw, seen, expect)
		}
	})
}
