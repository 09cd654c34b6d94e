package server

import (
	"strings"
	"testing"
)

// Source: kintone REST reference, actions.
func TestActionSettings(t *testing.T) {
	put := func(members string) step {
		return step{call: "PUT /k/v1/preview/app/actions.json", in: `{"app":1,` + members + `}`}
	}
	get := "GET /k/v1/preview/app/actions.json?app=1"
	full := func(name, members string) string {
		return `"` + name + `":{"destApp":{"app":"2"},"mappings":[{"srcType":"FIELD","srcField":"title","destField":"subject"},{"srcType":"RECORD_URL","destField":"link"}],"entities":[{"type":"USER","code":"aiko"}],` + members + `}`
	}
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.World.User("maker")
		s.define("source", `"title":{"type":"SINGLE_LINE_TEXT"},"n":{"type":"NUMBER"}`)
		s.define("target", `"subject":{"type":"SINGLE_LINE_TEXT"},"link":{"type":"LINK","protocol":"WEB"}`)
		s.must("root", "PUT /api/v1/app/code", `{"app":2,"code":"TO"}`)
		s.must("root", "PUT /k/v1/preview/app/acl.json", `{"app":1,"rights":[{"entity":{"type":"USER","code":"maker"},"appEditable":true,"recordViewable":true}]}`)
		s.must("root", "PUT /k/v1/preview/app/acl.json", `{"app":2,"rights":[{"entity":{"type":"USER","code":"root"},"appEditable":true,"recordViewable":true}]}`)
		s.must("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1},{"app":2}]}`)
	}, []step{
		{call: get, has: []string{`"actions":{}`}},
		put(`"actions":{`+full("b", `"index":1,"filterCond":"n > 1"`)+`,`+full("a", `"index":"0","name":"a"`)+`}`).with(`"a":{"id":"1"}`, `"b":{"id":"2"}`),
		{call: get, has: []string{`"a":{"id":"1","name":"a","index":"0","destApp":{"app":"2","code":"TO"},"mappings":[{"srcType":"FIELD","srcField":"title","destField":"subject"},{"srcType":"RECORD_URL","destField":"link"}],"entities":[{"type":"USER","code":"aiko"}],"filterCond":""}`, `"filterCond":"n > 1"`}},
		put(`"actions":{"a":{"index":5,"name":"renamed"},`+full("c", `"index":2`)+`}`).with(`"a":{"id":"1"}`, `"c":{"id":"3"}`),
		{call: get, has: []string{`"renamed":{"id":"1","name":"renamed","index":"1"`, `"c":{"id":"3","name":"c","index":"0"`}, lacks: []string{`"b":`}},
		put(`"actions":{"renamed":{"index":0,"destApp":{"code":"TO"},"mappings":[]},` + full("c", `"index":1`) + `}`),
		{call: get, has: []string{`"index":"0","destApp":{"app":"2","code":"TO"},"mappings":[]`}},

		put(`"revision":1`).but("400 CB_VA01 actions=必須です。"),
		put(`"actions":{` + full("a", `"name":"b","index":0`) + `}`).but("400 GAIA_IN01").with("アクションを更新できませんでした。"),
		put(`"actions":{` + full("a", `"index":0`) + `,` + full("b", `"index":0`) + `}`).but("400 CB_VA01 actions[b].index=indexが重複しています。"),
		put(`"actions":{"x":{},"` + strings.Repeat("長", 33) + `":{"index":1}}`).but("400 CB_VA01 actions[x].index=必須です。"),
		put(`"actions":{"x":{"index":1}}`).but("400 CB_VA01 actions[x].destApp=必須です。 actions[x].entities=必須です。"),
		put(`"actions":{` + full(strings.Repeat("長", 33), `"index":1`) + `}`).but("400 CB_VA01 actions[" + strings.Repeat("長", 33) + "].name=1文字から32文字までで入力してください。"),
		put(`"actions":{"x":{"index":1,"destApp":{"app":2},"mappings":[{},{"srcType":"MAGIC","destField":"x"},{"srcType":"FIELD","destField":"subject"}],"entities":[{"type":"CREATOR"}]}}`).
			but("400 CB_VA01 actions[x].entities[0].type=Enum値のいずれかでなければなりません。 actions[x].mappings[0].destField=必須です。 actions[x].mappings[0].srcType=必須です。 actions[x].mappings[1].srcType=Enum値のいずれかでなければなりません。 actions[x].mappings[2].srcField=必須です。"),
		put(`"actions":{"x":{"index":1,"destApp":{"app":2},"mappings":[{"srcType":"FIELD","srcField":"ghost","destField":"subject"}],"entities":[]}}`).but("400 GAIA_FC01"),
		put(`"actions":{"x":{"index":1,"destApp":{"app":2},"mappings":[{"srcType":"FIELD","srcField":"n","destField":"ghost"}],"entities":[]}}`).but("400 GAIA_FC01"),
		put(`"actions":{"x":{"index":1,"destApp":{"app":9},"mappings":[],"entities":[]}}`).but("404 GAIA_AP01"),
		put(`"actions":{"x":{"index":1,"destApp":{"code":"NO"},"mappings":[],"entities":[]}}`).but("404 GAIA_AP01"),
		put(`"actions":{"x":{"index":1,"destApp":{"app":2},"mappings":[],"entities":[{"type":"GROUP","code":"nobody"}]}}`).but("400 GAIA_IL26"),
		put(`"actions":{` + full("x", `"index":1,"filterCond":"ghost = 1"`) + `}`).but("400 CB_VA01 actions[x].filterCond=指定されたフィールド（ghost）が見つかりません。"),

		// Who may not see the destination learns nothing of it, and leads nothing there.
		put(`"actions":{` + full("x", `"index":1`) + `}`).by("maker").but("403 CB_NO02"),
		{who: "maker", call: get, has: []string{`"destApp":{"app":"2","code":""},"mappings":[]`}, lacks: []string{"subject", "TO"}},

		// New codes are followed, here and there; a condition on a deleted field takes its action along.
		put(`"actions":{` + full("a", `"index":0,"filterCond":"n > 1"`) + `,` + full("b", `"index":1`) + `}`),
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"title":{"type":"SINGLE_LINE_TEXT","code":"name"},"n":{"type":"NUMBER","code":"amount"}}}`},
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":2,"properties":{"subject":{"type":"SINGLE_LINE_TEXT","code":"topic"}}}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":2}]}`},
		{call: get, has: []string{`{"srcType":"FIELD","srcField":"name","destField":"topic"}`, `"filterCond":"amount > 1"`}},
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["amount","name"]}`},
		{call: get, has: []string{`"b":{"id":"`, `"mappings":[{"srcType":"RECORD_URL","destField":"link"}]`}, lacks: []string{`"a":{`}},
		{call: "GET /k/v1/app/actions.json?app=1", has: []string{`"actions":{}`}}, // not before it is deployed
	})
}

