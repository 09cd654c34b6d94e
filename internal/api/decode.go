package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/rawjson"
)

// decode reads a request's JSON. Keys that in does not have are ignored; an empty body is {}.
func decode(body []byte, in any) error {
	body = bytes.TrimSpace(body)
	if len(body) == 0 {
		return nil
	}
	if !utf8.Valid(body) {
		return errs.E(errs.Invalid, "request.notJSON")
	}
	if err := strict(body, laterNUL(in)); err != nil {
		return err
	}
	err := rawjson.Unmarshal(body, in)
	var syntax *json.SyntaxError
	var shape *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &syntax):
		return errs.E(errs.Invalid, "request.notJSON").With(err)
	case errors.As(err, &shape), errors.Is(err, rawjson.ErrShape):
		return errs.E(errs.Invalid, "request.illegal").With(err)
	}
	if _, ok := errs.As(err); ok {
		return err
	}
	return errs.E(errs.Invalid, "request.notJSON").With(err)
}

// laterNUL reports whether NUL is for others to refuse: each value of a record tells where it is, and a bulk's requests are
// decoded on their own.
func laterNUL(in any) bool {
	switch in.(type) {
	case *addRecordIn, *addRecordsIn, *updateRecordIn, *updateRecordsIn, *draftIn, *bulkIn:
		return true
	}
	return false
}

// maxQueryIndex bounds the lists that a query string can spell.
const maxQueryIndex = 1000

// queryJSON turns a query string into the JSON object that it stands for: fields[0]=a&fields[1]=b is a list, all
// values are text. A missing member of a list is null.
// Source: kintone REST behaviour, requests.
func queryJSON(query url.Values) ([]byte, error) {
	lists := map[string][]string{}
	out := []byte{'{'}
	member := func(key string) {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = field.AppendString(out, key)
		out = append(out, ':')
	}
	for key, values := range query {
		name, index, isList := strings.Cut(key, "[")
		if !isList {
			member(key)
			out = field.AppendString(out, values[0])
			continue
		}
		n, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
		if index == "]" {
			n, err = len(lists[name]), nil
		}
		if err != nil || n < 0 || n > maxQueryIndex {
			return nil, errs.E(errs.Invalid, "request.illegal")
		}
		for _, v := range values {
			for len(lists[name]) <= n {
				lists[name] = append(lists[name], "null")
			}
			lists[name][n] = string(field.AppendString(nil, v))
			n++
		}
	}
	for name, values := range lists {
		member(name)
		out = append(out, '[')
		out = append(out, strings.Join(values, ",")...)
		out = append(out, ']')
	}
	return append(out, '}'), nil
}
