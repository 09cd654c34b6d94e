package app

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/rawjson"
)

// news reads what raw, a definition's link of f to the app that it is tied to already, says beyond what whoever edits is shown
// of it. Who puts a member back as he was shown it changes nothing, so that he loses nothing that he is not shown: fields of
// the other app, and conditions that name them.
func news[In lookupIn | referenceIn](s *Settings, f *field.Field, raw json.RawMessage) (in In, err error) {
	shown, err := s.neighbours.shown(f)
	if err != nil {
		return in, err
	}
	b, err := json.Marshal(shown)
	if err != nil {
		return in, fmt.Errorf("app: link of field %d: %w", f.ID, err)
	}
	var said, known map[string]json.RawMessage
	if err := json.Unmarshal(b, &known); err != nil {
		return in, fmt.Errorf("app: link of field %d: %w", f.ID, err)
	}
	if err := json.Unmarshal(raw, &said); err != nil {
		return in, fmt.Errorf("app: link of field %d: %w", f.ID, err)
	}
	maps.DeleteFunc(said, func(name string, v json.RawMessage) bool { return sameJSON(v, known[name]) })
	if b, err = json.Marshal(said); err == nil {
		err = rawjson.Unmarshal(b, &in)
	}
	return in, err
}

func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}
