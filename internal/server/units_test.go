package server

import (
	"net/http"
	"strings"
	"testing"
)

func TestOrganizationsByTheAPI(t *testing.T) {
	people := func(s *testSite) { s.World.User("aiko"); s.World.User("ben") }
	scenario(t, people, []step{
		{call: "POST /v1/organizations.json", in: `{"organizations":[{"code":"head","name":"本社","localName":"Head office","localNameLocale":"en"},{"code":"sales","name":"営業部","parentCode":"head","description":"売る","sortOrder":2}]}`, has: []string{`{}`}},
		{call: "GET /v1/organizations.json", has: []string{`{"organizations":[{"id":"1","code":"head","name":"本社","localName":"Head office","localNameLocale":"en","parentCode":null,"description":"","sortOrder":null},{"id":"2","code":"sales","name":"営業部","localName":null,"localNameLocale":null,"parentCode":"head","description":"売る","sortOrder":"2"}]}`}},
		{who: "aiko", call: "GET /v1/organizations.json?codes[0]=sales&codes[1]=none", has: []string{`"code":"sales"`}, lacks: []string{`"code":"head"`}},
		{who: "aiko", call: "GET /v1/organizations.json?ids[0]=1", has: []string{`"code":"head"`}, lacks: []string{`"code":"sales"`}},
		{call: "GET /v1/organizations.json?ids[0]=1&codes[0]=head", want: "400 CB_VA01 codes=idsとcodesを同時に指定することはできません。"},
		{call: "GET /v1/organizations.json?size=0&offset=-1", want: "400 CB_VA01 offset=最小でも0以上です。 size=最小でも1以上です。"},
		{call: "GET /v1/organizations.json?size=1&offset=1", has: []string{`"code":"sales"`}, lacks: []string{`"code":"head"`}},
		{who: "aiko", call: "POST /v1/organizations.json", in: `{"organizations":[{"code":"x","name":"x"}]}`, want: "403 CB_NO02"},
		{call: "POST /v1/organizations.json", in: `{"organizations":[]}`, want: "400 CB_VA01 organizations=1個から100個までの範囲で指定してください。"},
		{call: "POST /v1/organizations.json", in: `{"organizations":[` + strings.Repeat(`{"code":"x"},`, 100) + `{"code":"x"}]}`, want: "400 CB_VA01 organizations=1個から100個までの範囲で指定してください。"},
		{call: "PUT /v1/organizations.json", in: `{"organizations":[{"code":"head","parentCode":"sales"}]}`, want: "400 CB_VA01 organizations[0].parentCode=組織を、その組織自身の下に置くことはできません。"},
		{call: "PUT /v1/organizations.json", in: `{"organizations":[{"code":"none","name":"x"}]}`, want: "404 CB_NF01"},
		{call: "PUT /v1/organizations.json", in: `{"organizations":[{"code":"sales","name":"販売部"},{"code":"head","name":""}]}`, want: "400 CB_VA01 organizations[1].name=必須です。"},
		{call: "GET /v1/organizations.json?codes[0]=sales", has: []string{`"name":"営業部"`, `"parentCode":"head"`}}, // all or none
		{call: "PUT /v1/organizations/codes.json", in: `{"codes":[{"currentCode":"sales","newCode":"sales2"}]}`},
		{call: "PUT /v1/userOrganizations.json", in: `{"userOrganizations":[{"code":"aiko","organizations":[{"orgCode":"sales2","titleCode":null},{"orgCode":"head"}]}]}`},
		{call: "PUT /v1/userOrganizations.json", in: `{"userOrganizations":[{"code":"ben"}]}`, want: "400 CB_VA01 userOrganizations[0].organizations=必須です。"},
		{call: "PUT /v1/userOrganizations.json", in: `{"userOrganizations":[{"code":"ben","organizations":[{"orgCode":"none"}]}]}`, want: "400 CB_VA01 userOrganizations[0].organizations[0].orgCode=指定した組織（コード：none）が見つかりません。"},
		{who: "ben", call: "GET /v1/user/organizations.json?code=aiko", has: []string{`{"organizationTitles":[{"organization":{"id":"2","code":"sales2",`, `"title":null},{"organization":{"id":"1","code":"head",`}},
		{who: "ben", call: "GET /v1/user/organizations.json?code=nobody", want: "404 CB_NF01"},
		{who: "ben", call: "GET /v1/user/organizations.json", want: "400 CB_VA01 code=必須です。"},
		{who: "ben", call: "GET /v1/organization/users.json?code=sales2", has: []string{`{"userTitles":[{"user":{"id":"3","code":"aiko",`, `"primaryOrganization":"2"`, `"email":null`, `"title":null}]}`}},
		{call: "GET /v1/organization/users.json?code=sales2&offset=1", has: []string{`{"userTitles":[]}`}},
		{call: "PUT /v1/users.json", in: `{"users":[{"code":"aiko","primaryOrganization":"1","sortOrder":5,"customItemValues":[{"code":"boss","value":"ben"}]}]}`},
		{call: "GET /v1/users.json?codes[0]=aiko", has: []string{`"primaryOrganization":"1"`, `"sortOrder":"5"`, `"customItemValues":[{"code":"boss","value":"ben"}]`, `"email":"aiko@example.com"`}},
		{who: "ben", call: "GET /v1/users.json?codes[0]=aiko", has: []string{`"customItemValues":[]`, `"email":null`, `"name":"aiko"`}},
		{who: "aiko", call: "GET /v1/users.json?codes[0]=aiko", has: []string{`"customItemValues":[{"code":"boss","value":"ben"}]`, `"email":"aiko@example.com"`}},
		{call: "PUT /v1/users.json", in: `{"users":[{"code":"ben","primaryOrganization":1}]}`, want: "400 CB_VA01 users[0].primaryOrganization=優先する組織は、ユーザーが所属する組織の中から指定してください。"},
		{call: "PUT /v1/users/codes.json", in: `{"codes":[{"currentCode":"aiko","newCode":"aoki"}]}`},
		{call: "PUT /v1/users/codes.json", in: `{"codes":[{"currentCode":"aoki","newCode":"ben"}]}`, want: "400 CB_VA01 codes[0].newCode=このログイン名はすでに使われています。"},
		{call: "GET /v1/user/organizations.json?code=aoki", has: []string{`"code":"head"`}},
		{call: "DELETE /v1/organizations.json", in: `{"codes":["head"]}`},
		{call: "GET /v1/organizations.json", has: []string{`{"organizations":[]}`}},
		{call: "GET /v1/users.json?codes[0]=aoki", has: []string{`"primaryOrganization":null`}},
	})
}

