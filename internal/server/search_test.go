package server

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// Source: kintone REST API, "Search".
func TestSearch(t *testing.T) {
	find := func(members string) step { return step{call: "POST /k/v1/search.json", in: `{` + members + `}`} }
	and := func(words ...string) string {
		return `"query":[{"operator":"AND","keywords":["` + strings.Join(words, `","`) + `"]}]`
	}
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.World.User("stranger")
		s.define("deals", `"title":{"type":"SINGLE_LINE_TEXT","code":"title","label":"件名"},"memo":{"type":"RICH_TEXT"},"secret":{"type":"SINGLE_LINE_TEXT"},"files":{"type":"FILE"},
			"rows":{"type":"SUBTABLE","fields":{"part":{"type":"SINGLE_LINE_TEXT"}}}`)
		s.define("orders", `"name":{"type":"SINGLE_LINE_TEXT"}`)
		s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":1,"rights":[{"code":"secret","entities":[{"accessibility":"NONE","entity":{"type":"USER","code":"aiko"}},{"accessibility":"WRITE","entity":{"type":"USER","code":"root"}}]}]}`)
		s.must("root", "PUT /k/v1/preview/record/acl.json", `{"app":1,"rights":[{"filterCond":"title = \"hidden printer\"","entities":[{"entity":{"type":"USER","code":"root"},"viewable":true}]}]}`)
		s.must("root", "PUT /k/v1/preview/app/acl.json", `{"app":1,"rights":[{"entity":{"type":"CREATOR"},"appEditable":true,"recordViewable":true,"recordAddable":true,"recordEditable":true},{"entity":{"type":"USER","code":"aiko"},"recordViewable":true}]}`)
		s.deploy("1")
		key := s.upload("root", "Printer-manual.pdf", "application/pdf", "x").fileKey()
		s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[
			{"title":{"value":"Laser PRINTER"},"memo":{"value":"<b>very</b> fast printer"},"secret":{"value":"codeword"}},
			{"title":{"value":"Scanner"},"rows":{"value":[{"value":{"part":{"value":"printer cable"}}}]}},
			{"title":{"value":"hidden printer"}},
			{"title":{"value":"Copier"},"files":{"value":[{"fileKey":"`+key+`"}]}}]}`)
		s.must("root", "POST /k/v1/records.json", `{"app":2,"records":[{"name":{"value":"ﾌﾟﾘﾝﾀｰ order 1"}},{"name":{"value":"printer order 2"}}]}`)
		s.must("root", "POST /k/v1/record/comment.json", `{"app":1,"record":2,"comment":{"text":"the printer jams"}}`)
		s.must("root", "POST /k/v1/record/comment.json", `{"app":1,"record":3,"comment":{"text":"the hidden printer jams"}}`)
	}, []step{
		find(and("laser printer")).with(`{"hits":[{"type":"RECORD","url":"http://127.0.0.1/k/1/show#record=1","snippets":["Laser PRINTER"],"record":{"appId":"1","appName":"deals","recordId":"1","recordTitle":"Laser PRINTER","createdAt":"`,
			`"creator":{"code":"root","name":"青木 愛子"},"matchedFields":[{"code":"title","label":"件名"}]}}],"nextPageToken":null}`),
		find(and("laser", "fast")).with(`"recordId":"1"`, `"snippets":["Laser PRINTER","very fast printer"]`, `{"code":"memo","label":"memo"}`),
		find(and("laser", "scanner")).with(`{"hits":[],"nextPageToken":null}`),
		find(and("printer cable")).with(`"matchedFields":[{"code":"part","label":"part"}]`),
		find(and("プリンター")).with(`"appId":"2"`, `"recordId":"1"`), // whatever the width
		find(`"query":[{"operator":"OR","keywords":["laser","scanner"]},{"operator":"NOT","keywords":["cable"]}]`).with(`"recordId":"1"`),
		find(`"query":[{"operator":"NOT","keywords":["cable"]}]`).with(`{"hits":[],"nextPageToken":null}`),
		{call: "POST /k/v1/search.json", in: `{` + and("printer") + `,"types":["RECORD_COMMENT"]}`, has: []string{`"type":"RECORD_COMMENT","url":"http://127.0.0.1/k/1/show#record=2&comment=1","snippets":["the printer jams"],"recordComment":{"appId":"1"`, `hidden`}},
		find(and("manual")+`,"types":["ATTACHMENT"]`).with(`"type":"ATTACHMENT"`, `"attachment":{"attachedTo":"RECORD","fileKey":"`, `"name":"Printer-manual.pdf"`, `"recordTitle":"Copier"`),
		find(and("printer") + `,"types":["SPACE","PEOPLE_COMMENT"]`).with(`{"hits":[],"nextPageToken":null}`),
		{call: "POST /k/v1/search.json", in: `{` + and("printer") + `,"scopes":[{"scope":"APP","ids":[2]}]}`, has: []string{`"appId":"2"`}, lacks: []string{`"appId":"1"`}},
		{call: "POST /k/v1/search.json", in: `{` + and("printer") + `,"excludeScopes":[{"scope":"APP","ids":["2"]}]}`, has: []string{`"appId":"1"`}, lacks: []string{`"appId":"2"`}},
		find(and("printer") + `,"scopes":[{"scope":"PEOPLE"}]`).with(`{"hits":[],"nextPageToken":null}`),
		find(and("printer") + `,"createdBefore":"2020-01-01T00:00:00Z"`).with(`{"hits":[],"nextPageToken":null}`),
		find(and("laser") + `,"createdAfter":"2020-01-01T00:00:00Z","creators":["root"]`).with(`"recordId":"1"`),
		find(and("laser") + `,"creators":["aiko"]`).with(`{"hits":[],"nextPageToken":null}`),
		find(and("laser") + `,"creators":["nobody"]`).but("400 GAIA_IL26"),

		// Only what each may see
		{who: "aiko", call: "POST /k/v1/search.json", in: `{` + and("printer") + `}`, has: []string{`"recordId":"1"`, "jams"}, lacks: []string{"hidden"}},
		find(and("codeword")).with(`"recordId":"1"`),
		find(and("codeword")).by("aiko").with(`{"hits":[],"nextPageToken":null}`),
		{who: "stranger", call: "POST /k/v1/search.json", in: `{` + and("printer") + `}`, has: []string{`"appId":"2"`}, lacks: []string{`"appId":"1"`}},

		find(``).but("400 CB_VA01 query=必須です。"),
		find(`"query":[]`).but("400 CB_VA01 query=1個から20個までの範囲で指定してください。"),
		find(`"query":[{},{"operator":"XOR","keywords":[]},{"operator":"OR","keywords":["","` + strings.Repeat("長", 51) + `"]}]`).
			but("400 CB_VA01 query[0].keywords=必須です。 query[0].operator=必須です。 query[1].keywords=1個から20個までの範囲で指定してください。 query[1].operator=Enum値のいずれかでなければなりません。 query[2].keywords[0]=1文字から50文字までで入力してください。 query[2].keywords[1]=1文字から50文字までで入力してください。"),
		find(`"query":[{"operator":"OR","keywords":["a"` + strings.Repeat(`,"b"`, 19) + `]},{"operator":"OR","keywords":["c"]}]`).but("400 CB_VA01 query=キーワードは20個まで指定できます。"),
		find(and("x") + `,"types":["MAGIC"],"scopes":[{"scope":"HEAP"},{}],"createdAfter":"yesterday","sort":{"by":"SIZE","order":"UP"},"limit":101,"pageToken":"x"`).
			but("400 CB_VA01 createdAfter=日時は「2026-04-01T09:30:00Z」の形式で入力してください。 limit=最大でも100以下です。 pageToken=検索結果のページトークンではありません。 scopes[0].scope=Enum値のいずれかでなければなりません。 scopes[1].scope=必須です。 sort.by=Enum値のいずれかでなければなりません。 sort.order=Enum値のいずれかでなければなりません。 types[0]=Enum値のいずれかでなければなりません。"),
		find(and("x") + `,"sort":{"order":"ASC"}`).but("400 CB_VA01 sort.order=Enum値のいずれかでなければなりません。"),
	})
}

