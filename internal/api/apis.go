package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/engawa/engawa/docs"
	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
)

// kintonePaths is where the calls are that programs made for kintone know.
const kintonePaths = "/k/v1/"

func (a *API) catalogueRoutes() []Route {
	return []Route{
		open(route("GET", kintonePaths+"apis.json", a.getCatalogue)),
		open(stream("GET", kintonePaths+"apis/", a.getCatalogueEntry)),
	}
}

type catalogueLink struct {
	Link string `json:"link"`
}

type catalogueOut struct {
	BaseURL string                   `json:"baseUrl"`
	APIs    map[string]catalogueLink `json:"apis"`
}

// getCatalogue answers GET /k/v1/apis.json: where the description of each call is, by path and method.
// Source: kintone REST API, "API Information".
func (a *API) getCatalogue(context.Context, access.Actor, none) (catalogueOut, error) {
	out := catalogueOut{a.baseURL + kintonePaths, map[string]catalogueLink{}}
	for _, r := range a.Routes() {
		if name, ok := catalogueName(r); ok {
			out.APIs[name] = catalogueLink{"apis/" + name + ".json"}
		}
	}
	return out, nil
}

// catalogueName is what a call is known by: records/get for GET /k/v1/records.json. Calls of other surfaces have no name.
func catalogueName(r Route) (name string, ok bool) {
	path, ok := strings.CutPrefix(r.Path, kintonePaths)
	path, isJSON := strings.CutSuffix(path, ".json")
	return path + "/" + strings.ToLower(r.Method), ok && isJSON
}

// catalogueEntry describes one call. References name members of Schemas.
type catalogueEntry struct {
	ID       string         `json:"id"`
	BaseURL  string         `json:"baseUrl"`
	Path     string         `json:"path"`
	Method   string         `json:"httpMethod"`
	Request  any            `json:"request"`
	Response any            `json:"response"`
	Schemas  map[string]any `json:"schemas"`
}

// getCatalogueEntry answers GET /k/v1/apis/records/get.json and its like.
func (a *API) getCatalogueEntry(_ context.Context, rq Request) error {
	name, _ := strings.CutSuffix(strings.TrimPrefix(rq.R.URL.Path, kintonePaths+"apis/"), ".json")
	for _, r := range a.Routes() {
		if known, ok := catalogueName(r); !ok || known != name {
			continue
		}
		entry, err := describe(r)
		if err != nil {
			return err
		}
		entry.BaseURL = a.baseURL + kintonePaths
		return writeJSON(rq.W, entry)
	}
	return errs.E(errs.NotFound, "request.unknownPath")
}

// described is docs/openapi.yaml, read once. Nobody changes it.
var described = sync.OnceValues(func() (doc map[string]any, err error) {
	if err := yaml.Unmarshal(docs.OpenAPI, &doc); err != nil {
		return nil, fmt.Errorf("docs: openapi.yaml: %w", err)
	}
	return doc, nil
})

// describe takes the description of a call out of the whole.
func describe(r Route) (catalogueEntry, error) {
	doc, err := described()
	if err != nil {
		return catalogueEntry{}, err
	}
	op, _ := dig(doc, "paths", r.Path, strings.ToLower(r.Method)).(map[string]any)
	c := schemaCutter{doc: doc, schemas: map[string]any{}}
	entry := catalogueEntry{
		ID: fmt.Sprint(op["operationId"]), Path: strings.TrimPrefix(r.Path, kintonePaths), Method: r.Method, Schemas: c.schemas,
		Request:  c.cut(dig(op, "requestBody", "content", "application/json", "schema")),
		Response: c.cut(dig(op, "responses", "200", "content", "application/json", "schema")),
	}
	if r.Method == http.MethodGet || r.Method == http.MethodDelete {
		entry.Request = c.parameters(op)
	}
	return entry, nil
}

// dig returns what is at a path of nested objects, nil when nothing is.
func dig(v any, path ...string) any {
	for _, key := range path {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	return v
}

// schemaCutter cuts schemas out of a document: references become names, and what they name is gathered.
type schemaCutter struct {
	doc     map[string]any
	schemas map[string]any
}

func (c schemaCutter) cut(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, member := range v {
			if ref, ok := member.(string); ok && key == "$ref" {
				out[key] = c.gather(ref)
				continue
			}
			out[key] = c.cut(member)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = c.cut(v[i])
		}
		return out
	}
	return v
}

// gather returns the name of what a reference means, which is in schemas from then on.
func (c schemaCutter) gather(ref string) string {
	name := ref[strings.LastIndexByte(ref, '/')+1:]
	if _, done := c.schemas[name]; !done {
		c.schemas[name] = nil // schemas may name themselves
		c.schemas[name] = c.cut(dig(c.doc, "components", "schemas", name))
	}
	return name
}

// parameters are the parameters of a query string as the members of an object.
func (c schemaCutter) parameters(op map[string]any) any {
	properties, required := map[string]any{}, []any{}
	list, _ := op["parameters"].([]any)
	for _, p := range list {
		name := fmt.Sprint(dig(p, "name"))
		properties[name] = c.cut(dig(p, "schema"))
		if dig(p, "required") == true {
			required = append(required, name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required}
}