func TestGroupsByTheAPI(t *testing.T) {
	people := func(s *testSite) {
		s.World.User("aiko")
		s.World.User("ben")
		s.World.App("orders", "title text")
	}
	scenario(t, people, []step{
		{call: "POST /v1/groups.json", in: `{"groups":[{"code":"choir","name":"合唱団"},{"code":"rule","name":"規則","type":"dynamic","description":"by rule"}]}`, has: []string{`{}`}},
		{who: "aiko", call: "GET /v1/groups.json", has: []string{`{"groups":[{"id":"1","code":"everyone","name":"Everyone","description":"","type":"dynamic"},{"id":"2","code":"Administrators","name":"Administrators","description":"","type":"static"},{"id":"3","code":"choir","name":"合唱団","description":"","type":"static"},{"id":"4","code":"rule","name":"規則","description":"by rule","type":"dynamic"}]}`}},
		{call: "PUT /v1/group/users.json", in: `{"code":"choir","users":["aiko","ben"]}`},
		{call: "PUT /v1/user/groups.json", in: `{"code":"ben","groups":[]}`},
		{call: "PUT /v1/user/groups.json", in: `{"code":"ben"}`, want: "400 CB_VA01 groups=必須です。"},
		{call: "PUT /v1/user/groups.json", in: `{"code":"ben","groups":["rule"]}`, want: "409 CB_CO01"},
		{who: "aiko", call: "PUT /v1/user/groups.json", in: `{"code":"aiko","groups":["choir"]}`, want: "403 CB_NO02"},
		{who: "ben", call: "GET /v1/group/users.json?code=choir", has: []string{`"code":"aiko"`}, lacks: []string{`"code":"ben"`}},
		{who: "ben", call: "GET /v1/group/users.json?code=Administrators", has: []string{`"code":"root"`}, lacks: []string{`"code":"ben"`}},
		{who: "ben", call: "GET /v1/group/users.json?code=everyone&size=1&offset=2", has: []string{`"code":"ben"`}, lacks: []string{`"code":"aiko"`}},
		{who: "ben", call: "GET /v1/user/groups.json?code=aiko", has: []string{`"code":"everyone"`, `"code":"choir"`}, lacks: []string{"Administrators"}},
		{call: "GET /v1/group/users.json?code=none", want: "404 CB_NF01"},
		{call: "DELETE /v1/groups.json", in: `{"codes":["everyone"]}`, want: "409 CB_CO01"},
		{who: "aiko", call: "GET /api/v1/principals/suggest?query=合&types[0]=GROUP", has: []string{`{"principals":[{"type":"GROUP","id":"3","code":"choir","name":"合唱団"}]}`}},
		{who: "aiko", call: "GET /api/v1/principals/suggest?query=&limit=2", has: []string{`"code":"root"`, `"code":"aiko"`}, lacks: []string{`"code":"ben"`}},
		{who: "aiko", call: "GET /api/v1/principals/suggest?types[0]=ALL", want: "400 CB_VA01 types[0]=Enum値のいずれかでなければなりません。"},
		{call: "PUT /k/v1/preview/app/acl.json", in: `{"app":1,"rights":[{"entity":{"type":"GROUP","code":"choir"},"recordViewable":true}]}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: "PUT /v1/groups/codes.json", in: `{"codes":[{"currentCode":"choir","newCode":"singers"}]}`},
		{call: "GET /k/v1/app/acl.json?app=1", has: []string{`"code":"singers"`}},
		{who: "aiko", call: "GET /k/v1/records.json?app=1", has: []string{`"records":[]`}},
		{who: "ben", call: "GET /k/v1/records.json?app=1", want: "403 CB_NO02"},
		{call: "DELETE /v1/groups.json", in: `{"codes":["singers"]}`, want: "409 CB_CO01"},
		{call: "PUT /v1/users/services.json", in: `{"users":[{"code":"aiko","services":["garoon"]}]}`},
		{call: "GET /v1/users/services.json?codes[0]=aiko&codes[1]=ben", has: []string{`{"users":[{"code":"aiko","services":["garoon"]},{"code":"ben","services":["kintone"]}]}`}},
		{who: "aiko", call: "GET /k/v1/records.json?app=1", want: "403 CB_NO02"},
		{who: "aiko", call: "GET /v1/users.json?codes[0]=ben", has: []string{`"code":"ben"`}},
		{who: "aiko", call: "GET /api/v1/me", has: []string{`"code":"aiko"`}},
	})
}

// Without the service the screens stay closed, but for those by which administrators manage people.
func TestScreensWithoutTheService(t *testing.T) {
	s := newTestSite(t)
	s.World.User("aiko")
	cookie, _ := s.login("aiko")
	open := func(path string) int {
		r := s.request("nobody", "GET "+path, "")
		r.AddCookie(cookie)
		return s.do(r).Status
	}
	for _, tc := range []struct {
		services, path string
		want           int
	}{
		{`["kintone"]`, "/k/", http.StatusOK},
		{`[]`, "/k/", http.StatusForbidden},
		{`["garoon"]`, "/k/1/", http.StatusForbidden},
		{`["garoon"]`, "/admin/users", http.StatusOK},
		{`["kintone","garoon"]`, "/k/", http.StatusOK},
	} {
		s.must("root", "PUT /v1/users/services.json", `{"users":[{"code":"aiko","services":`+tc.services+`}]}`)
		if got := open(tc.path); got != tc.want {
			t.Errorf("%s with %s: %d, want %d", tc.path, tc.services, got, tc.want)
		}
	}
}