// Pages follow each other without gaps and doubles, in both orders, across apps, spaces, files and comments of the same minute.
func TestPagesOfSearch(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		s.must("root", "POST /k/v1/space.json", `{"name":"needle"}`) // so is its thread
		for i, name := range []string{"one", "two", "three"} {
			s.define(name, `"title":{"type":"SINGLE_LINE_TEXT"},"files":{"type":"FILE"}`)
			app := fmt.Sprint(i + 1)
			if name == "three" { // whose readers do not learn when its records were made
				s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":3,"rights":[{"code":"作成日時","entities":[{"accessibility":"NONE","entity":{"type":"USER","code":"aiko"}}]}]}`)
				s.deploy("3")
			}
			for range 3 {
				var files []string
				for range 2 {
					files = append(files, `{"fileKey":"`+s.upload("root", "needle.txt", "text/plain", "x").fileKey()+`"}`)
				}
				s.must("root", "POST /k/v1/records.json", `{"app":`+app+`,"records":[{"title":{"value":"needle"}},{"title":{"value":"needle"},"files":{"value":[`+strings.Join(files, ",")+`]}}]}`)
				s.must("root", "POST /k/v1/record/comment.json", `{"app":`+app+`,"record":1,"comment":{"text":"needle"}}`)
				s.must("root", "POST /k/v1/space/thread/comment.json", `{"space":1,"thread":1,"comment":{"text":"needle","files":[{"fileKey":"`+s.upload("root", "needle.txt", "text/plain", "x").fileKey()+`"}]}}`)
				s.World.Pass(40 * time.Second)
			}
		}
		for _, tc := range []struct{ order, limit string }{{"DESC", "1"}, {"DESC", "4"}, {"DESC", "100"}, {"ASC", "1"}, {"ASC", "3"}, {"ASC", "100"}} {
			seen, last := map[string]bool{}, ""
			token, pages := "", 0
			for ; pages < 100; pages++ {
				a := s.call("aiko", "POST /k/v1/search.json", `{"query":[{"operator":"AND","keywords":["needle"]}],"sort":{"by":"CREATED_AT","order":"`+tc.order+`"},"limit":`+tc.limit+`,"pageToken":"`+token+`"}`)
				var page struct {
					Hits []struct {
						Type, URL     string
						Record        struct{ CreatedAt string }
						RecordComment struct{ CreatedAt string }
						Space         struct{ CreatedAt string }
						Thread        struct{ CreatedAt string }
						ThreadComment struct{ CreatedAt string }
						Attachment    struct{ FileKey string }
					}
					NextPageToken string
				}
				if err := json.Unmarshal(a.Body, &page); err != nil || a.Status != 200 {
					t.Fatalf("%+v: %s %s", tc, a, a.Body)
				}
				for _, h := range page.Hits {
					key := h.Type + h.URL + h.Attachment.FileKey
					if seen[key] {
						t.Fatalf("%+v: %s twice", tc, key)
					}
					seen[key] = true
					at := h.Record.CreatedAt + h.RecordComment.CreatedAt + h.Space.CreatedAt + h.Thread.CreatedAt + h.ThreadComment.CreatedAt
					if last != "" && at != "" && (tc.order == "DESC") != (at <= last) && at != last {
						t.Fatalf("%+v: %s after %s", tc, at, last)
					}
					last = at
				}
				if token = page.NextPageToken; token == "" {
					break
				}
			}
			if want := 3*(6+6+3) + 2 + 3*(3+3); len(seen) != want {
				t.Errorf("%+v: %d hits on %d pages, want %d", tc, len(seen), pages+1, want)
			}
		}
	})
}
