package server

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"maps"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/api"
)

// The actors of the table, by letter.
var actors = []struct{ letter, name, who string }{
	{"n", "nobody", "nobody"},
	{"s", "a user whom no rule of the app names", "stranger"},
	{"v", "a user who may view records", "viewer"},
	{"t", "a token that may view records", "token view"},
	{"x", "a token of another app that may do everything there", "token other"},
	{"e", "a user who may view, add, edit and delete records", "editor"},
	{"m", "the app's creator, who may do everything in it", "manager"},
	{"a", "an administrator of the site, whom no rule of the app names", "root"},
}

// Groups of actors that rows have in common.
const (
	everybody = "nsvtxema"
	users     = "svema"
	readers   = "vtem"  // of app 1's records
	staff     = "vem"   // readers, but no programs
	writers   = "em"    // of app 1's records
	insiders  = "vtema" // who may know app 1's settings
	managers  = "ma"    // of app 1
	admins    = "a"
)

// row says who may call a route. All others are refused: 401, 403, 404, or 400 for a program with the
// wrong token and for a comment that is not there.
type row struct {
	may  string
	call string // a JSON body, or a query string that begins with "?"; {i} is the actor's place, from 1
	once bool   // who comes second finds nothing to do
}

// table has a row for every route: what is not in it is refused, and a route without a row fails.
func (s *accessSite) table() map[string]row {
	rows := map[string]row{
		"GET /k/v1/record.json":            {readers, `{"app":1,"id":1}`, false},
		"POST /k/v1/record.json":           {writers, `{"app":1}`, false},
		"PUT /k/v1/record.json":            {writers, `{"app":1,"id":1,"record":{}}`, false},
		"GET /k/v1/records.json":           {readers, `{"app":1}`, false},
		"POST /k/v1/records.json":          {writers, `{"app":1,"records":[{}]}`, false},
		"PUT /k/v1/records.json":           {writers, `{"app":1,"records":[{"id":1,"record":{}}]}`, false},
		"DELETE /k/v1/records.json":        {writers, `{"app":1,"ids":[{i}]}`, false},
		"POST /k/v1/records/cursor.json":   {readers, `{"app":1}`, false},
		"GET /k/v1/records/cursor.json":    {"v", `{"id":"` + s.cursor + `"}`, false},
		"DELETE /k/v1/records/cursor.json": {"v", `{"id":"` + s.cursor + `"}`, false},
		"POST /k/v1/bulkRequest.json":      {writers, bulkOf("POST /k/v1/record.json", `{"app":1}`), false},
		"GET /k/v1/record/comments.json":   {readers, `{"app":1,"record":1}`, false},
		"POST /k/v1/record/comment.json":   {readers, `{"app":1,"record":1,"comment":{"text":"x"}}`, false},
		"DELETE /k/v1/record/comment.json": {"v", `{"app":1,"record":1,"comment":1}`, false},
		"POST /k/v1/file.json":             {"svtxema", "", false},
		"GET /k/v1/file.json":              {readers, "?fileKey=" + s.file, false},
		"GET /api/v1/thumbnail":            {readers, "?fileKey=" + s.file, false},
		"POST /api/v1/record/draft":        {writers, `{"app":1,"record":{}}`, false},
		"GET /api/v1/record/history":       {readers, `{"app":1,"record":1}`, false},
		"POST /api/v1/record/revert":       {writers, `{"app":1,"record":1,"revision":1}`, false},
		"GET /api/v1/record/neighbours":    {readers, `{"app":1,"record":1}`, false},
		"GET /api/v1/record/comments":      {readers, `{"app":1,"record":1}`, false},
		"POST /api/v1/record/comment":      {readers, `{"app":1,"record":1,"comment":{"text":"x","lane":"internal"}}`, false},
		"DELETE /api/v1/record/comment":    {"v", `{"app":1,"record":1,"comment":1}`, false},
		"GET /api/v1/records/count":        {readers, `{"app":1}`, false},
		"GET /api/v1/trash":                {writers, `{"app":1}`, false},
		"POST /api/v1/trash/restore":       {writers, `{"app":1,"ids":[1{i}]}`, false},

		"GET /k/v1/app.json":                        {insiders, `{"id":1}`, false},
		"GET /k/v1/apps.json":                       {users, `{}`, false},
		"POST /k/v1/preview/app.json":               {users, `{"name":"x"}`, false},
		"POST /k/v1/preview/app/deploy.json":        {managers, `{"apps":[{"app":1}]}`, false},
		"GET /k/v1/preview/app/deploy.json":         {managers, `{"apps":[1]}`, false},
		"POST /k/v1/preview/app/form/fields.json":   {managers, `{"app":1,"properties":{"f{i}":{"type":"NUMBER"}}}`, false},
		"PUT /k/v1/preview/app/form/fields.json":    {managers, `{"app":1,"properties":{"title":{"type":"SINGLE_LINE_TEXT"}}}`, false},
		"DELETE /k/v1/preview/app/form/fields.json": {managers, `{"app":1,"fields":["title"]}`, true},
		"PUT /k/v1/preview/app/form/layout.json":    {managers, `{"app":1,"layout":[]}`, false},
		"PUT /k/v1/preview/app/views.json":          {managers, `{"app":1,"views":{}}`, false},
		"PUT /k/v1/preview/app/settings.json":       {managers, `{"app":1}`, false},
		"PUT /k/v1/preview/app/acl.json":            {managers, `{"app":1,"rights":[]}`, false},
		"PUT /k/v1/preview/record/acl.json":         {managers, `{"app":1,"rights":[]}`, false},
		"PUT /k/v1/preview/field/acl.json":          {managers, `{"app":1,"rights":[]}`, false},
		"GET /api/v1/app":                           {insiders, `{"app":1}`, false},
		"DELETE /api/v1/app":                        {managers, `{"app":1}`, true},
		"GET /api/v1/app/tokens":                    {managers, `{"app":1}`, false},
		"POST /api/v1/app/tokens":                   {managers, `{"app":1,"rights":{"view":true}}`, false},
		"DELETE /api/v1/app/tokens":                 {managers, `{"app":1,"id":1}`, true},

		"GET /v1/users.json":        {users, `{}`, false},
		"POST /v1/users.json":       {admins, `{"users":[{"code":"new","name":"New","password":"password of new"}]}`, false},
		"PUT /v1/users.json":        {admins, `{"users":[{"code":"stranger","name":"x"}]}`, false},
		"DELETE /v1/users.json":     {admins, `{"codes":["stranger"]}`, false},
		"PUT /api/v1/users/suspend": {admins, `{"code":"stranger","suspended":true}`, false},
		"POST /api/v1/users/unlock": {admins, `{"code":"stranger"}`, false},
		"GET /api/v1/users/suggest": {users, `{"q":"v"}`, false},
		"GET /api/v1/me":            {users, `{}`, false},
		"PUT /api/v1/me":            {users, `{}`, false},
		"PUT /api/v1/me/password":   {users, `{"current":"password of {who}","next":"another password 1"}`, false},
		"POST /api/v1/login":        {everybody, `{"login":"viewer","password":"password of viewer"}`, false},
		"POST /api/v1/logout":       {everybody, `{}`, false},
		"POST /api/v1/setup":        {"", `{"secret":"none"}`, false},

		"GET /api/v1/shares":          {"vema", `{"app":1,"record":1}`, false},
		"POST /api/v1/share":          {staff, `{"app":1,"record":1,"fields":["title"]}`, false},
		"PUT /api/v1/share":           {staff, `{"id":1,"mayComment":true}`, false},
		"POST /api/v1/share/preview":  {staff, `{"app":1,"record":1,"fields":["title"]}`, false},
		"POST /api/v1/share/revoke":   {"vema", `{"id":1}`, false},
		"GET /api/v1/share/accesses":  {"vema", `{"id":1}`, false},
		"GET /api/v1/share/qr":        {staff, "?id=1", false},
		"GET /api/v1/shared":          {everybody, "?token=" + s.link, false},
		"GET /api/v1/shared/file":     {everybody, "?token=" + s.link + "&fileKey=" + s.file, false},
		"GET /api/v1/shared/events":   {everybody, "?token=" + s.link, false},
		"POST /api/v1/shared/unlock":  {everybody, `{"token":"` + s.link + `","password":"x"}`, false},
		"POST /api/v1/shared/comment": {everybody, `{"token":"` + s.link + `","name":"guest","text":"x"}`, false},

		"POST /api/v1/imports":            {users, "", false},
		"GET /api/v1/imports":             {users, `{}`, false},
		"GET /api/v1/import":              {"va", `{"id":1}`, false},
		"PUT /api/v1/import":              {"va", `{"id":1}`, false},
		"POST /api/v1/import/start":       {"va", `{"id":1,"appName":"made","columns":[{"index":0,"label":"a","type":"SINGLE_LINE_TEXT"}]}`, false},
		"POST /api/v1/import/cancel":      {"va", `{"id":1}`, false},
		"POST /api/v1/import/resume":      {"va", `{"id":1}`, false},
		"GET /api/v1/import/rejected.csv": {"va", "?id=1", false},
		"GET /api/v1/export.csv":          {"m", "?app=1", false},

		"GET /api/v1/portal":              {users, `{}`, false},
		"GET /api/v1/notifications":       {users, `{}`, false},
		"POST /api/v1/notifications/read": {users, `{"all":true}`, false},
		"GET /api/v1/events":              {users, "?x=1", false},
		"GET /api/v1/admin/mails":         {admins, `{}`, false},
		"GET /api/v1/admin/mail":          {admins, `{"id":1}`, false},
		"GET /api/docs":                   {everybody, "?x=1", false},
		"GET /api/openapi.yaml":           {everybody, "?x=1", false},
	}
	maps.Copy(rows, s.recalculationRows())
	maps.Copy(rows, s.reportRows())
	maps.Copy(rows, spaceRows())
	maps.Copy(rows, s.peopleRows())
	maps.Copy(rows, s.processRows())
	maps.Copy(rows, categoryRows())
	maps.Copy(rows, s.rosterRows())
	for _, path := range []string{"app/form/fields.json", "app/form/layout.json", "app/views.json", "app/settings.json"} {
		rows["GET /k/v1/"+path] = row{insiders, `{"app":1}`, false}
		rows["GET /k/v1/preview/"+path] = row{managers, `{"app":1}`, false}
	}
	for _, path := range []string{"app/acl.json", "record/acl.json", "field/acl.json"} {
		rows["GET /k/v1/"+path] = row{managers, `{"app":1}`, false}
		rows["GET /k/v1/preview/"+path] = row{managers, `{"app":1}`, false}
	}
	addSettings(rows)
	s.addLinks(rows)
	addWebhooks(rows)
	addPermissions(rows)
	return rows
}

