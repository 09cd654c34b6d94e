package server

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// maskedGoods makes app 1, which aiko may see, but num and v only in the records whose t is open, and app 2 of hers with
// three fields and a record.
func maskedGoods(s *testSite) {
	s.World.User("aiko")
	s.define("goods", `"k":{"type":"SINGLE_LINE_TEXT","code":"k","unique":true},"t":{"type":"SINGLE_LINE_TEXT","code":"t"},"v":{"type":"SINGLE_LINE_TEXT","code":"v"},"num":{"type":"NUMBER","code":"num"}`)
	for _, r := range []string{
		`"k":{"value":"K1"},"t":{"value":"secret"},"v":{"value":"himitsu"},"num":{"value":"424242"}`,
		`"k":{"value":"K2"},"t":{"value":"open"},"v":{"value":"plain"},"num":{"value":"7"}`,
		`"k":{"value":"K3"},"t":{"value":"open"},"v":{"value":"plain"},"num":{"value":"900000"}`,
	} {
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{`+r+`}}`)
	}
	s.hideFromAiko(`t = "open"`)
	s.must("aiko", "POST /k/v1/preview/app.json", `{"name":"mine"}`)
	s.must("aiko", "POST /k/v1/preview/app/form/fields.json", `{"app":2,"properties":{"a":{"type":"SINGLE_LINE_TEXT","code":"a"},"n":{"type":"NUMBER","code":"n"},"vv":{"type":"SINGLE_LINE_TEXT","code":"vv"},"nn":{"type":"NUMBER","code":"nn"}}}`)
	s.deployAs("aiko", "2")
	s.must("aiko", "POST /k/v1/record.json", `{"app":2,"record":{"a":{"value":"x"},"n":{"value":"424242"}}}`)
}

// hideFromAiko lets aiko see num and v only in the records that a condition finds.
func (s *testSite) hideFromAiko(but string) {
	s.T.Helper()
	rights := ""
	for _, code := range []string{"num", "v"} {
		rights += fmt.Sprintf(`,{"code":%q,"entities":[{"entity":{"type":"USER","code":"aiko"},"accessibility":"READ","filterCond":%q},{"entity":{"type":"USER","code":"aiko"},"accessibility":"NONE"},{"entity":{"type":"GROUP","code":"everyone"},"accessibility":"WRITE"}]}`, code, but)
	}
	s.must("root", "PUT /k/v1/field/acl.json", `{"app":1,"rights":[`+rights[1:]+`]}`)
}

func (s *testSite) deployAs(who, app string) {
	s.T.Helper()
	s.must(who, "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":`+app+`}]}`)
}

var keyOfGoods = regexp.MustCompile(`"k":\{"type":"SINGLE_LINE_TEXT","value":"(K\d)"\}`)

// goods are the keys of app 1 in an answer, in their order: "200 K1 K2".
func (a answer) goods() string {
	text := a.String()
	for _, m := range keyOfGoods.FindAllStringSubmatch(compact(a.Body), -1) {
		text += " " + m[1]
	}
	return text
}

