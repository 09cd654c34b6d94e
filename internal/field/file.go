package field

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/rawjson"
)

// file is FILE: attachments. What the database keeps is what the API shows.
type file struct{}

func (file) Storage() Storage { return Document }
func (file) Ops() Ops         { return OpLike | OpEmpty }

func (file) Decode(_ *Field, raw json.RawMessage, env *Env, p Problems) Value {
	var in []struct {
		FileKey string `json:"fileKey"`
	}
	if len(raw) > 0 && rawjson.Unmarshal(raw, &in) != nil {
		p.Add(".values", "field.notList")
		return ""
	}
	var list []Attachment
	for i, f := range in {
		a, ok := env.Files(f.FileKey)
		if !ok {
			p.Add(".values["+strconv.Itoa(i)+"].fileKey", "field.unknownFile", errs.Args{"id": f.FileKey})
			continue
		}
		list = append(list, a)
	}
	return FilesValue(list)
}

func (file) Check(f *Field, v Value, _ *Env, p Problems) {
	required(f, v, ".values", p)
}

func (file) AppendValue(dst []byte, _ *Field, stored []byte, _ Directory) []byte {
	if len(stored) == 0 {
		return append(dst, "[]"...)
	}
	return append(dst, stored...)
}

func (file) Literal(_ *Field, s string, _ *Env) (Value, bool) { return Value(s), true }

// SearchText returns the files' names, a line each.
func (file) SearchText(v Value) string {
	var names []string
	for _, a := range Files(v) {
		names = append(names, a.Name)
	}
	return strings.Join(names, "\n")
}

// FilesValue is the canonical form of a list of attachments.
func FilesValue(list []Attachment) Value {
	if len(list) == 0 {
		return ""
	}
	dst := []byte{'['}
	for i, a := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, `{"fileKey":`...)
		dst = AppendString(dst, a.Key)
		dst = append(dst, `,"name":`...)
		dst = AppendString(dst, a.Name)
		dst = append(dst, `,"contentType":`...)
		dst = AppendString(dst, a.ContentType)
		dst = append(dst, `,"size":"`...)
		dst = strconv.AppendInt(dst, a.Size, 10)
		dst = append(dst, `"}`...)
	}
	return Value(append(dst, ']'))
}

// Files reads the attachments of a stored FILE value.
func Files(v Value) []Attachment {
	if v == "" {
		return nil
	}
	var in []struct {
		FileKey, Name, ContentType string
		Size                       int64 `json:",string"`
	}
	if json.Unmarshal([]byte(v), &in) != nil {
		return nil
	}
	list := make([]Attachment, len(in))
	for i, a := range in {
		list[i] = Attachment{Key: a.FileKey, Name: a.Name, ContentType: a.ContentType, Size: a.Size}
	}
	return list
}
