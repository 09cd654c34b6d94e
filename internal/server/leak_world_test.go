package server

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

// Whatever aiko may not see contains a word that begins with "kakushi". What she may see and others may not begins with
// "naibu".
var (
	hiddenWord   = regexp.MustCompile(`(?i)kakushi\w*`)
	internalWord = regexp.MustCompile(`(?i)(kakushi|naibu)\w*`)
)

// leakSite is a site in which secrets are planted wherever one can be.
type leakSite struct {
	*testSite
	cursor string // of root, over everything
	files  map[string]string
	shares map[string]string // ids of record links: "narrow" shows one field, "wide" all of them
	links  map[string]string // and their tokens
	imp    string            // root's import
	linked string            // the app that is tied to others
}

// newLeakSite plants the secrets:
//
//	app 1  aiko may view, add, edit and delete, but not see the field kakushi_field and others, the column kakushi_part,
//	       the table kakushi_rows; record 1 is open to her, records 2 and 3 (in the trash) are not
//	app 2  closed to her altogether
//	app 3  of others; a token opens it
//	app 4  never deployed
//	carl   of whom she may know what he is called and where he is
func newLeakSite(t testing.TB, o db.Options) *leakSite {
	s := &leakSite{testSite: buildTestSite(t, o), files: map[string]string{}, shares: map[string]string{}, links: map[string]string{}}
	w := s.World
	w.User("aiko")
	s.must("root", "PUT /v1/users.json", `{"users":[{"code":"aiko","email":"aiko@example.com"}]}`)
	s.must("root", "POST /v1/users.json", `{"users":[{"code":"carl","name":"Carl","password":"password of carl","email":"kakushi_mail@example.com","description":"kakushi_profile","phone":"kakushi_phone","customItemValues":[{"code":"kakushi_item","value":"kakushi_value_of_item"}]}]}`)
	w.Organization("office", "", w.As("carl"))
	w.Group("circle", w.As("carl"))
	s.plantOrders()
	s.plantClosed()
	other := w.App("other", "title text; no text unique")
	other.Add("title=other no=one")
	s.token("other", other, "view add edit delete manage")
	s.must("root", "POST /k/v1/preview/app.json", `{"name":"kakushi_draft naibu_draft"}`)
	s.plantSecretSpace()
	s.plantImport()
	s.plantLinks()
	s.drain()
	return s
}

// eachLeakSite runs body on the kinds of database that a company may run.
func eachLeakSite(t *testing.T, body func(t *testing.T, s *leakSite)) {
	t.Helper()
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) { body(t, newLeakSite(t, o)) })
}

