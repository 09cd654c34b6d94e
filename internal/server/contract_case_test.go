package server

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/engawa/engawa/internal/id"
)

// contract is one file: an endpoint, what there is before it is called, and the calls in their order.
type contract struct {
	Call   string                 `yaml:"call"`
	Never  string                 `yaml:"never"` // why no case goes well
	Apps   map[string]contractApp `yaml:"apps"`
	Before []contractCase         `yaml:"before"`
	Cases  []contractCase         `yaml:"cases"`
}

// contractApp is an app that root makes. Its number is {name} in the file.
type contractApp struct {
	Fields  string              `yaml:"fields"`  // as world.App takes them
	Records []string            `yaml:"records"` // JSON, as records.json takes them
	Hidden  map[string][]string `yaml:"hidden"`  // fields, from whom
	Tokens  map[string]string   `yaml:"tokens"`  // rights by name: "view add"
}

// contractCase is one call and what comes of it.
type contractCase struct {
	Name   string            `yaml:"name"`
	Who    string            `yaml:"who"`    // root, aiko, ben, "token NAME", "Bearer …", nobody
	Call   string            `yaml:"call"`   // if it is not the file's
	In     any               `yaml:"in"`     // JSON, or a query string that begins with "?"
	Upload *contractUpload   `yaml:"upload"` // instead of In
	Status int               `yaml:"status"`
	Out    any               `yaml:"out"`  // is in the answer: objects may have more members
	Keep   map[string]string `yaml:"keep"` // members of the answer, by dots, that {name} stands for from then on
	Drain  bool              `yaml:"drain"`

	Code   string                       `yaml:"code"` // of a refusal
	Ja     string                       `yaml:"ja"`
	En     string                       `yaml:"en"`
	Errors map[string]map[string]string `yaml:"errors"` // ja and en by path; several messages stand between |
}

type contractUpload struct{ Name, Type, Content string }

func readContract(t testing.TB, text []byte) *contract {
	t.Helper()
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	var c contract
	if err := d.Decode(&c); err != nil {
		t.Fatalf("%.60s: %v", text, err)
	}
	return &c
}

// has tells whether a call of the file's own endpoint is answered with such a status.
func (c *contract) has(status func(int) bool) bool {
	return slices.ContainsFunc(c.Cases, func(one contractCase) bool {
		return one.Call == "" && status(cmp.Or(one.Status, http.StatusOK))
	})
}

func numberText(app id.App) string { return id.String(app) }

// repeated is a letter so many times, as {65536 x}.
var repeated = regexp.MustCompile(`\{(\d+) (.)\}`)

// fill puts in what {names} stand for.
func (p *play) fill(text string) string {
	text = repeated.ReplaceAllStringFunc(text, func(what string) string {
		of := repeated.FindStringSubmatch(what)
		n, err := strconv.Atoi(of[1])
		if err != nil {
			p.Fatal(err)
		}
		return strings.Repeat(of[2], n)
	})
	for name, v := range p.values {
		text = strings.ReplaceAll(text, "{"+name+"}", v)
	}
	return text
}

// send makes the call of a case in a language and returns what was sent with it.
func (p *play) send(call string, c *contractCase, lang string) (a answer, in string) {
	p.Helper()
	who := c.Who
	if who == "" {
		who = "root"
	}
	call = p.fill(call)
	var r *http.Request
	switch v := c.In.(type) {
	case nil:
		r = p.site.request(who, call, "")
		if u := c.Upload; u != nil {
			r = p.site.uploadRequest(who, call, u.Name, u.Type, u.Content)
		}
	case string:
		in = p.fill(v)
		if strings.HasPrefix(in, "?") {
			r = p.site.request(who, call+in, "")
		} else {
			r = p.site.request(who, call, in)
		}
	default:
		b, err := json.Marshal(v)
		if err != nil {
			p.Fatal(err)
		}
		in = p.fill(string(b))
		r = p.site.request(who, call, in)
	}
	r.Header.Set("Accept-Language", lang)
	a = p.site.do(r)
	if c.Drain {
		p.site.drain()
	}
	if a.Status == http.StatusOK {
		p.keep(c, a)
	}
	return a, in
}

func (p *play) keep(c *contractCase, a answer) {
	p.Helper()
	for name, path := range c.Keep {
		var v any
		if err := json.Unmarshal(a.Body, &v); err != nil {
			p.Fatalf("%s: keep %s: %v", c.Name, name, err)
		}
		for part := range strings.SplitSeq(path, ".") {
			switch in := v.(type) {
			case map[string]any:
				v = in[part]
			case []any:
				var i int
				if _, err := fmt.Sscan(part, &i); err != nil || i >= len(in) {
					p.Fatalf("%s: keep %s: no %s in %.300s", c.Name, name, path, a.Body)
				}
				v = in[i]
			}
		}
		text, ok := v.(string)
		if !ok {
			p.Fatalf("%s: keep %s: no %s in %.300s", c.Name, name, path, a.Body)
		}
		p.values[name] = text
	}
}
