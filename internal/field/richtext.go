package field

import (
	"encoding/json"
	"sync"

	"github.com/microcosm-cc/bluemonday"

	words "github.com/engawa/engawa/internal/text"
)

// richText is RICH_TEXT: HTML, cleaned before it is kept, so that no reader depends on cleaning it again.
type richText struct{ longText }

// allowed is the HTML a person can make with the editor, and nothing that runs or loads.
var allowed = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowStandardURLs()
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowElements("p", "div", "span", "br", "b", "strong", "i", "em", "u", "s", "strike", "sub", "sup",
		"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "font")
	p.AllowTables()
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("color", "size", "face").OnElements("font")
	p.AllowStyles("color", "background-color", "text-align", "font-weight", "font-style", "font-size", "text-decoration").Globally()
	p.RequireNoFollowOnLinks(false)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	p.RequireNoReferrerOnLinks(true)
	return p
})

// CleanHTML returns s with only the tags and attributes that rich text may hold.
func CleanHTML(s string) string { return allowed().Sanitize(s) }

func (richText) Decode(_ *Field, raw json.RawMessage, _ *Env, p Problems) Value {
	s, _ := textValue(raw, p)
	if s == "" {
		return ""
	}
	return Value(CleanHTML(s))
}

// DefaultValue is clean also where the settings were kept before defaults were cleaned.
func (richText) DefaultValue(f *Field, _ *Env) Value { return Value(CleanHTML(string(first(f)))) }

// SearchText returns the words without their markup.
func (richText) SearchText(v Value) string { return words.FromHTML(string(v)) }