func (s *leakSite) plantOrders() {
	option := func(label string) string { return fmt.Sprintf(`"options":{%q:{"label":%q,"index":"0"}}`, label, label) }
	s.define("orders", `
		"title":{"type":"SINGLE_LINE_TEXT","code":"title","label":"naibu_label"},
		"stage":{"type":"DROP_DOWN","code":"stage",`+option("naibu_option")+`},
		"docs":{"type":"FILE","code":"docs"},
		"no":{"type":"SINGLE_LINE_TEXT","code":"no","unique":true},
		"lines":{"type":"SUBTABLE","code":"lines","fields":{
			"part":{"type":"SINGLE_LINE_TEXT","code":"part"},
			"doubled":{"type":"CALC","code":"doubled","expression":"LEN(kakushi_part) * 2"},
			"kakushi_part":{"type":"SINGLE_LINE_TEXT","code":"kakushi_part","label":"kakushi_part_label","defaultValue":"kakushi_part_default"},
			"kakushi_scan":{"type":"FILE","code":"kakushi_scan"}}},
		"length":{"type":"CALC","code":"length","expression":"LEN(kakushi_field) + SUM(doubled)"},
		"kakushi_calc":{"type":"SINGLE_LINE_TEXT","code":"kakushi_calc","expression":"\"kakushi_text \" & kakushi_field"},
		"kakushi_field":{"type":"SINGLE_LINE_TEXT","code":"kakushi_field","label":"kakushi_label","unique":true,"maxLength":"80"},
		"kakushi_memo":{"type":"MULTI_LINE_TEXT","code":"kakushi_memo","defaultValue":"kakushi_default"},
		"kakushi_number":{"type":"NUMBER","code":"kakushi_number","unit":"kakushi_unit"},
		"kakushi_stage":{"type":"RADIO_BUTTON","code":"kakushi_stage",`+option("kakushi_option")+`},
		"kakushi_docs":{"type":"FILE","code":"kakushi_docs"},
		"kakushi_people":{"type":"USER_SELECT","code":"kakushi_people"},
		"kakushi_link":{"type":"LINK","code":"kakushi_link","protocol":"MAIL"},
		"kakushi_group":{"type":"GROUP","code":"kakushi_group","label":"kakushi_group_label"},
		"kakushi_rows":{"type":"SUBTABLE","code":"kakushi_rows","label":"kakushi_rows_label","fields":{"inside":{"type":"SINGLE_LINE_TEXT","code":"inside","label":"kakushi_inside"}}}`)
	s.must("root", "PUT /k/v1/preview/app/views.json", `{"app":1,"views":{"naibu_view":{"index":0,"type":"LIST","fields":["title","kakushi_field"],"filterCond":"kakushi_field = \"kakushi_filter\"","sort":"kakushi_number desc"},"calendar":{"index":1,"type":"CALENDAR","date":"作成日時","title":"kakushi_field"}}}`)
	s.plantReports()
	s.plantProcess()
	s.plantCategories()
	s.must("root", "PUT /k/v1/preview/app/settings.json", `{"app":1,"description":"naibu_description","titleField":{"selectionMode":"MANUAL","code":"kakushi_field"}}`)
	var acl []string
	for _, code := range strings.Fields("kakushi_part kakushi_scan kakushi_field kakushi_memo kakushi_number kakushi_stage kakushi_docs kakushi_people kakushi_link kakushi_group kakushi_rows inside kakushi_calc カテゴリー") {
		acl = append(acl, fmt.Sprintf(`{"code":%q,"entities":[{"accessibility":"WRITE","entity":{"type":"USER","code":"root"}}]}`, code))
	}
	s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":1,"rights":[`+strings.Join(acl, ",")+`]}`)
	s.must("root", "PUT /k/v1/preview/record/acl.json", `{"app":1,"rights":[{"filterCond":"kakushi_memo like \"kakushi_closed\"","entities":[{"entity":{"type":"USER","code":"root"},"viewable":true,"editable":true,"deletable":true}]}]}`)
	s.must("root", "PUT /k/v1/preview/app/acl.json", `{"app":1,"rights":[{"entity":{"type":"CREATOR"},"appEditable":true,"recordViewable":true,"recordAddable":true,"recordEditable":true,"recordDeletable":true,"recordImportable":true,"recordExportable":true},{"entity":{"type":"USER","code":"aiko"},"recordViewable":true,"recordAddable":true,"recordEditable":true,"recordDeletable":true,"recordImportable":true,"recordExportable":true}]}`)
	s.deploy("1")

	// Record 1 is hers but for the hidden fields, whose history is hidden, too; record 2 and what was record 3 are not.
	s.order("naibu_title", "kakushi_value", "open", "visible")
	s.must("root", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"kakushi_field":{"value":"kakushi_later"},"kakushi_rows":{"value":[{"value":{"inside":{"value":"kakushi_row_later"}}}]}}}`)
	s.must("root", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"title":{"value":"naibu_title_2"},"lines":{"value":[{"value":{"part":{"value":"naibu_part"},"kakushi_part":{"value":"kakushi_part_later"}}}]}}}`)
	s.order("kakushi_title", "kakushi_value_2", "kakushi_closed", "closed")
	s.order("kakushi_trashed", "kakushi_value_3", "kakushi_closed", "trashed")
	s.comment(1, 1, "internal", "naibu_comment")
	s.comment(1, 2, "internal", "kakushi_comment")
	s.comment(1, 2, "shared", "kakushi_shared")
	s.must("root", "DELETE /k/v1/records.json", `{"app":1,"ids":[3]}`)
	s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"naibu_trashed"},"kakushi_field":{"value":"kakushi_trash"}}}`)
	s.must("root", "DELETE /k/v1/records.json", `{"app":1,"ids":[4]}`)
	s.must("root", "PUT /api/v1/record/categories", `{"app":1,"id":1,"categories":["kakushi_category"]}`)
	s.cursor = s.must("root", "POST /k/v1/records/cursor.json", `{"app":1,"size":1}`)["id"].(string)
	s.share("narrow", 1, `"fields":["no"],"mayComment":true,"mayDownload":true`)
	s.share("wide", 1, `"fields":["title","kakushi_field","kakushi_docs","lines"],"mayComment":true,"mayDownload":true,"password":"kakushi_password"`)
	s.share("closed", 2, `"fields":["title"],"mayComment":true`)
	// What is not deployed yet is for managers.
	s.must("root", "POST /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{"kakushi_preview":{"type":"NUMBER"}}}`)
}

