package server

import (
	"fmt"
	"strings"
	"testing"
)

const (
	categoriesCall = "PUT /api/v1/preview/app/categories"
	fileCall       = "PUT /api/v1/record/categories"
	filesCall      = "PUT /api/v1/records/categories"
)

// tree is a chain of n categories, each in the one before.
func tree(n int) string {
	if n == 0 {
		return `{}`
	}
	return fmt.Sprintf(`{"level %d":{"index":0,"children":%s}}`, n, tree(n-1))
}

func TestCategorySettings(t *testing.T) {
	put := func(tree string) step { return step{call: categoriesCall, in: `{"app":1,"categories":` + tree + `}`} }
	get := step{call: "GET /api/v1/preview/app/categories?app=1"}
	many := make([]string, 1001)
	for i := range many {
		many[i] = fmt.Sprintf(`"%d":{"index":%d}`, i, i)
	}
	long := strings.Repeat("長", 129)
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.define("stock", `"title":{"type":"SINGLE_LINE_TEXT"}`)
		s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{},{}]}`)
	}, []step{
		// Never turned on: there is a field that nobody can use.
		{call: "GET /api/v1/app/categories?app=1", has: []string{`{"enabled":false,"categories":{},"revision":"3"}`}},
		{call: "GET /k/v1/app/form/fields.json?app=1", has: []string{`"カテゴリー":{"code":"カテゴリー","enabled":false,"label":"カテゴリー","type":"CATEGORY"}`}},
		{call: "GET /k/v1/record.json?app=1&id=1", lacks: []string{"カテゴリー"}},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"カテゴリー in (\"\")"}`, want: "400 GAIA_IQ11"},
		{call: fileCall, in: `{"app":1,"id":1,"categories":[]}`, want: "400 CB_VA01", has: []string{"このアプリではカテゴリーが無効です。"}},

		// The tree is kept while categories are off; they are on once that is deployed.
		put(`{"家具":{"index":0,"children":{"机":{"index":1},"椅子":{"index":0}}},"照明":{"index":1}}`).with(`{"revision":"4"}`),
		{call: categoriesCall, in: `{"app":1,"enabled":"true"}`},
		get.with(`{"enabled":true,"categories":{"家具":{"name":"家具","index":"0","children":{"椅子":{"name":"椅子","index":"0","children":{}},"机":{"name":"机","index":"1","children":{}}}},
			"照明":{"name":"照明","index":"1","children":{}}},"revision":"5"}`),
		{who: "aiko", call: "GET /api/v1/preview/app/categories?app=1", want: "403 CB_NO02"},
		{who: "aiko", call: "GET /api/v1/app/categories?app=1", has: []string{`"enabled":false,"categories":{}`}},
		{who: "aiko", call: categoriesCall, in: `{"app":1,"enabled":false}`, want: "403 CB_NO02"},
		deployed,
		{who: "aiko", call: "GET /api/v1/app/categories?app=1", has: []string{`"enabled":true`, `"机"`}},
		{call: "GET /k/v1/app/form/fields.json?app=1", has: []string{`"カテゴリー":{"code":"カテゴリー","enabled":true`}},
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"カテゴリー":{"type":"CATEGORY","value":[]}`}},

		// What is wrong
		put(tree(6)).but("400 CB_VA01 categories[level 6].children[level 5].children[level 4].children[level 3].children[level 2].children=カテゴリーは5階層まで作成できます。"),
		put(tree(5)),
		put(`{` + strings.Join(many, ",") + `}`).but("400 CB_VA01 categories=0個から1000個までの範囲で指定してください。"),
		put(`{"机":{}}`).but("400 CB_VA01 categories[机].index=必須です。"),
		put(`{"a":{"index":0,"name":"b"}}`).but("400 GAIA_IN01"),
		put(`{"a":{"index":0,"children":{"b":{"index":0}}},"b":{"index":1}}`).but("400 CB_VA01 categories[b].name=カテゴリー「b」が重複しています。名前はツリー全体で一意にしてください。"),
		put(`{"` + long + `":{"index":0}," ":{"index":1}}`).but("400 CB_VA01 categories[ ].name=1文字から128文字までで入力してください。 categories[" + long + "].name=1文字から128文字までで入力してください。"),
		{call: categoriesCall, in: `{"app":1,"enabled":"maybe"}`, want: "400 CB_VA01 enabled=trueまたはfalseで指定してください。"},
		{call: categoriesCall, in: `{"app":1,"enabled":true,"revision":1}`, want: "409 GAIA_CO03"},
		{call: categoriesCall, in: `{"app":1,"categories":[]}`, want: "400 CB_IL02"},
		{call: "GET /api/v1/app/categories?app=1&lang=fr", want: "400 CB_VA01 lang=Enum値のいずれかでなければなりません。"},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}],"revert":true}`},

		// The field is not for the form to change.
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"カテゴリー":{"type":"CATEGORY","code":"other","label":"other","enabled":false}}}`},
		{call: "GET /k/v1/preview/app/form/fields.json?app=1", has: []string{`"カテゴリー":{"code":"カテゴリー","enabled":true,"label":"カテゴリー","type":"CATEGORY"}`}},
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["カテゴリー"]}`, want: "400 GAIA_FC01"},
		{call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"x":{"type":"CATEGORY"}}}`, want: "400 CB_VA01 properties[x].type=Enum値のいずれかでなければなりません。"},

		// Turned off they are out of sight, and what records were in stays.
		{call: fileCall, in: `{"app":1,"id":1,"categories":["机"]}`},
		{call: categoriesCall, in: `{"app":1,"enabled":false}`},
		deployed,
		{call: "GET /k/v1/record.json?app=1&id=1", lacks: []string{"カテゴリー"}},
		{call: "GET /api/v1/record/history?app=1&record=1", lacks: []string{"カテゴリー"}},
		{who: "aiko", call: "GET /api/v1/app/categories?app=1", has: []string{`"categories":{}`}},
		{call: categoriesCall, in: `{"app":1,"enabled":true}`},
		deployed,
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"カテゴリー":{"type":"CATEGORY","value":["机"]}`}},
	})
}

