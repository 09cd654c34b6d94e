package api

import (
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// docSchema is a shape that the description names.
type docSchema struct {
	Name, Text string
	Rows       []docRow
}

// docRow is a parameter or a member of an object; members of members follow, deeper.
type docRow struct {
	Depth      int
	Name       string // "" for what has none: the answer itself
	Type       string // in words: "text", "list of"
	Ref        string // a schema, after Type
	Required   bool
	Text, Else string // Else: what else it may be, "null"
}

// docReader reads the description. What is not there is an empty node.
type docReader struct{ root *yaml.Node }

func (docReader) get(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return &yaml.Node{}
}

func (docReader) pairs(n *yaml.Node) iter.Seq2[string, *yaml.Node] {
	return func(yield func(string, *yaml.Node) bool) {
		for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
			if !yield(n.Content[i].Value, n.Content[i+1]) {
				return
			}
		}
	}
}

func (r docReader) text(n *yaml.Node, key string) string { return r.get(n, key).Value }

func (r docReader) call(method, path string, n *yaml.Node) docCall {
	c := docCall{ID: r.text(n, "operationId"), Method: method, Path: path, Summary: r.text(n, "summary"), Text: r.text(n, "description")}
	ways := r.get(n, "security")
	if ways.Kind == 0 {
		ways = r.get(r.root, "security")
	}
	for _, way := range ways.Content {
		for name := range r.pairs(way) {
			c.Access = append(c.Access, name)
		}
	}
	for _, p := range r.get(n, "parameters").Content {
		row := r.row(r.text(p, "name"), r.get(p, "schema"), 0)
		row.Required, row.Text = r.text(p, "required") == "true", r.text(p, "description")
		c.Parameters = append(c.Parameters, row)
	}
	for _, media := range r.pairs(r.get(r.get(n, "requestBody"), "content")) {
		c.Body = append(c.Body, r.rows(r.get(media, "schema"), 0)...)
	}
	for status, answer := range r.pairs(r.get(n, "responses")) {
		if status != "200" {
			c.Problems = append(c.Problems, status)
			continue
		}
		for kind, media := range r.pairs(r.get(answer, "content")) {
			if kind != "application/json" {
				c.Media = kind
				continue
			}
			c.Answer = r.rows(r.get(media, "schema"), 0)
			if len(c.Answer) == 0 {
				c.Answer = []docRow{r.row("", r.get(media, "schema"), 0)}
			}
		}
	}
	return c
}

// rows are the members of an object, of what a list holds, or of several objects in one.
func (r docReader) rows(schema *yaml.Node, depth int) []docRow {
	var list []docRow
	for _, part := range r.get(schema, "allOf").Content {
		list = append(list, r.rows(part, depth)...)
		if r.text(part, "$ref") != "" {
			list = append(list, r.row("", part, depth))
		}
	}
	var required []string
	for _, name := range r.get(schema, "required").Content {
		required = append(required, name.Value)
	}
	for name, member := range r.pairs(r.get(schema, "properties")) {
		row := r.row(name, member, depth)
		row.Required = slices.Contains(required, name)
		list = append(append(list, row), r.inside(member, depth+1)...)
	}
	return list
}

// inside are the rows of what a member holds, unless that has a name of its own.
func (r docReader) inside(schema *yaml.Node, depth int) []docRow {
	if schema.Kind == 0 {
		return nil
	}
	var list []docRow
	if len(r.get(schema, "allOf").Content) == 0 {
		list = r.rows(schema, depth)
	}
	for _, key := range []string{"items", "additionalProperties"} {
		list = append(list, r.inside(r.get(schema, key), depth)...)
	}
	for _, part := range r.get(schema, "oneOf").Content {
		list = append(list, r.inside(part, depth)...)
	}
	return list
}

// row says in words what a schema is.
func (r docReader) row(name string, schema *yaml.Node, depth int) docRow {
	row := docRow{Depth: depth, Name: name, Text: r.text(schema, "description")}
	if parts := append(r.get(schema, "allOf").Content, r.get(schema, "oneOf").Content...); len(parts) > 0 {
		first := r.row(name, parts[0], depth)
		row.Type, row.Ref = first.Type, first.Ref
		if len(parts) > 1 && r.text(parts[1], "type") == "null" {
			row.Else = "null"
		}
		return row
	}
	if ref := r.text(schema, "$ref"); ref != "" {
		row.Ref = ref[strings.LastIndexByte(ref, '/')+1:]
		return row
	}
	kind := r.get(schema, "type")
	row.Type = kind.Value
	if len(kind.Content) > 0 {
		row.Type, row.Else = kind.Content[0].Value, "null"
	}
	if f := r.text(schema, "format"); f != "" {
		row.Type += " (" + f + ")"
	}
	if options := r.get(schema, "enum").Content; len(options) > 0 {
		var list []string
		for _, o := range options {
			if o.Tag != "!!null" {
				list = append(list, o.Value)
			}
		}
		row.Type = strings.Join(list, " | ")
	}
	for key, words := range map[string]string{"items": "list of ", "additionalProperties": "map of "} {
		if inner := r.get(schema, key); inner.Kind != 0 {
			of := r.row(name, inner, depth)
			row.Type, row.Ref = words+of.Type, of.Ref
		}
	}
	return row
}
