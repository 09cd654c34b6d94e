package api

import (
	"reflect"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/rawjson"
)

// Every struct that a request may hold can be read exactly: none is left to encoding/json, which takes keys of other letters.
func TestEveryRequestIsReadExactly(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var visit func(of reflect.Type, lost bool)
	visit = func(of reflect.Type, lost bool) {
		if seen[of] {
			return
		}
		switch of.Kind() {
		case reflect.Struct:
			seen[of] = true
			if lost {
				t.Errorf("%s is in an array, or a map whose keys are no texts", of)
			}
			_ = rawjson.Unmarshal([]byte("{}"), reflect.New(of).Interface()) // panics at what it cannot read
			for i := range of.NumField() {
				visit(of.Field(i).Type, false)
			}
		case reflect.Pointer, reflect.Slice:
			visit(of.Elem(), lost)
		case reflect.Array:
			visit(of.Elem(), true)
		case reflect.Map:
			visit(of.Elem(), lost || of.Key().Kind() != reflect.String)
		}
	}
	for _, r := range new(API).Routes() {
		if r.In != nil {
			visit(r.In, false)
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d structs", len(seen))
	}
}

// What costs its sender three bytes must not cost us a hundred, millions of times.
func TestRequestsOfTooManyValues(t *testing.T) {
	for body, want := range map[string]errs.Kind{
		`{"app":1,"records":[{}` + strings.Repeat(",{}", maxValues/2-10) + `]}`: errs.Internal, // no error
		`{"app":1,"records":[{}` + strings.Repeat(",{}", maxValues/2) + `]}`:    errs.TooLarge,
		`{"requests":[` + strings.Repeat("null,", maxValues+1) + `null]}`:       errs.TooLarge,
	} {
		var in updateRecordsIn
		if err := decode([]byte(body), &in); errs.KindOf(err) != want || want == errs.Internal && err != nil {
			t.Errorf("%.40s: %v", body, err)
		}
	}
}