var deployed = step{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`}

func TestCategoriesOfRecords(t *testing.T) {
	file := func(names string) step {
		return step{call: fileCall, in: `{"app":1,"id":1,"categories":` + names + `}`}
	}
	find := func(query, ids string) step {
		return step{call: "GET /k/v1/records.json", in: `{"app":1,"fields":["$id"],"query":` + fmt.Sprintf("%q", query+" order by $id asc") + `}`, has: []string{ids}}
	}
	found := func(ids ...string) string {
		for i, n := range ids {
			ids[i] = `{"$id":{"type":"__ID__","value":"` + n + `"}}`
		}
		return `"records":[` + strings.Join(ids, ",") + `]`
	}
	bad := func(query, want string) step {
		return step{call: "GET /k/v1/records.json", in: `{"app":1,"query":` + fmt.Sprintf("%q", query) + `}`, want: want}
	}
	read := step{call: "GET /k/v1/record.json?app=1&id=1"}
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.World.User("ben")
		s.define("stock", `"title":{"type":"SINGLE_LINE_TEXT","code":"title"}`)
		s.must("root", categoriesCall, `{"app":1,"enabled":true,"categories":{"家具":{"index":0,"children":{"椅子":{"index":0},"机":{"index":1}}},"照明":{"index":1}}}`)
		s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":1,"rights":[{"code":"カテゴリー","entities":[{"accessibility":"WRITE","entity":{"type":"USER","code":"root"}},{"accessibility":"READ","entity":{"type":"USER","code":"aiko"}}]}]}`)
		s.deploy("1")
		s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{"title":{"value":"a"}},{"title":{"value":"b"}},{"title":{"value":"c"}}]}`)
	}, []step{
		// In the order of the tree, each once; an edit of the record.
		file(`["照明","机","照明"]`).with(`{"revision":"2"}`),
		read.with(`"カテゴリー":{"type":"CATEGORY","value":["机","照明"]}`, `"$revision":{"type":"__REVISION__","value":"2"}`),
		{call: "GET /api/v1/record/history?app=1&record=1", has: []string{`"revision":"2"`, `"kind":"update","changes":[{"code":"カテゴリー","label":"カテゴリー","type":"CATEGORY","old":[],"new":["机","照明"]}]`}},
		{call: fileCall, in: `{"app":1,"id":2,"categories":["家具"],"revision":"1"}`},

		// Conditions
		find(`カテゴリー in ("机")`, found("1")),
		find(`カテゴリー in ("家具")`, found("2")), // those below are named beside it
		find(`カテゴリー in ("家具", "机")`, found("1", "2")),
		find(`カテゴリー not in ("家具")`, found("1", "3")),
		find(`カテゴリー in ("")`, found("3")),
		find(`カテゴリー not in ("")`, found("1", "2")),
		bad(`カテゴリー = "机"`, "400 GAIA_IQ03"),
		bad(`カテゴリー like "机"`, "400 GAIA_IQ03"),
		bad(`カテゴリー is empty`, "400 GAIA_IQ03"),
		bad(`カテゴリー in ("床")`, "400 GAIA_IQ10"),
		bad(`カテゴリー in (LOGINUSER())`, "400 GAIA_IQ03"),
		bad(`order by カテゴリー asc`, "400 GAIA_IQ03"),
		{call: "GET /api/v1/export.csv?app=1", has: []string{",カテゴリー,title", ",\"机\n照明\",a", ",家具,b", ",,c"}},
		{call: "POST /api/v1/report/data", in: `{"app":1,"report":{"chartType":"TABLE","groups":[{"code":"カテゴリー"}],"aggregations":[{"type":"COUNT"}]}}`,
			has: []string{`"label":"家具","values":["1"]`, `"label":"机","values":["1"]`}},

		// Writes of records are not for it.
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"カテゴリー":{"value":["机"]}}}`, want: "400 GAIA_UN10", has: []string{"CATEGORY"}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"カテゴリー":{"value":[]}}}`, want: "400 GAIA_UN10", has: []string{"CATEGORY"}},

		// What is wrong
		file(`["床","机","壁"]`).but("400 CB_VA01 categories[0]=カテゴリー「床」が見つかりません。 categories[2]=カテゴリー「壁」が見つかりません。"),
		{call: fileCall, in: `{}`, want: "400 CB_VA01 app=必須です。 categories=必須です。 id=必須です。"},
		{call: fileCall, in: `{"app":1,"id":1,"categories":[],"revision":1}`, want: "409 GAIA_CO02"},
		{call: fileCall, in: `{"app":1,"id":99,"categories":[]}`, want: "404 GAIA_RE01"},
		{call: fileCall, in: `{"app":1,"id":1,"categories":[` + strings.Repeat(`"机",`, 1000) + `"机"]}`, want: "400 CB_VA01 categories=0個から1000個までの範囲で指定してください。"},
		{who: "aiko", call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"カテゴリー"`}},
		{who: "aiko", call: fileCall, in: `{"app":1,"id":1,"categories":[]}`, want: "403 GAIA_FU01"},
		{who: "ben", call: "GET /k/v1/record.json?app=1&id=1", lacks: []string{"カテゴリー", "机"}},
		{who: "ben", call: "GET /api/v1/app/categories?app=1", has: []string{`"categories":{}`}},
		{who: "ben", call: fileCall, in: `{"app":1,"id":1,"categories":["机"]}`, want: "403 CB_NO02"},
		{who: "ben", call: "GET /k/v1/records.json", in: `{"app":1,"query":"カテゴリー in (\"机\")"}`, want: "400 GAIA_IQ11"},

		// Several at once, all or none
		{call: filesCall, in: `{"app":1,"records":[{"id":2,"categories":["家具","照明"],"revision":"2"},{"id":3,"categories":[]}]}`,
			has: []string{`{"records":[{"id":"2","revision":"3"},{"id":"3","revision":"2"}]}`}},
		{call: filesCall, in: `{"app":1,"records":[{"id":3,"categories":["机"]},{"id":99,"categories":[]}]}`, want: "404 GAIA_RE01"},
		find(`カテゴリー in ("照明")`, found("1", "2")),
		find(`カテゴリー in ("")`, found("3")),
		{call: filesCall, in: `{"app":1,"records":[{"id":3,"categories":["机"]},{"id":1,"categories":["机","床"]}]}`, want: "400 CB_VA01 records[1].categories[1]=カテゴリー「床」が見つかりません。"},
		{call: filesCall, in: `{"app":1,"records":[{}]}`, want: "400 CB_VA01 records[0].categories=必須です。 records[0].id=必須です。"},
		{call: filesCall, in: `{"app":1,"records":[` + strings.Repeat(`{"id":1,"categories":[]},`, 100) + `{}]}`, want: "400 CB_VA01 records=一度に100件までのレコードを更新できます。"},
		{call: filesCall, in: `{"app":1}`, want: "400 CB_VA01 records=必須です。"},

		// Another name and another place: conditions and records follow.
		{call: "PUT /k/v1/preview/app/views.json", in: `{"app":1,"views":{"desks":{"index":0,"type":"LIST","fields":["title","カテゴリー"],"filterCond":"カテゴリー in (\"机\", \"家具\")"}}}`},
		{call: categoriesCall, in: `{"app":1,"categories":{"照明":{"index":0,"name":"机","children":{"机":{"index":0,"name":"デスク"}}},"家具":{"index":1}}}`},
		{call: "GET /k/v1/preview/app/views.json?app=1", has: []string{`"filterCond":"カテゴリー in (\"デスク\", \"家具\")"`}},
		deployed,
		find(`カテゴリー in ("デスク")`, found("1")),
		find(`カテゴリー in ("机")`, found("1", "2")),
		file(`["デスク","机"]`),
		read.with(`"value":["机","デスク"]`),
		bad(`カテゴリー in ("椅子")`, "400 GAIA_IQ10"), // not listed any more
		{call: categoriesCall, in: `{"app":1,"categories":{"机":{"index":0},"家具":{"index":1}}}`},
		{call: "GET /k/v1/preview/app/views.json?app=1", has: []string{`"filterCond":"カテゴリー in (\"家具\")"`}},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}],"revert":true}`},
		{call: "PUT /k/v1/preview/record/acl.json", in: `{"app":1,"rights":[{"filterCond":"カテゴリー in (\"デスク\")","entities":[{"entity":{"type":"USER","code":"root"},"viewable":true,"editable":true,"deletable":true}]}]}`},
		{call: categoriesCall, in: `{"app":1,"categories":{"机":{"index":0}}}`, want: "400 CB_VA01 categories=アクセス権の条件「カテゴリー in (\"デスク\")」で使われているため、削除できません。先にアクセス権を変更してください。"},
		{call: "GET /api/v1/record/history?app=1&record=1", has: []string{`"new":["デスク","机"]`}},

		// Taken back with an old revision of the record
		file(`[]`),
		{call: "POST /api/v1/record/revert", in: `{"app":1,"record":1,"revision":2}`},
		read.with(`"value":["机","デスク"]`),
	})
}