// Source: kintone REST reference, admin notes.
func TestAdminNotes(t *testing.T) {
	put := func(members string) step {
		return step{call: "PUT /k/v1/preview/app/adminNotes.json", in: `{"app":1,` + members + `}`}
	}
	get := "GET /k/v1/preview/app/adminNotes.json?app=1"
	scenario(t, func(s *testSite) { s.define("app", "") }, []step{
		{call: get, has: []string{`{"content":"","includeInTemplateAndDuplicates":false,"revision":"2"}`}},
		put(`"content":"<b>注意</b><script>x</script>","includeInTemplateAndDuplicates":"true"`).with(`{"revision":"3"}`),
		{call: get, has: []string{"注意", `"includeInTemplateAndDuplicates":true`}, lacks: []string{"script"}},
		put(`"includeInTemplateAndDuplicates":false`),
		{call: get, has: []string{"注意", `"includeInTemplateAndDuplicates":false`}},
		put(`"content":"` + strings.Repeat("x", 10001) + `"`).but("400 CB_VA01 content=0文字から10,000文字までで入力してください。"),
		{call: "GET /k/v1/app/adminNotes.json?app=1", has: []string{`"content":""`}},
	})
}

// Nothing is installed, and nothing pretends to be.
func TestNoPlugins(t *testing.T) {
	scenario(t, func(s *testSite) { s.define("app", "") }, []step{
		{call: "GET /k/v1/app/plugins.json?app=1&lang=ja", has: []string{`{"plugins":[],"revision":"2"}`}},
		{call: "GET /k/v1/preview/app/plugins.json?app=1&lang=default", want: "400 CB_VA01 lang=Enum値のいずれかでなければなりません。"},
		{call: "POST /k/v1/preview/app/plugins.json", in: `{"app":1}`, want: "400 CB_VA01 ids=必須です。"},
		{call: "POST /k/v1/preview/app/plugins.json", in: `{"app":1,"ids":["abc"]}`, want: "404 CB_NF01", has: []string{"指定したプラグイン（id: abc）が見つかりません。"}},
		{call: "GET /k/v1/plugins.json?limit=101", want: "400 CB_VA01 limit=最大でも100以下です。"},
		{call: "GET /k/v1/plugins.json?ids=", has: []string{`{"plugins":[]}`}},
		{call: "GET /k/v1/plugins/required.json", has: []string{`{"plugins":[]}`}},
		{call: "GET /k/v1/plugin/apps.json", want: "400 CB_VA01 id=必須です。"},
		{call: "GET /k/v1/plugin/apps.json?id=abc&limit=500", want: "404 CB_NF01"},
		{call: "POST /k/v1/plugin.json", in: `{"fileKey":"x"}`, want: "403 CB_NO02", has: []string{"この環境ではプラグインをインストールできません。"}},
		{call: "PUT /k/v1/plugin.json", in: `{"id":"abc"}`, want: "400 CB_VA01 fileKey=必須です。"},
		{call: "DELETE /k/v1/plugin.json?id=abc", want: "404 CB_NF01"},
	})
}
