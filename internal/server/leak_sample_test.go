package server

import (
	"fmt"
	"maps"
)

// samples are calls of every route that try to get at what was planted: by name, by guess, by every part of a request
// that may name something. A sample is a JSON body, or a query string that begins with "?".
func (s *leakSite) samples() map[string][]string {
	keys := func(format string) []string {
		list := []string{fmt.Sprintf(format, "none")}
		for _, key := range s.files {
			list = append(list, fmt.Sprintf(format, key))
		}
		return list
	}
	both := func(path string, list ...string) map[string][]string {
		return map[string][]string{"GET /k/v1/" + path: list, "GET /k/v1/preview/" + path: list}
	}
	settings := []string{`{"app":1}`, `{"app":1,"lang":"en"}`, `{"app":2}`, `{"app":4}`}
	m := map[string][]string{
		"GET /k/v1/record.json":     {`{"app":1,"id":1}`, `{"app":1,"id":2}`, `{"app":1,"id":3}`, `{"app":1,"id":4}`, `{"app":2,"id":1}`},
		"POST /k/v1/record.json":    append(writes(`{"app":1,"record":%s}`), `{"app":1,"record":{"kakushi_field":{"value":"kakushi_value_2"}}}`, `{"app":2,"record":{"no":{"value":"N1"}}}`),
		"PUT /k/v1/record.json":     append(append(writes(`{"app":1,"id":1,"record":%s}`), writes(`{"app":1,"id":2,"record":%s}`)...), byKey(`{"app":1,"updateKey":%s,"record":{"title":{"value":"x"}}}`)...),
		"GET /k/v1/records.json":    queries(`{"app":1,"query":%s,"totalCount":true}`, `{"app":2,"query":%s}`),
		"POST /k/v1/records.json":   append(writes(`{"app":1,"records":[%s]}`), `{"app":2,"records":[{}]}`),
		"PUT /k/v1/records.json":    append(append(writes(`{"app":1,"records":[{"id":1,"record":%s}]}`), byKey(`{"app":1,"records":[{"updateKey":%s,"record":{}}]}`)...), byKey(`{"app":1,"upsert":true,"records":[{"updateKey":%s,"record":{}}]}`)...),
		"DELETE /k/v1/records.json": {`{"app":1,"ids":[2]}`, `{"app":1,"ids":[1,2]}`, `{"app":1,"ids":[3]}`, `{"app":2,"ids":[1]}`},

		"POST /k/v1/records/cursor.json":   queries(`{"app":1,"query":%s}`, `{"app":2,"query":%s}`),
		"GET /k/v1/records/cursor.json":    {`{"id":"` + s.cursor + `"}`},
		"DELETE /k/v1/records/cursor.json": {`{"id":"` + s.cursor + `"}`},
		"POST /k/v1/bulkRequest.json": {
			bulkOf("PUT /k/v1/record.json", `{"app":1,"id":2,"record":{}}`), bulkOf("POST /k/v1/record.json", `{"app":2}`),
			bulkOf("PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"kakushi_field":{"value":"x"}}}`), bulkOf("DELETE /k/v1/records.json", `{"app":1,"ids":[2]}`),
			bulkOf("PUT /k/v1/records.json", `{"app":1,"upsert":true,"records":[{"updateKey":{"field":"kakushi_field","value":"kakushi_value_2"},"record":{}}]}`),
		},
		"GET /k/v1/record/comments.json":   {`{"app":1,"record":1}`, `{"app":1,"record":2}`, `{"app":1,"record":3}`, `{"app":2,"record":1}`},
		"POST /k/v1/record/comment.json":   {`{"app":1,"record":1,"comment":{"text":"x"}}`, `{"app":1,"record":2,"comment":{"text":"x"}}`, `{"app":2,"record":1,"comment":{"text":"x"}}`},
		"DELETE /k/v1/record/comment.json": {`{"app":1,"record":1,"comment":1}`, `{"app":1,"record":2,"comment":2}`, `{"app":1,"record":1,"comment":2}`, `{"app":2,"record":1,"comment":4}`},
		"POST /k/v1/file.json":             {`{}`},
		"GET /k/v1/file.json":              keys("?fileKey=%s"),

		"GET /api/v1/thumbnail":         keys("?fileKey=%s&size=150"),
		"POST /api/v1/record/draft":     append(writes(`{"app":1,"id":1,"record":%s}`), `{"app":1,"record":{}}`, `{"app":1,"id":2,"record":{}}`, `{"app":2,"record":{}}`),
		"GET /api/v1/record/history":    {`{"app":1,"record":1}`, `{"app":1,"record":1,"before":3}`, `{"app":1,"record":2}`, `{"app":1,"record":3}`, `{"app":2,"record":1}`},
		"POST /api/v1/record/revert":    {`{"app":1,"record":2,"revision":1}`, `{"app":1,"record":1,"revision":2}`, `{"app":1,"record":1,"revision":1}`, `{"app":2,"record":1,"revision":1}`},
		"GET /api/v1/record/neighbours": append(queries(`{"app":1,"record":1,"query":%s}`), `{"app":1,"record":2}`, `{"app":2,"record":1}`),
		"GET /api/v1/record/comments":   {`{"app":1,"record":1}`, `{"app":1,"record":2}`, `{"app":2,"record":1}`},
		"POST /api/v1/record/comment":   {`{"app":1,"record":1,"comment":{"text":"x","lane":"internal"}}`, `{"app":1,"record":2,"comment":{"text":"x","lane":"shared"}}`, `{"app":2,"record":1,"comment":{"text":"x","lane":"shared"}}`},
		"DELETE /api/v1/record/comment": {`{"app":1,"record":2,"comment":3}`, `{"app":1,"record":1,"comment":3}`},
		"GET /api/v1/records/count":     queries(`{"app":1,"query":%s}`, `{"app":2,"query":%s}`),
		"GET /api/v1/trash":             {`{"app":1}`, `{"app":2}`},
		"POST /api/v1/trash/restore":    {`{"app":1,"ids":[3]}`, `{"app":1,"ids":[2]}`, `{"app":2,"ids":[1]}`},

		"GET /k/v1/app.json":                        {`{"id":1}`, `{"id":2}`, `{"id":4}`},
		"GET /k/v1/apps.json":                       {`{}`, `{"ids":[1,2,4]}`, `{"name":"kakushi"}`},
		"POST /k/v1/preview/app.json":               {`{"name":"mine"}`},
		"POST /k/v1/preview/app/deploy.json":        {`{"apps":[{"app":1}]}`, `{"apps":[{"app":2}]}`, `{"apps":[{"app":4}]}`, `{"apps":[{"app":1}],"revert":true}`},
		"GET /k/v1/preview/app/deploy.json":         {`{"apps":[1]}`, `{"apps":[2]}`, `{"apps":[4]}`},
		"POST /k/v1/preview/app/form/fields.json":   {`{"app":1,"properties":{"kakushi_field":{"type":"NUMBER"}}}`, `{"app":2,"properties":{}}`, `{"app":4,"properties":{}}`},
		"PUT /k/v1/preview/app/form/fields.json":    {`{"app":1,"properties":{"kakushi_field":{"type":"NUMBER"}}}`, `{"app":2,"properties":{}}`},
		"DELETE /k/v1/preview/app/form/fields.json": {`{"app":1,"fields":["kakushi_field"]}`, `{"app":2,"fields":["no"]}`},
		"PUT /k/v1/preview/app/form/layout.json":    {`{"app":1,"layout":[]}`, `{"app":2,"layout":[]}`},
		"PUT /k/v1/preview/app/views.json":          {`{"app":1,"views":{}}`, `{"app":2,"views":{}}`},
		"PUT /k/v1/preview/app/settings.json":       {`{"app":1,"name":"x"}`, `{"app":2,"name":"x"}`},
		"PUT /k/v1/preview/app/acl.json":            {`{"app":1,"rights":[]}`, `{"app":2,"rights":[]}`},
		"PUT /k/v1/preview/record/acl.json":         {`{"app":1,"rights":[]}`, `{"app":2,"rights":[]}`},
		"PUT /k/v1/preview/field/acl.json":          {`{"app":1,"rights":[]}`, `{"app":2,"rights":[]}`},
		"GET /api/v1/app":                           settings,
		"DELETE /api/v1/app":                        {`{"app":1}`, `{"app":2}`, `{"app":4}`},
		"GET /api/v1/app/tokens":                    settings,
		"POST /api/v1/app/tokens":                   {`{"app":1,"rights":{"view":true}}`, `{"app":2,"rights":{"view":true}}`},
		"DELETE /api/v1/app/tokens":                 {`{"app":2,"id":2}`, `{"app":1,"id":2}`},

		"GET /v1/users.json":          {`{}`, `{"codes":["carl"]}`},
		"POST /v1/users.json":         {`{"users":[{"code":"carl","name":"x"}]}`},
		"PUT /v1/users.json":          {`{"users":[{"code":"carl","name":"x"}]}`, `{"users":[{"code":"aiko","admin":true}]}`},
		"DELETE /v1/users.json":       {`{"codes":["carl"]}`},
		"POST /api/v1/login":          {`{"login":"carl","password":"wrong"}`},
		"POST /api/v1/logout":         {`{}`},
		"POST /api/v1/setup":          {`{"secret":"x"}`},
		"GET /api/v1/me":              {`{}`},
		"PUT /api/v1/me":              {`{}`, `{"admin":true}`},
		"PUT /api/v1/me/password":     {`{"current":"wrong","next":"another one 1"}`},
		"GET /api/v1/users/suggest":   {`{"q":"carl"}`, `{"q":"kakushi"}`},
		"PUT /api/v1/users/suspend":   {`{"code":"carl","suspended":true}`},
		"POST /api/v1/users/unlock":   {`{"code":"carl"}`},
		"GET /api/v1/portal":          {`{}`},
		"GET /api/v1/notifications":   {`{}`, `{"before":1000}`},
		"GET /api/v1/events":          {`?x=1`},
		"GET /api/v1/admin/mails":     {`{}`},
		"GET /api/v1/admin/mail":      {`{"id":1}`, `{"id":2}`},
		"GET /api/docs":               {"?x=1"},
		"GET /api/openapi.yaml":       {"?x=1"},
		"GET /api/v1/shares":          {`{"app":1,"record":1}`, `{"app":1,"record":2}`, `{"app":2,"record":1}`},
		"GET /api/v1/shared":          s.byLink("?token=%s"),
		"GET /api/v1/shared/file":     s.byLinkAndFile(),
		"GET /api/v1/shared/events":   {"?token=" + s.links["narrow"], "?token=" + s.links["wide"]},
		"POST /api/v1/shared/unlock":  {fmt.Sprintf(`{"token":%q,"password":"wrong"}`, s.links["wide"]), fmt.Sprintf(`{"token":%q,"password":"x"}`, s.links["narrow"])},
		"POST /api/v1/shared/comment": s.byLink(`{"token":%q,"name":"guest","text":"hello"}`),

		"POST /api/v1/imports":            {`{}`},
		"GET /api/v1/imports":             {`{}`},
		"GET /api/v1/import":              {s.id(s.imp)},
		"PUT /api/v1/import":              {s.id(s.imp)},
		"POST /api/v1/import/start":       {s.id(s.imp)},
		"POST /api/v1/import/cancel":      {s.id(s.imp)},
		"POST /api/v1/import/resume":      {s.id(s.imp)},
		"GET /api/v1/import/rejected.csv": {"?id=" + s.imp},
		"GET /api/v1/export.csv":          {"?app=1", "?app=1&fields[0]=kakushi_field&fields[1]=title", "?app=1&query=order+by+kakushi_number+asc", "?app=2", "?app=4"},
		"POST /api/v1/notifications/read": {`{"ids":[1,2,3]}`, `{"all":true}`},
	}
	maps.Copy(m, s.recalculationSamples())
	maps.Copy(m, s.reportSamples())
	maps.Copy(m, s.spaceSamples())
	maps.Copy(m, s.peopleSamples())
	maps.Copy(m, s.processSamples())
	maps.Copy(m, categorySamples())
	maps.Copy(m, s.rosterSamples())
	for _, link := range s.shares {
		m["PUT /api/v1/share"] = append(m["PUT /api/v1/share"], fmt.Sprintf(`{"id":%s,"mayComment":true}`, link))
		m["POST /api/v1/share/preview"] = append(m["POST /api/v1/share/preview"], fmt.Sprintf(`{"id":%s,"fields":["title"]}`, link))
		m["GET /api/v1/share/accesses"] = append(m["GET /api/v1/share/accesses"], s.id(link))
		m["GET /api/v1/share/qr"] = append(m["GET /api/v1/share/qr"], "?id="+link)
		m["POST /api/v1/share/revoke"] = append(m["POST /api/v1/share/revoke"], s.id(link))
	}
	news := []string{`{"app":1,"record":1,"fields":["title","kakushi_field","kakushi_part"]}`, `{"app":1,"record":1,"fields":["title","lines"]}`, `{"app":1,"record":2,"fields":["title"]}`, `{"app":2,"record":1,"fields":["no"]}`}
	m["POST /api/v1/share"] = news
	m["POST /api/v1/share/preview"] = append(m["POST /api/v1/share/preview"], news...)
	for _, path := range []string{"app/form/fields.json", "app/form/layout.json", "app/views.json", "app/settings.json", "app/acl.json", "record/acl.json", "field/acl.json"} {
		for call, list := range both(path, settings...) {
			m[call] = list
		}
	}
	settingsSamples(m)
	s.linkSamples(m)
	webhookSamples(m)
	permissionSamples(m)
	return m
}

func (s *leakSite) id(n string) string { return `{"id":` + n + `}` }

// byLink fills in the tokens of the record links that show nothing hidden.
func (s *leakSite) byLink(format string) []string {
	return []string{fmt.Sprintf(format, s.links["narrow"]), fmt.Sprintf(format, s.links["wide"]), fmt.Sprintf(format, "none")}
}

func (s *leakSite) byLinkAndFile() []string {
	var list []string
	for _, key := range s.files {
		list = append(list, "?token="+s.links["narrow"]+"&fileKey="+key, "?token="+s.links["wide"]+"&fileKey="+key)
	}
	return list
}

// queries fills in queries that name, compare and sort by what is hidden.
func queries(formats ...string) []string {
	var list []string
	for _, format := range formats {
		for _, q := range []string{
			``, `order by $id asc`, `kakushi_field = \"kakushi_later\"`, `kakushi_field like \"kakushi\"`, `kakushi_memo like \"default\"`, `kakushi_number > 5`,
			`kakushi_stage in (\"kakushi_option\")`, `kakushi_stage in (\"x\")`, `kakushi_part in (\"kakushi_cell\")`, `kakushi_part like \"k\"`, `inside in (\"x\")`, `kakushi_docs like \"attachment\"`,
			`kakushi_link != \"\"`, `kakushi_rows = \"\"`, `kakushi_group = 1`, `order by kakushi_number desc`, `title = \"x\" or kakushi_field = \"x\"`,
			`stage in (\"none\")`, `title like \"kakushi\"`, `docs like \"kakushi\"`, `lines.kakushi_part in (\"x\")`, `$id = 2`, `レコード番号 = 2`,
		} {
			list = append(list, fmt.Sprintf(format, `"`+q+`"`))
		}
	}
	return list
}

// writes fills in records that name what is hidden, each with a value that makes the request fail or not.
func writes(format string) []string {
	var list []string
	for _, record := range []string{
		`{}`, `{"title":{"value":"x"},"kakushi_field":{"value":"mine"}}`, `{"kakushi_field":{"value":"kakushi_value_2"}}`, `{"kakushi_number":{"value":"none"}}`,
		`{"kakushi_stage":{"value":"none"}}`, `{"kakushi_docs":{"value":[]}}`, `{"kakushi_rows":{"value":[]}}`, `{"no":{"value":"N-closed"}}`,
		`{"lines":{"value":[{"value":{"part":{"value":"x"},"kakushi_part":{"value":"mine"}}}]}}`, `{"stage":{"value":"none"}}`,
		`{"title":{"value":[]}}`, `{"kakushi_group":{"value":"x"}}`,
	} {
		list = append(list, fmt.Sprintf(format, record))
	}
	return list
}

// byKey fills in keys whose records or fields are hidden.
func byKey(format string) []string {
	var list []string
	for _, key := range []string{`{"field":"kakushi_field","value":"kakushi_later"}`, `{"field":"no","value":"N-closed"}`, `{"field":"kakushi_number","value":"8675309421"}`, `{"field":"レコード番号","value":"2"}`} {
		list = append(list, fmt.Sprintf(format, key))
	}
	return list
}
