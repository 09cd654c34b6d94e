package record

import (
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// Mention names somebody in a comment.
type Mention struct {
	Code string `json:"code"`
	Type string `json:"type"` // USER, GROUP, ORGANIZATION
}

// maxMentions is how many a comment may name.
// Source: kintone REST API, "Add Comment".
const maxMentions = 10

// name is what the mentioned one is called now; false when there is nobody of that code and type.
func (m Mention) name(dir field.Directory) (string, bool) {
	switch m.Type {
	case "USER":
		p, ok := dir.UserByCode(m.Code)
		return p.Name, ok
	case "ORGANIZATION":
		u, ok := dir.OrganizationByCode(m.Code)
		return u.Name, ok
	case "GROUP":
		u, ok := dir.GroupByCode(m.Code)
		return u.Name, ok
	}
	return "", false
}

func checkMentions(list []Mention, p *errs.Fields) {
	if len(list) > maxMentions {
		p.Add("comment.mentions", "param.size", errs.Args{"min": 0, "max": maxMentions})
	}
	for i, m := range list {
		at := "comment.mentions[" + strconv.Itoa(i) + "]"
		if m.Code == "" {
			p.Add(at+".code", "param.required")
		}
		switch m.Type {
		case "USER", "GROUP", "ORGANIZATION":
		case "":
			p.Add(at+".type", "param.required")
		default:
			p.Add(at+".type", "param.enum")
		}
	}
}

// called puts "@" and the names of those mentioned before a text that does not name them, each followed by a blank.
func called(text string, list []Mention, dir field.Directory) string {
	if len(list) == 0 {
		return text
	}
	var b strings.Builder
	for _, m := range list {
		name, _ := m.name(dir)
		b.WriteString("@" + name + " ")
	}
	return b.String() + "\n" + text
}

// Plain is the comment's text as kintone's programs get it: the names of those mentioned without their "@". Names that
// have changed since stay as they were written.
// Source: kintone REST API, "Get Comments".
func (c Comment) Plain(dir field.Directory) string {
	text := c.Text
	for _, m := range c.Mentions {
		if name, ok := m.name(dir); ok {
			text = strings.ReplaceAll(text, "@"+name, name)
		}
	}
	return text
}
