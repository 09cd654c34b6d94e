package record

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/rawjson"
)

// upload is a file that an input wants to put into a field.
type upload struct {
	key   string
	field id.Field
}

// uploads finds the files that an input names in fields that the actor may see, gives them to env, and returns those
// that are new to the record. What is attached already can only stay in its field.
func (s *Set) uploads(ctx context.Context, env *field.Env, record id.Record, in Input) ([]upload, error) {
	var list []upload
	for _, f := range s.lens.Fields() {
		switch f.Type {
		case field.File:
			list = appendUploads(list, f, in[f.Code].Value)
		case field.Subtable:
			list = s.uploadsInRows(list, f, in[f.Code].Value)
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	keys := make([]string, len(list))
	for i, u := range list {
		keys[i] = u.key
	}
	var fresh []upload
	err := s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		found, err := s.records.files.Resolve(ctx, tx, s.who, keys, s.live.ID, record)
		if err != nil {
			return err
		}
		fresh = nil
		for _, u := range list {
			switch f, ok := found[u.key]; {
			case !ok, f.Key == u.key && f.Field != u.field:
				return errs.E(errs.NotFound, "file.notFound", errs.Args{"id": u.key})
			case f.Key != u.key:
				fresh = append(fresh, u)
			}
		}
		env.Files = func(key string) (field.Attachment, bool) { f, ok := found[key]; return f.Attachment(), ok }
		return nil
	})
	return fresh, err
}

func appendUploads(list []upload, f *field.Field, raw json.RawMessage) []upload {
	var in []struct {
		FileKey string `json:"fileKey"`
	}
	if len(raw) == 0 || rawjson.Unmarshal(raw, &in) != nil {
		return list // Decode reports it
	}
	for _, x := range in {
		list = append(list, upload{x.FileKey, f.ID})
	}
	return list
}

func (s *Set) uploadsInRows(list []upload, f *field.Field, raw json.RawMessage) []upload {
	inner := slices.DeleteFunc(s.lens.Inner(f), func(g *field.Field) bool { return g.Type != field.File })
	var rows []struct {
		Value Input `json:"value"`
	}
	if len(inner) == 0 || len(raw) == 0 || rawjson.Unmarshal(raw, &rows) != nil {
		return list
	}
	for _, r := range rows {
		for _, g := range inner {
			list = appendUploads(list, g, r.Value[g.Code].Value)
		}
	}
	return list
}

// attach takes the uploads into the record; each can be taken once.
func (s *Set) attach(ctx context.Context, tx *db.Tx, record id.Record, list []upload) error {
	for _, u := range list {
		if err := s.records.files.Attach(ctx, tx, u.key, s.live.ID, record, u.field); err != nil {
			return err
		}
	}
	return nil
}
