package server

import (
	"encoding/xml"
	"strings"
	"testing"
)

// Browsers ask for an icon by themselves, and say in their console when there is none.
func TestThereIsAnIcon(t *testing.T) {
	s := newTestSite(t)
	a := s.call("nobody", "GET /favicon.ico", "")
	var root struct{ XMLName xml.Name }
	if err := xml.Unmarshal(a.Body, &root); a.Status != 200 || a.Header.Get("Content-Type") != "image/svg+xml" || err != nil || root.XMLName.Local != "svg" {
		t.Errorf("%d %s %v: %s", a.Status, a.Header.Get("Content-Type"), err, a.Body)
	}
	if page := string(s.call("nobody", "GET /login", "").Body); !strings.Contains(page, `href="/favicon.ico"`) {
		t.Errorf("the document names no icon:\n%s", page)
	}
}