// order adds a record to app 1, with files.
func (s *leakSite) order(title, hidden, memo, files string) {
	key := func(name string) string {
		return s.upload("root", name+"_name.txt", "text/plain", name+"_content").fileKey()
	}
	docs := "naibu_file"
	if files != "visible" {
		docs = "kakushi_file_of_" + files
	}
	out := s.must("root", "POST /k/v1/record.json", fmt.Sprintf(`{"app":1,"record":{"title":{"value":%q},"no":{"value":%q},"stage":{"value":"naibu_option"},
		"docs":{"value":[{"fileKey":%q}]},"lines":{"value":[{"value":{"part":{"value":%q},"kakushi_part":{"value":"kakushi_cell"},"kakushi_scan":{"value":[{"fileKey":%q}]}}}]},
		"kakushi_field":{"value":%q},"kakushi_memo":{"value":%q},"kakushi_number":{"value":"8675309421"},"kakushi_docs":{"value":[{"fileKey":%q}]},
		"kakushi_link":{"value":"kakushi_address@example.com"},"kakushi_rows":{"value":[{"value":{"inside":{"value":"kakushi_row"}}}]}}}`,
		title, "N-"+files, key(docs), title, key("kakushi_scan"), hidden, memo, key("kakushi_attachment")))
	// Her guesses of keys are as good as they can be.
	body := s.call("root", fmt.Sprintf("GET /k/v1/record.json?app=1&id=%s", out["id"]), "").Body
	var found struct {
		Record map[string]struct{ Value json.RawMessage }
	}
	if err := json.Unmarshal(body, &found); err != nil {
		s.T.Fatal(err)
	}
	for code, v := range found.Record {
		if key := (answer{Body: v.Value}).fileKey(); key != "" {
			s.files[files+" "+code] = key
		}
	}
}

// plantClosed makes app 2, which only root may open.
func (s *leakSite) plantClosed() {
	s.define("kakushi_app", `"kakushi_f":{"type":"SINGLE_LINE_TEXT","code":"kakushi_f"},"no":{"type":"SINGLE_LINE_TEXT","code":"no","unique":true},"file":{"type":"FILE","code":"file"}`)
	s.must("root", "PUT /k/v1/preview/app/form/layout.json", `{"app":2,"layout":[{"type":"ROW","fields":[{"type":"LABEL","label":"kakushi_layout"},{"type":"SINGLE_LINE_TEXT","code":"kakushi_f"}]}]}`)
	s.must("root", "PUT /k/v1/preview/app/views.json", `{"app":2,"views":{"kakushi_view":{"index":0,"type":"LIST","fields":["kakushi_f"]}}}`)
	s.must("root", "PUT /k/v1/preview/app/settings.json", `{"app":2,"description":"kakushi_description"}`)
	s.must("root", "PUT /k/v1/preview/app/acl.json", `{"app":2,"rights":[{"entity":{"type":"CREATOR"},"appEditable":true,"recordViewable":true,"recordAddable":true,"recordEditable":true,"recordDeletable":true}]}`)
	s.deploy("2")
	key := s.upload("root", "kakushi_name.txt", "text/plain", "kakushi_content").fileKey()
	s.must("root", "POST /k/v1/record.json", `{"app":2,"record":{"kakushi_f":{"value":"kakushi_v"},"no":{"value":"N1"},"file":{"value":[{"fileKey":"`+key+`"}]}}}`)
	s.files["app 2"] = s.call("root", "GET /k/v1/record.json?app=2&id=1", "").fileKey()
	s.comment(2, 1, "internal", "kakushi_comment_2")
	s.must("root", "POST /api/v1/app/tokens", `{"app":2,"note":"kakushi_note","rights":{"view":true}}`)
	s.must("root", "POST /api/v1/app/webhooks", `{"app":2,"url":"http://127.0.0.1:9/kakushi_path","description":"kakushi_webhook","events":["ADD_RECORD"]}`)
}

// plantImport makes a file that root has uploaded to make an app of.
func (s *leakSite) plantImport() {
	var out struct{ ID string }
	a := s.do(s.uploadRequest("root", "POST /api/v1/imports", "kakushi_import.csv", "text/csv", "kakushi_column,b\nkakushi_cell,1\n"))
	if json.Unmarshal(a.Body, &out) != nil || out.ID == "" {
		s.T.Fatalf("import: %s %s", a, a.Body)
	}
	s.imp = out.ID
}

// comment writes a comment of root's that mentions aiko.
func (s *leakSite) comment(app, n int, lane, text string) {
	s.T.Helper()
	s.must("root", "POST /api/v1/record/comment", fmt.Sprintf(`{"app":%d,"record":%d,"comment":{"lane":%q,"text":%q,"mentions":[{"code":"aiko","type":"USER"}]}}`, app, n, lane, text))
}

func (s *leakSite) share(name string, n int, members string) {
	s.T.Helper()
	out := s.must("root", "POST /api/v1/share", fmt.Sprintf(`{"app":1,"record":%d,%s}`, n, members))
	s.shares[name] = out["id"].(string)
	_, s.links[name], _ = strings.Cut(out["url"].(string), "/s/")
}
