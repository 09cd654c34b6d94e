package server

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
)

// liveLooks gives aiko's app a live lookup of goods and a record that has copied from K2.
func liveLooks(s *testSite) {
	maskedGoods(s)
	s.must("aiko", "POST /k/v1/preview/app/form/fields.json", `{"app":2,"properties":{"look":{"type":"SINGLE_LINE_TEXT","code":"look","lookup":{"relatedApp":{"app":"1"},"relatedKeyField":"k",
		"fieldMappings":[{"field":"vv","relatedField":"v"},{"field":"nn","relatedField":"num"}],"live":true}}}}`)
	s.deployAs("aiko", "2")
	s.must("aiko", "POST /k/v1/record.json", `{"app":2,"record":{"look":{"value":"K2"}}}`)
}

// copies are what record 2 of aiko's app has copied: key, number and text.
func (s *testSite) copies() string {
	s.T.Helper()
	var got struct {
		Record map[string]struct{ Value any }
	}
	if err := json.Unmarshal(s.call("root", "GET /k/v1/record.json?app=2&id=2", "").Body, &got); err != nil {
		s.T.Fatal(err)
	}
	return fmt.Sprint(got.Record["look"].Value, " ", got.Record["nn"].Value, " ", got.Record["vv"].Value)
}

// A live lookup gives nobody what its giver may not see any more.
func TestLiveLookupsFollowAsTheirGiver(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		liveLooks(s)
		n := 100
		// changes has root change the source and tells whether the copies followed.
		changes := func(what string, follows bool) {
			t.Helper()
			before := s.copies()
			n++
			s.must("root", "PUT /k/v1/record.json", fmt.Sprintf(`{"app":1,"id":2,"record":{"v":{"value":"v%[1]d"},"num":{"value":"%[1]d"}}}`, n))
			s.drain()
			want := before
			if follows {
				want = fmt.Sprintf("K2 %[1]d v%[1]d", n)
			}
			if got := s.copies(); got != want {
				t.Errorf("%s: %s, want %s", what, got, want)
			}
		}
		root := func(call, in string) { t.Helper(); s.must("root", call, in) }
		mine := func(who, properties string) {
			t.Helper()
			s.must(who, "PUT /k/v1/preview/app/form/fields.json", `{"app":2,"properties":{"look":`+properties+`}}`)
			s.deployAs(who, "2")
		}
		everyone := `{"entity":{"type":"GROUP","code":"everyone"},"recordViewable":true}`
		open := func(rights string) {
			t.Helper()
			root("PUT /k/v1/app/acl.json", `{"app":1,"rights":[{"entity":{"type":"CREATOR"},"appEditable":true,"recordViewable":true,"recordAddable":true,"recordEditable":true}`+rights+`]}`)
		}
		changes("she sees all", true)

		open("")
		changes("the app is closed", false)
		open("," + everyone)
		changes("the app is open again", true)

		s.hideFromAiko(`t = "other"`)
		changes("the values are masked", false)
		root("PUT /k/v1/field/acl.json", `{"app":1,"rights":[{"code":"num","entities":[{"entity":{"type":"USER","code":"root"},"accessibility":"WRITE"}]}]}`)
		changes("a field is hidden", false)
		s.hideFromAiko(`t = "open"`)
		changes("they are shown again", true)
		root("PUT /k/v1/record.json", `{"app":1,"id":2,"record":{"t":{"value":"secret"}}}`)
		changes("the record itself says that they are masked", false)
		root("PUT /k/v1/record.json", `{"app":1,"id":2,"record":{"t":{"value":"open"}}}`)

		rule := func(filter string) {
			t.Helper()
			root("PUT /k/v1/record/acl.json", `{"app":1,"rights":[{"filterCond":"k = \"`+filter+`\"","entities":[{"entity":{"type":"USER","code":"root"},"viewable":true,"editable":true,"deletable":true}]}]}`)
		}
		rule("K2")
		changes("a rule hides the record", false)
		rule("K9")
		changes("the rule is about others", true)

		// Another manager becomes the giver only by saying so.
		open("")
		mine("root", `{"label":"of root"}`)
		changes("root has saved something else", false)
		s.play([]step{{call: "GET /k/v1/app/form/fields.json?app=2", has: []string{`"live":true`}, lacks: []string{"iver"}}})
		mine("root", `{"lookup":{"live":true}}`)
		changes("root has saved the lookup", true)
		mine("root", `{"lookup":{"relatedKeyField":"k"}}`)
		rule("K2")
		changes("root sees what aiko does not", true)
		rule("K9")
		open("," + everyone)
		mine("aiko", `{"lookup":{"sort":"k asc"}}`)
		open("")
		changes("aiko has saved the lookup", false)
		open("," + everyone)

		// Settings from before givers were kept are of who made the app.
		app2, _ := s.World.AppNamed("mine")
		app2.Edit(func(st *app.Settings, _ *errs.Fields) {
			f, _ := st.Field("look")
			f.Lookup.Giver = 0
		})
		changes("no giver is known", true)
		open("")
		changes("who made the app does not see it", false)
		open("," + everyone)

		s.World.Suspend(s.World.As("aiko"))
		changes("she is suspended", true)
		open("")
		changes("suspended, without the right", false)
		open("," + everyone)
		root("DELETE /v1/users.json", `{"codes":["aiko"]}`)
		changes("she is gone", false)
	})
}

// A program gives what any user may see: its tokens can be taken back, and nobody would answer for more.
func TestLiveLookupsOfPrograms(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		liveLooks(s)
		mine, _ := s.World.AppNamed("mine")
		goods, _ := s.World.AppNamed("goods")
		s.token("mine", mine, "view edit manage")
		s.token("goods", goods, "view")
		s.tokens["both"] = s.tokens["mine"] + "," + s.tokens["goods"]
		s.must("token both", "PUT /k/v1/preview/app/form/fields.json", `{"app":2,"properties":{"look":{"lookup":{"live":true}}}}`)
		s.deployAs("token both", "2")
		for _, tc := range []struct{ rule, v, want string }{
			{`k = \"K9\"`, "shown", "K2 7 shown"},
			{`k = \"K2\"`, "hidden", "K2 7 shown"},
		} {
			s.must("root", "PUT /k/v1/record/acl.json", `{"app":1,"rights":[{"filterCond":"`+tc.rule+`","entities":[{"entity":{"type":"USER","code":"root"},"viewable":true,"editable":true},{"entity":{"type":"USER","code":"aiko"},"viewable":true}]}]}`)
			s.must("root", "PUT /k/v1/record.json", `{"app":1,"id":2,"record":{"v":{"value":"`+tc.v+`"}}}`)
			s.drain()
			if got := s.copies(); got != tc.want {
				t.Errorf("%s: %s, want %s", tc.rule, got, tc.want)
			}
		}
	})
}
