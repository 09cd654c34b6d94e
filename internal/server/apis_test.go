package server

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// Source: kintone REST API, API information. Every call that the list names is described, to anybody who asks.
func TestCatalogue(t *testing.T) {
	s := newTestSite(t)
	var list struct {
		BaseURL string `json:"baseUrl"`
		APIs    map[string]struct{ Link string }
	}
	if err := json.Unmarshal(s.call("nobody", "GET /k/v1/apis.json", "").Body, &list); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(list.BaseURL, "/k/v1/") || list.APIs["records/get"].Link != "apis/records/get.json" || list.APIs["preview/app/customize/put"].Link == "" {
		t.Errorf("list: %+v", list)
	}
	for name, api := range list.APIs {
		a := s.call("nobody", "GET /k/v1/"+api.Link, "")
		var entry struct {
			ID, Path, HTTPMethod string
			Request, Schemas     map[string]any
		}
		if err := json.Unmarshal(a.Body, &entry); err != nil || a.Status != http.StatusOK || entry.ID == "<nil>" || entry.ID == "" {
			t.Errorf("%s: %s %.300s", name, a, a.Body)
		}
		if want := entry.Path[:len(entry.Path)-len(".json")] + "/" + strings.ToLower(entry.HTTPMethod); want != name {
			t.Errorf("%s: tells of %s", name, want)
		}
		if strings.Contains(string(a.Body), "#/components") {
			t.Errorf("%s: a reference leads out of it", name)
		}
	}
	body := compact(s.call("nobody", "GET /k/v1/apis/record/comments/get.json", "").Body)
	for _, has := range []string{`"path":"record/comments.json","httpMethod":"GET"`, `"required":["app","record"]`, `"$ref":"Comment"`, `"Comment":{`, `"Person":{`} {
		if !strings.Contains(body, has) {
			t.Errorf("no %s in %s", has, body)
		}
	}
	for _, path := range []string{"apis/", "apis/none/get.json", "apis/records/patch.json", "apis/../records.json"} {
		if a := s.call("nobody", "GET /k/v1/"+path, ""); a.Status == http.StatusOK {
			t.Errorf("%s: %s", path, a)
		}
	}
}
