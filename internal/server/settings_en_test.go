package server

import "testing"

// The same problems in English, for who reads English.
func TestSettingsProblemsInEnglish(t *testing.T) {
	put := func(what, members string) step {
		return step{who: "ben", call: "PUT /k/v1/preview/app/" + what + ".json", in: `{"app":1,` + members + `}`}
	}
	scenario(t, func(s *testSite) {
		s.must("root", "POST /v1/users.json", `{"users":[{"code":"ben","name":"Ben","password":"password of ben","locale":"en","admin":true}]}`)
		s.define("form", `"title":{"type":"SINGLE_LINE_TEXT"},"d":{"type":"DATE"}`)
		s.define("other", "")
		s.must("root", "PUT /api/v1/app/code", `{"app":2,"code":"X"}`)
	}, []step{
		put("notifications/general", `"notifications":[{"entity":{"type":"USER","code":"nobody"}}]`).but("400 GAIA_IL26").with("The specified user (code：nobody) not found."),
		put("notifications/general", `"notifications":[{"entity":{"type":"ORGANIZATION","code":"none"}}]`).but("400 GAIA_IL26").with("The specified organization (code：none) not found."),
		put("notifications/reminder", `"notifications":[{"timing":{"code":"title","daysLater":0,"time":"09:05"},"targets":[]}],"timezone":"Mars"`).
			but("400 CB_VA01 notifications[0].timing.time=Enter a time like 09:30; the minutes must be a multiple of ten. timezone=The time zone must be a name such as Asia/Tokyo."),
		put("actions", `"actions":{"a":{"index":0,"name":"b"}}`).but("400 GAIA_IN01").with("Failed to update action. Key a does not match the value of b in the name parameter."),
		put("actions", `"actions":{"a":{"index":0,"destApp":{"code":"NO"},"mappings":[],"entities":[]}}`).but("404 GAIA_AP01").with("The app (code: NO) not found. The app may have been deleted."),
		put("customize", `"desktop":{"js":[{"type":"URL","url":"http://a.example/"}]}`).but("400 CB_VA01 desktop.js[0].url=Enter a web address that begins with https://."),
		put("form/layout", `"layout":[{"type":"ROW","fields":[{"type":"DATE","code":"title"}]}]`).
			but("400 CB_VA01 layout[0].fields[0].type=Failed to update form. The type of the field (code: title) does not match the type parameter."),
		put("settings", `"titleField":{"selectionMode":"MANUAL","code":"ghost"},"name":""`).
			but("400 CB_VA01 name=Name must be between 1 and 64 characters. titleField.code=Specified field (ghost) not found."),
		{who: "ben", call: "PUT /api/v1/app/code", in: `{"app":1,"code":"x"}`, want: `400 CB_VA01 code=Another app has the code "x".`},
		{who: "ben", call: "DELETE /k/v1/plugin.json?id=abc", want: "404 CB_NF01", has: []string{"The plug-in (id: abc) is not found."}},
		{who: "ben", call: "POST /k/v1/search.json", in: `{"query":[{"operator":"AND","keywords":["x"]}],"pageToken":"!"}`, want: "400 CB_VA01 pageToken=The page token is not one that a search returned."},
	})
}
