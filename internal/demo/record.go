package demo

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// values are a record's, by field code: string, int, labels, people, lines or keys.
type values map[string]any

type (
	labels []string // of choices
	people []string // login names
	author string   // a login name, in a field for one person
	lines  []values // rows of a table
	keys   []string // of uploads
)

// build makes and deploys an app, with records in it, as the administrator.
func (s *site) build(ctx context.Context, p plan, list []values) (*record.Set, []id.Record, error) {
	who := s.actors["aoki"]
	n, _, err := s.Apps.Create(ctx, who, p.name)
	if err != nil {
		return nil, nil, err
	}
	h, err := s.Apps.Open(ctx, who, n)
	if err != nil {
		return nil, nil, err
	}
	_, err = h.Edit(ctx, app.AnyRevision, func(st *app.Settings, problems *errs.Fields) error { return s.apply(p, st, problems) })
	if err != nil {
		return nil, nil, err
	}
	if err := s.Apps.Deploy(ctx, who, []app.Deployment{{App: n, Revision: app.AnyRevision}}); err != nil {
		return nil, nil, err
	}
	set, err := s.Records.Open(ctx, who, n)
	if err != nil {
		return nil, nil, err
	}
	var ids []id.Record
	for part := range slices.Chunk(list, record.MaxBulk) {
		inputs := make([]record.Input, len(part))
		for i, v := range part {
			inputs[i] = s.input(v)
		}
		added, err := set.Add(ctx, inputs, "")
		if err != nil {
			return nil, nil, err
		}
		for _, w := range added {
			ids = append(ids, w.ID)
		}
	}
	return set, ids, nil
}

// change has somebody change a record.
func (s *site) change(ctx context.Context, set *record.Set, n id.Record, by string, v values) error {
	his, err := s.Records.Open(ctx, s.actors[by], set.App().ID)
	if err != nil {
		return err
	}
	_, err = his.Update(ctx, []record.Change{{ID: n, Record: s.input(v), Revision: record.AnyRevision}}, false, "record")
	return err
}

// input is a record as the API takes it.
func (s *site) input(v values) record.Input {
	in := record.Input{}
	for code, x := range v {
		in[code] = record.InputValue{Value: s.value(x)}
	}
	return in
}

func (s *site) value(x any) json.RawMessage {
	switch x := x.(type) {
	case string:
		return field.AppendString(nil, x)
	case int:
		return field.AppendString(nil, strconv.Itoa(x))
	case author:
		return s.person(string(x))
	case labels:
		return list(x, func(l string) json.RawMessage { return field.AppendString(nil, l) })
	case people:
		return list(x, s.person)
	case keys:
		return list(x, func(k string) json.RawMessage { return object("fileKey", field.AppendString(nil, k)) })
	case lines:
		return list(x, func(row values) json.RawMessage {
			b, err := json.Marshal(s.input(row))
			if err != nil {
				panic(err) // an Input of valid JSON always marshals
			}
			return object("value", b)
		})
	}
	panic("demo: a value of no kind")
}

// person is somebody by the name that the demo knows him by.
func (s *site) person(name string) json.RawMessage {
	return object("code", field.AppendString(nil, s.actors[name].Code()))
}

func list[T any](members []T, one func(T) json.RawMessage) json.RawMessage {
	out := []byte{'['}
	for i, m := range members {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, one(m)...)
	}
	return append(out, ']')
}

func object(key string, value []byte) json.RawMessage {
	return append(append(append(field.AppendString([]byte{'{'}, key), ':'), value...), '}')
}

// made says who added a record and when, and that nobody has changed it since.
func (s *site) made(v values, by string, days int) values {
	at := s.during(days)
	v["作成者"], v["作成日時"], v["更新者"], v["更新日時"] = author(by), at, author(by), at
	return v
}
