package server

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/engawa/engawa/docs"
)

// contractFolder holds a file for each endpoint: what it answers to whom, in kintone's words where kintone has them.
// internal/api/contract/README.md tells how to write one.
const contractFolder = "../api/contract"

// TestContract holds the API against its contract, file by file, on both databases. Every answer, good or bad, is also
// held against docs/openapi.yaml.
func TestContract(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(contractFolder, "*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no contract: %v", err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(docs.OpenAPI)
	if err != nil {
		t.Fatal(err)
	}
	eachSite(t, func(t *testing.T, s *testSite) {
		for _, code := range []string{"aiko", "ben"} {
			s.World.User(code)
		}
		s.must("root", "PUT /v1/users.json", `{"users":[{"code":"root","locale":"auto"},{"code":"aiko","locale":"auto"},{"code":"ben","locale":"auto"}]}`)
		for _, path := range paths {
			t.Run(strings.TrimSuffix(filepath.Base(path), ".yaml"), func(t *testing.T) {
				text, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				c := readContract(t, text)
				(&play{T: t, site: s, doc: doc, values: map[string]string{}}).all(c)
			})
		}
	})
}

// TestEveryEndpointHasAContract makes whoever adds an endpoint say what it answers.
func TestEveryEndpointHasAContract(t *testing.T) {
	s := newTestSite(t)
	told := map[string]*contract{}
	paths, err := filepath.Glob(filepath.Join(contractFolder, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c := readContract(t, text)
		if told[c.Call] != nil {
			t.Errorf("%s has two files", c.Call)
		}
		told[c.Call] = c
	}
	for _, r := range s.routeList() {
		call := r.Method + " " + r.Path
		c := told[call]
		delete(told, call)
		switch {
		case c == nil && strings.HasPrefix(r.Path, "/api/"): // ours: scenarios of their own tell of them
		case c == nil:
			t.Errorf("%s has no file in internal/api/contract", call)
		case c.Never == "" && !c.has(func(st int) bool { return st == http.StatusOK }):
			t.Errorf("%s: no case goes well", call)
		case !r.Open && !c.has(func(st int) bool { return st != http.StatusOK }):
			t.Errorf("%s: no case is refused", call)
		}
	}
	for call := range told {
		t.Errorf("a file for %s, which is no endpoint", call)
	}
}

// play sends the calls of one file.
type play struct {
	*testing.T
	site   *testSite
	doc    *openapi3.T
	values map[string]string // what stands for {name} in the file
}

func (p *play) all(c *contract) {
	for _, name := range slices.Sorted(maps.Keys(c.Apps)) { // their numbers ascend with their names
		a := c.Apps[name]
		made := p.site.World.App(name, a.Fields)
		p.values[name] = numberText(made.ID)
		for _, values := range a.Records {
			made.AddJSON(p.fill(values))
		}
		for code, from := range a.Hidden {
			made.Hide(code, from...)
		}
		for token, rights := range a.Tokens {
			p.site.token(token, made, rights)
		}
	}
	for _, one := range c.Before {
		if a, _ := p.send(one.Call, &one, "ja"); a.Status != http.StatusOK {
			p.Fatalf("before: %s: %s\n%.500s", one.Call, a, a.Body)
		}
	}
	for i := range c.Cases {
		one := &c.Cases[i]
		call := c.Call
		if one.Call != "" {
			call = one.Call
		}
		p.one(call, one)
	}
}

// one plays a case: what is to be refused in both languages.
func (p *play) one(call string, c *contractCase) {
	if c.Status == 0 {
		c.Status = http.StatusOK
	}
	langs := []string{"ja", "en"}
	if c.Status == http.StatusOK || strings.HasPrefix(c.Who, "token ") { // programs read the site's language
		langs = langs[:1]
	}
	for _, lang := range langs {
		a, in := p.send(call, c, lang)
		if a.Status != c.Status {
			p.Errorf("%s: %s %.300s: %s, want %d\n%.800s", c.Name, call, in, a, c.Status, a.Body)
			return
		}
		p.valid(c.Name, call, a)
		if a.Status == http.StatusOK {
			p.answer(c, a)
		} else {
			p.problem(c, lang, a)
		}
	}
}

// valid holds an answer against the API's description.
func (p *play) valid(name, call string, a answer) {
	p.Helper()
	method, path, _ := strings.Cut(call, " ")
	path, _, _ = strings.Cut(path, "?")
	item := p.doc.Paths.Value(path)
	if item == nil || item.GetOperation(method) == nil {
		p.Errorf("%s: %s is not in docs/openapi.yaml", name, call)
		return
	}
	response := item.GetOperation(method).Responses.Status(a.Status)
	if response == nil {
		p.Errorf("%s: docs/openapi.yaml knows no answer %d of %s", name, a.Status, call)
		return
	}
	media := response.Value.Content.Get("application/json")
	if media == nil || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/json") {
		return
	}
	var body any
	if err := json.Unmarshal(a.Body, &body); err != nil {
		p.Errorf("%s: %v in %.300s", name, err, a.Body)
		return
	}
	if err := media.Schema.Value.VisitJSON(body, openapi3.MultiErrors(), openapi3.DisableSchemaErrorDetails()); err != nil {
		p.Errorf("%s: %s answers %d otherwise than docs/openapi.yaml says: %.600s\n%.500s", name, call, a.Status, err, a.Body)
	}
}