// Attack case 8: a condition, an order and a match that somebody gives a lookup or a list of related records tell her no more
// of another app than a query of hers does.
func TestLinksAskForNothingThatIsMasked(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		maskedGoods(s)
		s.must("aiko", "POST /k/v1/preview/app/form/fields.json", `{"app":2,"properties":{
			"look":{"type":"SINGLE_LINE_TEXT","code":"look","lookup":{"relatedApp":{"app":"1"},"relatedKeyField":"k"}},
			"rel":{"type":"REFERENCE_TABLE","code":"rel","referenceTable":{"relatedApp":{"app":"1"},"conditions":[{"field":"a","operator":"!=","relatedField":"k"}],"displayFields":["k","num"],"aggregates":[{"field":"num","function":"MAX"}]}},
			"by":{"type":"REFERENCE_TABLE","code":"by","referenceTable":{"relatedApp":{"app":"1"},"conditions":[{"field":"n","operator":"=","relatedField":"num"}],"displayFields":["k"]}},
			"below":{"type":"REFERENCE_TABLE","code":"below","referenceTable":{"relatedApp":{"app":"1"},"conditions":[{"field":"n","operator":"<=","relatedField":"num"}],"displayFields":["k"]}}}}`)
		s.deployAs("aiko", "2")
		candidates := func(who string) string {
			return s.call(who, "GET /api/v1/lookup/candidates", `{"app":2,"field":"look"}`).goods()
		}
		related := func(who, code string) string {
			return s.call(who, "GET /api/v1/record/related", `{"app":2,"id":1,"field":"`+code+`"}`).goods()
		}
		found := func(who, query string) bool {
			return strings.Contains(compact(s.call(who, "GET /k/v1/records.json", fmt.Sprintf(`{"app":2,"query":%q,"totalCount":true}`, query)).Body), `"totalCount":"1"`)
		}
		lists := func(what, got, keys string) {
			t.Helper()
			if want := strings.TrimSpace("200 " + keys); got != want {
				t.Errorf("%s: got %s, want %s", what, got, want)
			}
		}
		finds := func(who, query string, want bool) {
			t.Helper()
			if found(who, query) != want {
				t.Errorf("%s as %s: found %v", query, who, !want)
			}
		}
		for _, tc := range []struct{ filter, sort, aiko, root string }{
			{`num > 400000`, `k asc`, `K3`, `K1 K3`},
			{`num > 500000`, `k asc`, `K3`, `K3`},
			{`num = "424242"`, `k asc`, ``, `K1`},
			{`num < 8 or v like "himitsu"`, `k asc`, `K2`, `K1 K2`},
			{`num not in ("1")`, `k asc`, `K1 K2 K3`, `K1 K2 K3`},
			{`v not like "himitsu"`, `k asc`, `K1 K2 K3`, `K2 K3`},
			{``, `num asc`, `K1 K2 K3`, `K2 K1 K3`},
			{``, `num desc`, `K3 K2 K1`, `K3 K1 K2`},
		} {
			// The administrator has the same settings, so that he is asked too.
			s.must("aiko", "PUT /k/v1/preview/app/form/fields.json", fmt.Sprintf(`{"app":2,"properties":{"look":{"lookup":{"filterCond":%[1]q,"sort":%[2]q}},"rel":{"referenceTable":{"filterCond":%[1]q,"sort":%[2]q}}}}`, tc.filter, tc.sort))
			s.deployAs("aiko", "2")
			what := tc.filter + " by " + tc.sort
			lists("offered for "+what, candidates("aiko"), tc.aiko)
			lists("offered to root for "+what, candidates("root"), tc.root)
			lists("related for "+what, related("aiko", "rel"), tc.aiko)
			lists("related to root for "+what, related("root", "rel"), tc.root)
			for _, k := range []string{"K1", "K2", "K3"} {
				finds("aiko", `rel.k in ("`+k+`")`, strings.Contains(tc.aiko, k))
				finds("root", `rel.k in ("`+k+`")`, strings.Contains(tc.root, k))
			}
		}
		lists("a match", related("aiko", "by"), "")
		lists("a match for root", related("root", "by"), "K1")
		finds("aiko", `by.k in ("K1")`, false)
		finds("root", `by.k in ("K1")`, true)
		lists("an order of a match", related("aiko", "below"), "K3")
		lists("an order of a match for root", related("root", "below"), "K3 K1")
		finds("aiko", `below.k in ("K1")`, false)
		finds("root", `below.k in ("K1")`, true)

		// A field that she does not see at all finds nothing, whatever is asked of it, as long as the settings name it.
		for _, filter := range []string{`num > 0`, `num not in ("1")`, `k != "" or num > 0`} {
			s.hideFromAiko(`t = "open"`)
			s.must("aiko", "PUT /k/v1/preview/app/form/fields.json", fmt.Sprintf(`{"app":2,"properties":{"look":{"lookup":{"filterCond":%[1]q}},"rel":{"referenceTable":{"filterCond":%[1]q}}}}`, filter))
			s.deployAs("aiko", "2")
			s.must("root", "PUT /k/v1/field/acl.json", `{"app":1,"rights":[{"code":"num","entities":[{"entity":{"type":"USER","code":"aiko"},"accessibility":"NONE"},{"entity":{"type":"GROUP","code":"everyone"},"accessibility":"WRITE"}]}]}`)
			lists("offered for a hidden field, "+filter, candidates("aiko"), "")
			lists("related for a hidden field, "+filter, related("aiko", "rel"), "")
			finds("aiko", `rel.k in ("K1","K2","K3")`, false)
			finds("aiko", `rel.k not in ("K9")`, false)
		}
	})
}
