package rawjson

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// given reads itself, also from null.
type given struct{ raw string }

func (g *given) UnmarshalJSON(raw []byte) error {
	g.raw = string(raw)
	return nil
}

type common struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// request has what requests have.
type request struct {
	common
	App     given             `json:"app"`
	Key     *common           `json:"key"`
	Flag    *bool             `json:"flag,omitempty"`
	Payload json.RawMessage   `json:"payload"`
	List    []common          `json:"list"`
	Some    *[]*given         `json:"some"`
	Texts   []string          `json:"texts"`
	Bytes   []byte            `json:"bytes"`
	Map     map[string]common `json:"map"`
	Deep    map[string][]map[string]*request
	Any     any    `json:"any"`
	Left    string `json:"-"`
}

// FuzzUnmarshal holds it against encoding/json wherever no key is nearly that of a field.
func FuzzUnmarshal(f *testing.F) {
	for _, s := range append([]string{
		`{"name":"x","count":1,"app":"1","key":{"name":"y"},"flag":true,"payload":{"a":[1]},"list":[{"name":"z"},{}],"some":[1,null,"x"]}`,
		`{"app":null,"key":null,"flag":null,"payload":null,"list":null,"some":null,"texts":null,"map":null,"Deep":null,"any":null}`, `{"count":"1"}`, `{"count":1.5}`,
		`{"texts":["a","b"],"bytes":"eHg=","map":{"a":{"count":2},"b":null},"Deep":{"x":[{"y":{"app":[]}},{}]},"any":{"a":[1]},"-":"x","Left":"y","common":{}}`,
		`{"list":{}}`, `{"list":[[]]}`, `{"map":[]}`, `{"key":[]}`, `{"texts":[1]}`, `{"name":{}}`, `{"some":[]}`, ` { "list" : [ ] , "map" : { } } `, `{"flag":"true"}`,
	}, seeds...) {
		f.Add([]byte(s))
	}
	fields := []string{"name", "count", "app", "key", "flag", "payload", "list", "some", "texts", "bytes", "map", "Deep", "any"}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var all any
		if json.Unmarshal(raw, &all) == nil && nearly(all, fields) || repeats(raw) {
			return
		}
		var got, want request
		err, wrong := Unmarshal(raw, &got), json.Unmarshal(raw, &want)
		if (err == nil) != (wrong == nil) {
			t.Fatalf("%q: error %v, encoding/json has %v", raw, err, wrong)
		}
		if err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: read %+v, want %+v", raw, got, want)
		}
	})
}

// nearly tells whether a key anywhere is a field's but for the case of letters.
func nearly(v any, fields []string) bool {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			if nearly(x, fields) {
				return true
			}
		}
	case map[string]any:
		for key, x := range v {
			for _, f := range fields {
				if key != f && strings.EqualFold(key, f) {
					return true
				}
			}
			if nearly(x, fields) {
				return true
			}
		}
	}
	return false
}

// repeats tells whether an object has a key twice: encoding/json then merges what both say, and requests that do so are refused
// before they are read.
func repeats(raw []byte) (twice bool) {
	if !json.Valid(raw) {
		return false
	}
	seen := map[string]bool{}
	inside := func(value []byte) error {
		twice = twice || repeats(value)
		return nil
	}
	_ = Members(raw, func(key, value []byte) error {
		twice = twice || seen[string(key)]
		seen[string(key)] = true
		return inside(value)
	})
	_ = Elements(raw, inside)
	return twice
}

// A key of other letters is another key, on every floor.
func TestUnmarshalTakesExactKeys(t *testing.T) {
	var got request
	raw := `{"name":"x","Name":"y","NAME":"z","list":[{"count":1,"Count":2}],"map":{"a":{"name":"b","nAme":"c"},"A":{}},"key":{"ｎame":"d","Name":"e"},"deep":{}}`
	if err := Unmarshal([]byte(raw), &got); err != nil {
		t.Fatal(err)
	}
	want := request{common: common{Name: "x"}, List: []common{{Count: 1}}, Map: map[string]common{"a": {Name: "b"}, "A": {}}, Key: &common{}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read %+v, want %+v", got, want)
	}
}
