package server

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// badTexts are no UTF-8: a byte of no character, half a surrogate pair, a second spelling of U+0000, a character cut off.
var badTexts = []string{"\xff", "\xed\xa0\x80", "\xc0\x80", "縁\xe5\x81"}

// refusedWithin is in what time each of them is refused, for those that would otherwise last.
const refusedWithin = 5 * time.Second

// What is not text names nothing, in any parameter of any request.
func TestAddressesThatAreNotText(t *testing.T) {
	eachLeakSite(t, func(t *testing.T, s *leakSite) {
		samples := s.samples()
		for _, r := range s.routeList() {
			if r.Method != http.MethodGet {
				continue
			}
			params := parameters(t, samples["GET "+r.Path])
			for _, name := range append(slices.Sorted(maps.Keys(params)), "fileKey", "token", "ids[0]", "\xff") {
				for _, bad := range badTexts {
					q := maps.Clone(params)
					q.Set(name, bad)
					ctx, cancel := context.WithTimeout(t.Context(), refusedWithin)
					a := s.do(s.request("root", "GET "+r.Path+"?"+q.Encode(), "").WithContext(ctx))
					if cancel(); a.Status != http.StatusBadRequest {
						t.Errorf("%s?%s: %s", r.Path, q.Encode(), a)
					}
				}
			}
		}
		for _, path := range []string{"/k/1/show?record=", "/k/1/?query=", "/k/?app=", "/login?next=", "/s/none?token=", "/k/admin/app/flow?app=", "/assets/", "/setup/", "/s/", "/k/", "/api/", "/k/v1/"} {
			for _, bad := range badTexts {
				if a := s.call("root", "GET "+path+url.QueryEscape(bad), ""); a.Status >= http.StatusInternalServerError {
					t.Errorf("%s%q: %s", path, bad, a)
				}
			}
		}
	})
}

// parameters are the parameters of the samples of a route that a query string can spell.
func parameters(t *testing.T, samples []string) url.Values {
	t.Helper()
	list := url.Values{}
	for _, sample := range samples {
		if query, ok := strings.CutPrefix(sample, "?"); ok {
			more, err := url.ParseQuery(query)
			if err != nil {
				t.Fatal(err)
			}
			maps.Copy(list, more)
			continue
		}
		var in map[string]any
		if err := json.Unmarshal([]byte(sample), &in); err != nil {
			t.Fatalf("%s: %v", sample, err)
		}
		for name, v := range in {
			switch v := v.(type) {
			case string:
				list.Set(name, v)
			case float64:
				list.Set(name, "1")
			case []any:
				list.Set(name+"[0]", "1")
			}
		}
	}
	return list
}

func TestHeadersThatAreNotText(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		for _, bad := range append(badTexts, "\x00") {
			for name, value := range map[string]string{
				"X-Cybozu-Authorization": base64.StdEncoding.EncodeToString([]byte(bad + ":" + bad)), "X-Cybozu-API-Token": bad,
				"Cookie": "engawa=" + bad + "; __Host-engawa=" + bad, "Authorization": "Bearer " + bad, "User-Agent": bad, "X-Requested-With": bad,
				"X-Forwarded-For": bad, "Accept-Language": bad, "Referer": bad, "Origin": bad, "If-None-Match": bad, "Host": bad,
			} {
				for _, call := range []string{"GET /k/v1/apps.json", "GET /k/v1/file.json?fileKey=none", "GET /k/", "GET /login", "POST /k/v1/preview/app.json"} {
					who := "root"
					if strings.HasPrefix(name, "X-Cybozu") || name == "Cookie" {
						who = "nobody"
					}
					body := ""
					if strings.HasPrefix(call, "POST") {
						body = `{"name":"x"}`
					}
					r := s.request(who, call, body)
					r.Header.Set(name, value)
					if a := s.do(r); a.Status >= http.StatusInternalServerError {
						t.Errorf("%s %s: %q: %s", call, name, bad, a)
					}
				}
			}
			r := s.request("nobody", "POST /api/v1/login", `{"login":"root","password":"password of root"}`)
			r.Header.Set("User-Agent", "browser "+bad)
			if a := s.do(r); a.Status != http.StatusOK {
				t.Errorf("log in with %q: %s %s", bad, a, a.Body)
			}
			a := s.do(s.uploadRequest("root", "POST /k/v1/file.json", "a"+bad+".txt", "text/"+bad, "x"))
			if a.Status != http.StatusOK && a.Status != http.StatusBadRequest {
				t.Errorf("upload %q: %s", bad, a)
			}
		}
	})
}
