package server

import (
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/engawa/engawa/docs"
	"github.com/engawa/engawa/internal/api"
)

// The description tells of every route and of no other, with the names that its requests and answers really have.
func TestOpenAPI(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(docs.OpenAPI)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	described := map[string]*openapi3.Operation{}
	names := map[string]string{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			call := method + " " + path
			described[call] = op
			if op.Summary == "" || op.OperationID == "" || len(op.Tags) != 1 || doc.Tags.Get(op.Tags[0]) == nil {
				t.Errorf("%s: want a summary, an operationId and one tag of the list", call)
			}
			if other := names[op.OperationID]; other != "" {
				t.Errorf("%s and %s are both called %s", call, other, op.OperationID)
			}
			names[op.OperationID] = call
		}
	}
	s := newTestSite(t)
	for _, r := range s.routeList() {
		call := r.Method + " " + r.Path
		op := described[call]
		delete(described, call)
		if op == nil {
			t.Errorf("%s is not in docs/openapi.yaml", call)
			continue
		}
		if open := op.Security != nil && slices.ContainsFunc(*op.Security, func(way openapi3.SecurityRequirement) bool { return len(way) == 0 }); open != r.Open {
			t.Errorf("%s: open to everybody: %v, and docs/openapi.yaml says %v", call, r.Open, open)
		}
		for _, status := range []string{"200", "400"} {
			if op.Responses.Value(status) == nil {
				t.Errorf("%s: no answer %s", call, status)
			}
		}
		if r.In != nil {
			(&comparison{t: t, call: call}).request(r, op)
		}
	}
	for call := range described {
		t.Errorf("docs/openapi.yaml tells of %s, which is no route", call)
	}
}

// unlike are the members in which description and code differ on purpose.
var unlike = map[string]bool{
	"POST /k/v1/record/comment.json: comment.lane":        true, // taken and ignored: there it is always the internal one
	"PUT /k/v1/preview/app/actions.json: actions.id":      true,
	"PUT /k/v1/preview/app/views.json: views.id":          true, // a View's, in answers
	"PUT /k/v1/preview/app/reports.json: reports.id":      true, // a Report's, in answers
	"POST /api/v1/share: id":                              true, // of links that are there
	"PUT /api/v1/share: app":                              true, // of new links
	"PUT /api/v1/share: record":                           true,
	"PUT /k/v1/preview/app/views.json: views.builtinType": true, // a View's, in answers
}

// comparison holds Go types against schemas, by the names of their members.
type comparison struct {
	t    *testing.T
	call string
	seen map[reflect.Type]bool
}

func (c *comparison) request(r api.Route, op *openapi3.Operation) {
	c.seen = map[reflect.Type]bool{}
	if r.Method == http.MethodGet || r.Method == http.MethodDelete {
		var told []string
		for _, p := range op.Parameters {
			told = append(told, p.Value.Name)
		}
		c.same("", slices.Collect(maps.Keys(members(r.In))), told)
	} else if body := op.RequestBody; body != nil {
		c.compare("", r.In, body.Value.Content.Get("application/json").Schema.Value)
	} else if len(members(r.In)) > 0 {
		c.t.Errorf("%s: no body is described", c.call)
	}
	if media := op.Responses.Value("200").Value.Content.Get("application/json"); media != nil {
		c.compare("", r.Out, media.Schema.Value) // lists of records write themselves and have no members to compare
	}
}

func (c *comparison) compare(path string, t reflect.Type, schema *openapi3.Schema) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if len(schema.OneOf) > 0 {
		schema = schema.OneOf[0].Value
	}
	switch {
	case t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8 && schema.Items != nil:
		c.compare(path, t.Elem(), schema.Items.Value)
	case t.Kind() == reflect.Map && schema.AdditionalProperties.Schema != nil:
		c.compare(path, t.Elem(), schema.AdditionalProperties.Schema.Value)
	case t.Kind() == reflect.Struct && len(members(t)) > 0 && !c.seen[t]:
		c.seen[t] = true
		told := properties(schema)
		c.same(path, slices.Collect(maps.Keys(members(t))), slices.Collect(maps.Keys(told)))
		for name, of := range members(t) {
			if told[name] != nil {
				c.compare(strings.TrimPrefix(path+"."+name, "."), of, told[name].Value)
			}
		}
	}
}

func (c *comparison) same(path string, have, told []string) {
	c.t.Helper()
	for _, name := range have {
		full := c.call + ": " + strings.TrimPrefix(path+"."+name, ".")
		if !slices.Contains(told, name) && !unlike[full] {
			c.t.Errorf("%s is not in docs/openapi.yaml", full)
		}
	}
	for _, name := range told {
		full := c.call + ": " + strings.TrimPrefix(path+"."+name, ".")
		if !slices.Contains(have, name) && !unlike[full] {
			c.t.Errorf("%s is in docs/openapi.yaml only", full)
		}
	}
}

func properties(schema *openapi3.Schema) openapi3.Schemas {
	all := maps.Clone(schema.Properties)
	if all == nil {
		all = openapi3.Schemas{}
	}
	for _, part := range schema.AllOf {
		maps.Copy(all, properties(part.Value))
	}
	return all
}

// members are the types of a struct's JSON members by name.
func members(t reflect.Type) map[string]reflect.Type {
	all := map[string]reflect.Type{}
	if t.Kind() != reflect.Struct {
		return all
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			maps.Copy(all, members(f.Type))
		case f.IsExported() && name != "" && name != "-":
			all[name] = f.Type
		}
	}
	return all
}

// The page shows every call, in both languages, and loads nothing from elsewhere.
func TestDocsPage(t *testing.T) {
	s := newTestSite(t)
	for lang, heading := range map[string]string{"ja": "変更履歴とゴミ箱", "en": "History and trash"} {
		r := s.request("nobody", "GET /api/docs", "")
		r.Header.Set("Accept-Language", lang)
		a := s.do(r)
		page := string(a.Body)
		if a.Status != http.StatusOK || a.Header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(page, heading) {
			t.Errorf("%s: %s without %s", lang, a, heading)
		}
		for _, route := range s.routeList() {
			if !strings.Contains(page, ">"+route.Method+"</b> <code>"+route.Path+"</code>") {
				t.Errorf("%s: no %s %s", lang, route.Method, route.Path)
			}
		}
		for _, bad := range []string{"<script", "http://", "https://", "docs.", "<no value>", "**"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: %q in the page", lang, bad)
			}
		}
	}
	if a := s.call("nobody", "GET /api/openapi.yaml", ""); !strings.Contains(string(a.Body), "openapi: 3.1") || a.Header.Get("Content-Type") != "application/yaml; charset=utf-8" {
		t.Errorf("openapi.yaml: %s %v", a, a.Header)
	}
}
