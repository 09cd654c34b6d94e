package world

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
)

// draft is what a line of fields describes.
type draft struct {
	fields map[string]app.Definition
	order  []string
	rules  []app.FieldRule
}

var types = map[string]string{
	"text": "SINGLE_LINE_TEXT", "multiline": "MULTI_LINE_TEXT", "rich": "RICH_TEXT", "number": "NUMBER", "date": "DATE",
	"time": "TIME", "datetime": "DATETIME", "link": "LINK", "file": "FILE", "user": "USER_SELECT", "radio": "RADIO_BUTTON",
	"dropdown": "DROP_DOWN", "check": "CHECK_BOX", "multi": "MULTI_SELECT", "table": "SUBTABLE",
}

// parse reads a line of fields.
func parse(t testing.TB, line string) draft {
	t.Helper()
	d := draft{fields: map[string]app.Definition{}}
	for part := range strings.SplitSeq(line, ";") {
		if code, def := d.field(t, part); code != "" {
			d.fields[code] = def
			d.order = append(d.order, code)
		}
	}
	return d
}

// field reads "code type(inside) words…".
func (d *draft) field(t testing.TB, text string) (code string, def app.Definition) {
	t.Helper()
	head, inside, rest := strings.TrimSpace(text), "", ""
	if head == "" {
		return "", nil
	}
	if i, j := strings.IndexByte(head, '('), strings.LastIndexByte(head, ')'); i >= 0 && j > i {
		head, inside, rest = head[:i], head[i+1:j], head[j+1:]
	}
	words := strings.Fields(head + " " + rest)
	if len(words) < 2 || types[words[1]] == "" {
		t.Fatalf("field %q: want code and type", text)
	}
	code = words[0]
	def = app.Definition{"type": quote(types[words[1]]), "code": quote(code), "label": quote(code)}
	for _, word := range words[2:] {
		name, value, _ := strings.Cut(word, ":")
		switch name {
		case "required", "unique":
			def[name] = json.RawMessage("true")
		case "hidden-from":
			d.rules = append(d.rules, hidden(code, strings.Split(value, ",")))
		default:
			t.Fatalf("field %q: unknown word %q", text, word)
		}
	}
	if words[1] == "table" {
		def["fields"] = d.inner(t, inside)
	} else if inside != "" {
		def["options"] = options(strings.Split(inside, "|"))
	}
	return code, def
}

func (d *draft) inner(t testing.TB, inside string) json.RawMessage {
	t.Helper()
	var members []string
	for part := range strings.SplitSeq(inside, ",") {
		code, def := d.field(t, part)
		members = append(members, string(quote(code))+":"+string(marshal(def)))
	}
	return json.RawMessage("{" + strings.Join(members, ",") + "}")
}

// hidden is the rule that hides a field from users.
func hidden(code string, from []string) app.FieldRule {
	rule := app.FieldRule{Code: code}
	for _, user := range from {
		rule.Entities = append(rule.Entities, access.FieldRight{Entity: access.Entity{Type: "USER", Code: user}, Accessibility: "NONE"})
	}
	rule.Entities = append(rule.Entities, access.FieldRight{Entity: access.Entity{Type: "GROUP", Code: access.Everyone}, Accessibility: "WRITE"})
	return rule
}

func options(labels []string) json.RawMessage {
	all := map[string]map[string]string{}
	for i, l := range labels {
		all[l] = map[string]string{"label": l, "index": strconv.Itoa(i)}
	}
	return marshal(all)
}

func quote(s string) json.RawMessage { return marshal(s) }

func marshal(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and maps of strings always marshal
	}
	return b
}
