package server

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
)

// Attack case 17: what is refused when something is made is refused when it is changed, whatever it is.
func TestMakingAndChangingCheckAlike(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	text := []string{`{}`, `[]`, `5`, `true`}
	of := func(member string, values ...string) (list []string) {
		for _, v := range values {
			list = append(list, fmt.Sprintf(`%q:%s`, member, v))
		}
		return list
	}
	names := func(member string, max int) []string {
		return append(of(member, text...), of(member, `""`, `" "`, `"a\nb"`, `"a\u0000b"`, `"\u202eb"`, `"`+long(max+1)+`"`)...)
	}
	join := func(lists ...[]string) (all []string) {
		for _, l := range lists {
			all = append(all, l...)
		}
		return all
	}
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		s.World.Organization("head", "")
		s.World.Group("choir")
		s.define("one", `"title":{"type":"SINGLE_LINE_TEXT","code":"title"},"n":{"type":"NUMBER","code":"n"},"drop":{"type":"DROP_DOWN","code":"drop","options":{"a":{"label":"a","index":"0"}}}`)
		s.must("root", "POST /k/v1/record.json", `{"app":1}`)
		s.must("root", "POST /api/v1/share", `{"app":1,"record":1,"fields":["title"]}`)
		s.must("root", "POST /api/v1/app/webhooks", `{"app":1,"url":"http://127.0.0.1:9/","events":["ADD_RECORD"]}`)
		n := 0
		for _, tc := range []struct {
			name     string
			bad      []string
			ways     []way
			harmless string
		}{
			{"users", join(names("name", 128), of("email", `"no mail"`, `"a@b\r\nBcc: c@d"`, `"Ann <a@b.c>"`, `{}`), of("locale", `"xx"`, `5`), of("timezone", `"Mars/Base"`, `"Local"`, `"../../etc/passwd"`, `{}`), of("password", `"x"`, `{}`),
				of("url", `"javascript:alert(1)"`), of("birthDate", `"2026-02-30"`, `"x"`), of("description", `"`+long(1001)+`"`), of("valid", `"maybe"`, `{}`), of("sortOrder", `"x"`, `{}`)),
				[]way{{"POST /v1/users.json", `{"users":[%s]}`, `{"code":"NEW","name":"x","password":"password of NEW"}`}, {"PUT /v1/users.json", `{"users":[%s]}`, `{"code":"aiko"}`}}, `"phone":"1"`},
			{"organisations", join(names("name", 128), of("parentCode", `"ghost"`, `{}`), of("description", `"`+long(1001)+`"`), of("sortOrder", `"x"`)),
				[]way{{"POST /v1/organizations.json", `{"organizations":[%s]}`, `{"code":"NEW","name":"x"}`}, {"PUT /v1/organizations.json", `{"organizations":[%s]}`, `{"code":"head"}`}}, `"description":"1"`},
			{"groups", join(names("name", 128), of("description", `"`+long(1001)+`"`), of("type", `"x"`)),
				[]way{{"POST /v1/groups.json", `{"groups":[%s]}`, `{"code":"NEW","name":"x"}`}, {"PUT /v1/groups.json", `{"groups":[%s]}`, `{"code":"choir"}`}}, `"description":"1"`},
			{"webhooks", join(of("url", `"ftp://x"`, `"http://169.254.169.254/"`, `"http://[::1]/"`, `""`, `{}`), of("events", `["NONE"]`, `[]`, `{}`), of("description", `"`+long(501)+`"`), of("active", `"maybe"`)),
				[]way{{"POST /api/v1/app/webhooks", `%s`, `{"app":1,"url":"http://127.0.0.1:9/","events":["ADD_RECORD"]}`}, {"PUT /api/v1/app/webhooks", `%s`, `{"app":1,"id":1}`}}, `"description":"1"`},
			{"links", join(of("fields", `["ghost"]`, `[]`, `{}`), of("expiresAt", `"x"`, `"2001-01-01T00:00:00Z"`, `{}`), of("mayComment", `"maybe"`), of("mayDownload", `{}`), of("title", `{}`, `"`+long(1001)+`"`)),
				[]way{{"POST /api/v1/share", `%s`, `{"app":1,"record":1,"fields":["title"]}`}, {"PUT /api/v1/share", `%s`, `{"id":1}`}}, `"mayComment":true`},
			{"fields", join(of("label", `{}`, `""`, `"`+long(129)+`"`), of("required", `"maybe"`), of("unique", `{}`), of("minLength", `"x"`, `"-1"`), of("maxLength", `"x"`)),
				[]way{{"POST /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{"NEW":%s}}`, `{"type":"SINGLE_LINE_TEXT"}`}, {"PUT /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{"title":%s}}`, `{"type":"SINGLE_LINE_TEXT"}`}}, `"noLabel":true`},
		} {
			for _, bad := range append(tc.bad, tc.harmless) {
				for _, w := range tc.ways {
					n++
					a := s.call("root", w.call, strings.ReplaceAll(w.with(t, bad), "NEW", fmt.Sprintf("new%d", n)))
					if wrong := bad != tc.harmless; wrong != (a.Status >= 400 && a.Status < 500) || a.Status >= 500 {
						t.Errorf("%s, %s with %.60s: %s %.300s", tc.name, w.call, bad, a, a.Body)
					}
				}
			}
		}
	})
}

// way is a call that makes or changes something: format holds its members, NEW stands for a code that is not there yet.
type way struct{ call, format, members string }

// with is the call's body with a member set.
func (w way) with(t *testing.T, member string) string {
	t.Helper()
	var all, set map[string]json.RawMessage
	if err := json.Unmarshal([]byte(w.members), &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte("{"+member+"}"), &set); err != nil {
		t.Fatal(err)
	}
	maps.Copy(all, set)
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(w.format, b)
}
