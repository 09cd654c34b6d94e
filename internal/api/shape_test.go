package api

import (
	"encoding/json"
	"reflect"
	"testing"
)

// FuzzUnmarshal holds the reading of requests against what encoding/json makes of the same.
func FuzzUnmarshal(f *testing.F) {
	for _, s := range []string{
		`{}`, `null`, `[]`, `"x"`, `{"app":1,"records":[{"a":{"value":"x"}},{}]}`, `{"app":"1","records":null}`, `{"App":"1","RECORDS":[]}`, `{"app":{},"records":{}}`,
		`{"app":1,"records":[1]}`, `{"app":null,"upsert":true,"records":[{"id":1,"updateKey":{"field":"a","value":"b"},"record":{},"revision":-1}],"more":[1,{}]}`,
		`{"app":1,"id":"\u0031","updateKey":null,"record":{"a":{"value":[]}},"revision":""}`, `{"app":1`, `{"query":"a = \"b\"","fields":["x"],"totalCount":"true"}`,
	} {
		f.Add([]byte(s))
	}
	types := []reflect.Type{
		reflect.TypeFor[addRecordIn](), reflect.TypeFor[addRecordsIn](), reflect.TypeFor[updateRecordIn](), reflect.TypeFor[updateRecordsIn](), reflect.TypeFor[getRecordsIn](),
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if strict(body, true) != nil {
			return
		}
		for _, in := range types {
			got, want := reflect.New(in).Interface(), reflect.New(in).Interface()
			err, wrong := unmarshal(body, got), json.Unmarshal(body, want)
			if (err == nil) != (wrong == nil) {
				t.Errorf("%q as %v: error %v, encoding/json has %v", body, in, err, wrong)
			} else if err == nil && !reflect.DeepEqual(got, want) {
				t.Errorf("%q as %v: read %+v, want %+v", body, in, got, want)
			}
		}
	})
}
