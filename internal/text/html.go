package text

import (
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// FromHTML returns the words of HTML: a line for each block, so that what stands apart for a reader stands apart, and what
// stands together, though a part of it be bold, stands together.
func FromHTML(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	_ = EachHTML(html.NewTokenizer(strings.NewReader(s)), func(words string) error { // neither reading nor writing fails
		b.WriteString(words)
		return nil
	})
	return strings.TrimSpace(b.String())
}

// EachHTML gives add the words of HTML in its order, with line breaks between blocks. What scripts and styles say is left
// out.
//
// Errors: add's own, and those of reading; the end of the text is none.
func EachHTML(z *html.Tokenizer, add func(words string) error) error {
	hidden := false
	for {
		var words string
		switch z.Next() {
		case html.ErrorToken:
			if errors.Is(z.Err(), io.EOF) {
				return nil
			}
			return z.Err()
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			hidden = string(name) == "script" || string(name) == "style"
			words = apart(name)
		case html.EndTagToken:
			name, _ := z.TagName()
			hidden = false
			words = apart(name)
		case html.TextToken:
			if !hidden {
				words = string(z.Text())
			}
		}
		if words == "" {
			continue
		}
		if err := add(words); err != nil {
			return err
		}
	}
}

// apart is what stands between the words before a tag and those behind it.
func apart(name []byte) string {
	switch string(name) {
	case "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q",
		"s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr":
		return ""
	}
	return "\n"
}
