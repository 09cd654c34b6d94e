package field

import (
	"encoding/json"
	"net/url"
	"strings"
)

// link is LINK: a web, telephone or mail address.
type link struct{ text }

func (link) Decode(f *Field, raw json.RawMessage, _ *Env, p Problems) Value {
	s, ok := textValue(raw, p)
	if ok && s != "" && f.web() && !webAddress(s) {
		p.Add(".value", "field.badURL") // and its length is told as well
	}
	return Value(s)
}

// web reports whether a LINK holds web addresses. A field that was made without saying shows WEB.
func (f *Field) web() bool { return f.Protocol == "" || f.Protocol == "WEB" }

// webAddress accepts what a browser may safely open: http, https and ftp, never a script.
func webAddress(s string) bool {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https", "ftp":
		return true
	}
	return false
}
