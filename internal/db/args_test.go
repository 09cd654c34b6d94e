package db

import (
	"reflect"
	"testing"
	"time"
)

func TestArguments(t *testing.T) {
	now := time.Now()
	for _, tc := range []struct{ got, want any }{
		{Marks(0), ""}, {Marks(1), "?"}, {Marks(3), "?, ?, ?"},
		{Args([]string(nil)), []any{}}, {Args([]int64{1, 2}), []any{int64(1), int64(2)}},
		{OrNull(0), nil}, {OrNull(""), nil}, {OrNull(7), 7}, {OrNull(time.Time{}.In(time.Local)), nil}, {OrNull(now), now},
	} {
		if !reflect.DeepEqual(tc.got, tc.want) {
			t.Errorf("got %v, want %v", tc.got, tc.want)
		}
	}
}
