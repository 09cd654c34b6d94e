package field

import (
	"encoding/json"
	"net/url"
	"strings"
)

// link is LINK: a web, telephone or mail address.
type link struct{ text }

func (link) Decode(f *Field, raw json.RawMessage, _ *Env, path string, p Problems) Value {
	s, ok := textValue(raw, path, p)
	if ok && s != "" && f.Protocol == "WEB" && !webAddress(s) {
		p.Add(path+".value", "field.badURL")
		return ""
	}
	return Value(s)
}

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
