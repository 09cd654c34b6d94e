package api

import (
	"bytes"
	"context"
	_ "embed" // for the page
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/engawa/engawa/docs"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/i18n"
)

func (a *API) docRoutes() []Route {
	return []Route{
		open(stream("GET", "/api/openapi.yaml", a.getOpenAPI)),
		open(stream("GET", "/api/docs", a.getDocs)),
	}
}

// getOpenAPI answers GET /api/openapi.yaml.
func (a *API) getOpenAPI(_ context.Context, rq Request) error {
	rq.W.Header().Set("Content-Type", "application/yaml; charset=utf-8")
	_, _ = rq.W.Write(docs.OpenAPI) // the client is gone: nobody to tell
	return nil
}

// getDocs answers GET /api/docs: the same as a page, with its headings in the reader's language.
func (a *API) getDocs(_ context.Context, rq Request) error {
	page, err := description()
	if err != nil {
		return err
	}
	words := func(key string) string { return i18n.T(rq.Lang, "docs."+key, nil) }
	var buf bytes.Buffer
	t, err := docPage.Clone()
	if err != nil {
		return err
	}
	t.Funcs(template.FuncMap{"t": words, "ja": func() bool { return rq.Lang == i18n.Ja }})
	if err := t.Execute(&buf, map[string]any{"Lang": rq.Lang, "Doc": page}); err != nil {
		return fmt.Errorf("docs: %w", err)
	}
	httpx.Document(rq.W, false)
	rq.W.WriteHeader(http.StatusOK)
	_, _ = rq.W.Write(buf.Bytes()) // the client is gone: nobody to tell
	return nil
}

//go:embed docs.html
var docHTML string

// docPage's functions t and ja are given when it is known who reads.
var docPage = template.Must(template.New("docs").Funcs(template.FuncMap{
	"prose": prose, "lower": strings.ToLower, "anchor": func(name string) string { return strings.ReplaceAll(name, " ", "-") },
	"t": func(string) string { return "" }, "ja": func() bool { return false },
}).Parse(docHTML))

// prose shows the little of Markdown that the description uses: paragraphs, `code` and **weight**.
func prose(text string) template.HTML {
	var out strings.Builder
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		p := template.HTMLEscapeString(paragraph)
		for _, mark := range []struct{ sign, tag string }{{"`", "code"}, {"**", "strong"}} {
			parts := strings.Split(p, mark.sign)
			for i := range parts {
				if i%2 == 1 {
					parts[i] = "<" + mark.tag + ">" + parts[i] + "</" + mark.tag + ">"
				}
			}
			p = strings.Join(parts, "")
		}
		out.WriteString("<p>" + p + "</p>")
	}
	return template.HTML(out.String()) //nolint:gosec // escaped above; and the text is ours
}

// docTree is the description as its page shows it.
type docTree struct {
	Title, Summary, Text string
	Tags                 []docTag
	Schemas              []docSchema
}

type docTag struct {
	Name, Japanese, Text string
	Calls                []docCall
}

type docCall struct {
	ID, Method, Path, Summary, Text string
	Access                          []string // ways to sign in; none is needed when there is none
	Parameters, Body, Answer        []docRow
	Media                           string // of the answer, unless JSON
	Problems                        []string
}

// description reads openapi.yaml, once.
var description = sync.OnceValues(func() (*docTree, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(docs.OpenAPI, &root); err != nil || len(root.Content) == 0 {
		return nil, fmt.Errorf("docs: openapi.yaml: %w", err)
	}
	r := docReader{root.Content[0]}
	info := r.get(r.root, "info")
	tree := &docTree{Title: r.text(info, "title"), Summary: r.text(info, "summary"), Text: r.text(info, "description")}
	for _, tag := range r.get(r.root, "tags").Content {
		tree.Tags = append(tree.Tags, docTag{Name: r.text(tag, "name"), Japanese: r.text(tag, "x-name-ja"), Text: r.text(tag, "description")})
	}
	for path, methods := range r.pairs(r.get(r.root, "paths")) {
		for method, call := range r.pairs(methods) {
			c := r.call(strings.ToUpper(method), path, call)
			for i := range tree.Tags {
				if tags := r.get(call, "tags"); len(tags.Content) > 0 && tree.Tags[i].Name == tags.Content[0].Value {
					tree.Tags[i].Calls = append(tree.Tags[i].Calls, c)
				}
			}
		}
	}
	for name, schema := range r.pairs(r.get(r.get(r.root, "components"), "schemas")) {
		tree.Schemas = append(tree.Schemas, docSchema{name, r.text(schema, "description"), r.rows(schema, 0)})
	}
	return tree, nil
})