// accessSite is a site with all the actors, and of everything one.
type accessSite struct {
	*testSite
	cursor, file, link string
	refresh            string // of its lookups
	trashed            string // a deleted field
	people, roster     string // an upload of users, and an import of it
}

// newAccessSite makes that site in a data folder, with its database, and closes it: it is for copies.
func newAccessSite(t testing.TB) *accessSite {
	data := t.TempDir()
	s := &accessSite{testSite: buildTestSiteIn(t, databaseIn(data), data)}
	for _, code := range []string{"stranger", "viewer", "editor", "manager"} {
		s.World.User(code)
	}
	s.World.Organization("head", "", s.World.As("viewer"))
	s.World.Group("choir", s.World.As("viewer"))
	s.must("manager", "POST /k/v1/preview/app.json", `{"name":"app"}`)
	s.must("manager", "POST /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{"title":{"type":"SINGLE_LINE_TEXT"},"file":{"type":"FILE"},"look":{"type":"NUMBER","lookup":{"relatedApp":{"app":"1"},"relatedKeyField":"レコード番号"}},
		"same":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":"1"},"condition":{"field":"レコード番号","relatedField":"レコード番号"}}}}}`)
	right := func(who, rights string) string {
		return `{"entity":{"type":"USER","code":"` + who + `"},` + rights + `}`
	}
	s.must("manager", "PUT /k/v1/preview/app/acl.json", `{"app":1,"rights":[{"entity":{"type":"CREATOR"},"appEditable":true,"recordViewable":true,"recordAddable":true,"recordEditable":true,"recordDeletable":true,"recordImportable":true,"recordExportable":true},`+
		right("viewer", `"recordViewable":true`)+`,`+right("editor", `"recordViewable":true,"recordAddable":true,"recordEditable":true,"recordDeletable":true`)+`]}`)
	s.must("manager", "PUT /k/v1/preview/app/reports.json", aReport)
	s.plantProcess()
	s.plantCategories()
	s.must("manager", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
	s.plantSpace("manager", "viewer", "room")
	token := s.must("manager", "POST /api/v1/app/tokens", `{"app":1,"rights":{"view":true}}`)
	s.tokens["view"] = token["token"].(string)
	s.token("other", s.World.App("other", "title text"), "view add edit delete manage")

	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	key := s.upload("manager", "x.png", "image/png", picture.String()).fileKey()
	s.must("manager", "POST /k/v1/record.json", `{"app":1,"record":{"file":{"value":[{"fileKey":"`+key+`"}]}}}`)
	s.must("manager", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"title":{"value":"changed"}}}`)
	s.must("manager", "POST /k/v1/records.json", `{"app":1,"records":[{}`+strings.Repeat(",{}", 17)+`]}`)
	s.must("manager", "DELETE /k/v1/records.json", `{"app":1,"ids":[11,12,13,14,15,16,17,18]}`)
	s.must("manager", "POST /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{"old":{"type":"NUMBER"}}}`)
	s.must("manager", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
	s.must("manager", "DELETE /k/v1/preview/app/form/fields.json", `{"app":1,"fields":["old"]}`)
	s.must("manager", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
	s.trashed = s.must("manager", "GET /api/v1/app/fields/trash?app=1", "")["fields"].([]any)[0].(map[string]any)["id"].(string)
	s.refresh = s.must("manager", "POST /api/v1/lookup/refresh", `{"app":1}`)["id"].(string)
	s.file = s.call("manager", "GET /k/v1/record.json?app=1&id=1", "").fileKey()
	s.must("manager", "POST /api/v1/app/webhooks", `{"app":1,"url":"http://127.0.0.1:9/","events":["ADD_RECORD"]}`)
	s.must("manager", "POST /api/v1/app/webhooks/test", `{"app":1,"id":1}`)
	s.cursor = s.must("viewer", "POST /k/v1/records/cursor.json", `{"app":1,"size":1}`)["id"].(string)
	s.must("viewer", "POST /k/v1/record/comment.json", `{"app":1,"record":1,"comment":{"text":"mine","mentions":[{"code":"editor","type":"USER"}]}}`)
	url := s.must("manager", "POST /api/v1/share", `{"app":1,"record":1,"fields":["title","file"],"mayComment":true,"mayDownload":true}`)["url"].(string)
	_, s.link, _ = strings.Cut(url, "/s/")
	if a := s.do(s.uploadRequest("viewer", "POST /api/v1/imports", "a.csv", "text/csv", "a,b\n1,2\n3,4\n")); a.Status != http.StatusOK {
		t.Fatalf("import: %s %s", a, a.Body)
	}
	s.people = s.do(s.uploadRequest("root", "POST /v1/file.json", "a.csv", "text/csv", "nobody\n")).fileKey()
	s.roster = s.must("root", "POST /v1/csv/userServices.json", `{"fileKey":"`+s.do(s.uploadRequest("root", "POST /v1/file.json", "a.csv", "text/csv", "viewer,ki\n")).fileKey()+`"}`)["id"].(string)
	s.drain()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s
}

// copied is a site of its own, as s was when it was closed.
func (s *accessSite) copied(t *testing.T) *accessSite {
	t.Helper()
	data := t.TempDir()
	if err := os.CopyFS(data, os.DirFS(s.config.Data)); err != nil {
		t.Fatal(err)
	}
	c := *s
	c.testSite = reopened(t, databaseIn(data), data)
	maps.Copy(c.tokens, s.tokens)
	return &c
}

// Attack case 1: every route for every kind of caller; deny by default.
func TestWhoMayCallWhat(t *testing.T) {
	planted := newAccessSite(t)
	reader, rows := planted.copied(t), planted.table()
	known := map[string]bool{}
	for _, r := range reader.routeList() {
		call := r.Method + " " + r.Path
		known[call] = true
		row, ok := rows[call]
		if !ok {
			t.Errorf("%s has no row: say in access_test.go who may call it", call)
			continue
		}
		t.Run(call, func(t *testing.T) {
			s := reader
			if r.Method != http.MethodGet {
				s = planted.copied(t) // of its own, for what it changes
			}
			s.testAccess(t, r, row)
		})
	}
	for call := range rows {
		if !known[call] {
			t.Errorf("a row for %s, which is no route", call)
		}
	}
}

// testAccess calls a route as everybody, one after the other.
func (s *accessSite) testAccess(t *testing.T, r api.Route, row row) {
	call := r.Method + " " + r.Path
	done := false
	for i, actor := range actors {
		got := s.ask(actor.who, call, strings.NewReplacer("{i}", strconv.Itoa(i+1), "{who}", actor.who).Replace(row.call))
		refused := slices.Contains([]int{401, 403, 404}, got.Status) || got.Status == 400 && strings.Contains("GAIA_IA02 GAIA_RE02", got.Header.Get("X-Cybozu-Error"))
		may := strings.Contains(row.may, actor.letter)
		switch {
		case got.Status >= 500:
			t.Errorf("%s as %s: %s", call, actor.name, got)
		case !may && !refused:
			t.Errorf("%s as %s: %s, want a refusal\n%.300s", call, actor.name, got, got.Body)
		case !may && actor.letter == "n" && got.Status != 401 && !r.Open:
			t.Errorf("%s as nobody: %s, want 401", call, got)
		case may && done && row.once:
		case may && refused, may && !done && got.Status != http.StatusOK && !strings.Contains(call, "import/"):
			t.Errorf("%s as %s: %s, want to be let in\n%.300s", call, actor.name, got, got.Body)
		}
		done = done || may
	}
}

func (s *accessSite) ask(who, call, in string) answer {
	ctx, cancel := context.WithCancel(s.T.Context())
	defer cancel()
	if strings.HasSuffix(call, "/events") {
		ctx, cancel = context.WithTimeout(ctx, 20*time.Millisecond) // these answers last
		defer cancel()
	}
	switch {
	case call == "POST /k/v1/file.json", call == "POST /v1/file.json", call == "POST /api/v1/imports":
		return s.do(s.uploadRequest(who, call, "a.csv", "text/csv", "a,b\n1,2\n").WithContext(ctx))
	case strings.HasPrefix(in, "?"):
		call, in = call+in, ""
	}
	return s.do(s.request(who, call, in).WithContext(ctx))
}
