package server

import (
	"strings"
	"testing"
)

// Source: kintone REST reference, notification settings.
func TestNotificationSettings(t *testing.T) {
	put := func(what, members string) step {
		return step{call: "PUT /k/v1/preview/app/notifications/" + what + ".json", in: `{"app":1,` + members + `}`}
	}
	get := func(what string, has ...string) step {
		return step{call: "GET /k/v1/preview/app/notifications/" + what + ".json?app=1", has: has}
	}
	fields := "PUT /k/v1/preview/app/form/fields.json"
	aiko := `"entity":{"type":"USER","code":"aiko"}`
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.define("form", `"title":{"type":"SINGLE_LINE_TEXT"},"n":{"type":"NUMBER"},"due":{"type":"DATE"},"owner":{"type":"USER_SELECT"},
			"rows":{"type":"SUBTABLE","fields":{"part":{"type":"DATE"}}}`)
	}, []step{
		// What nobody has set: comments to who is concerned.
		get("general", `"notifications":[{"entity":{"type":"FIELD_ENTITY","code":"作成者"},"includeSubs":false,"recordAdded":false,"recordEdited":false,"commentAdded":true,"statusChanged":false,"fileImported":false},`+
			`{"entity":{"type":"FIELD_ENTITY","code":"更新者"}`, `"notifyToCommenter":true`, `"revision":"3"`),
		put("general", `"notifyToCommenter":"false"`).with(`{"revision":"4"}`),
		get("general", `"code":"作成者"`, `"notifyToCommenter":false`),
		put("general", `"notifications":[{`+aiko+`,"recordAdded":true},{"entity":{"type":"FIELD_ENTITY","code":"owner"},"statusChanged":"true"},{"entity":{"type":"GROUP","code":"everyone"},"fileImported":true}]`),
		get("general", `{"entity":{"type":"USER","code":"aiko"},"includeSubs":false,"recordAdded":true,"recordEdited":false`, `"code":"owner"`, `"code":"everyone"`),
		put("general", `"notifications":[{"entity":{"type":"USER","code":"nobody"}}]`).but("400 GAIA_IL26").with("指定したユーザー（code：nobody）が見つかりません。"),
		put("general", `"notifications":[{"entity":{"type":"GROUP","code":"nobody"}}]`).but("400 GAIA_IL26"),
		put("general", `"notifications":[{"entity":{"type":"FIELD_ENTITY","code":"title"}}]`).but("400 GAIA_FC01"),
		put("general", `"notifications":[{},{"entity":{"type":"ROBOT","code":"x"},"recordAdded":"maybe"},{"entity":{"type":"USER"}}]`).
			but("400 CB_VA01 notifications[0].entity.type=必須です。 notifications[1].entity.type=Enum値のいずれかでなければなりません。 notifications[1].recordAdded=trueまたはfalseで指定してください。 notifications[2].entity.code=必須です。"),
		put("general", `"notifications":[]`),
		get("general", `"notifications":[]`),

		put("perRecord", `"notifications":[{"filterCond":"n > 1 and owner in (LOGINUSER())","title":"大口","targets":[{`+aiko+`,"includeSubs":true},{"entity":{"type":"FIELD_ENTITY","code":"owner"}}]},{"filterCond":"","targets":[]}]`),
		get("perRecord", `{"filterCond":"n > 1 and owner in (LOGINUSER())","title":"大口","targets":[{"entity":{"type":"USER","code":"aiko"},"includeSubs":true},{"entity":{"type":"FIELD_ENTITY","code":"owner"},"includeSubs":false}]}`, `{"filterCond":"","title":"","targets":[]}`),
		put("perRecord", `"revision":1`).but("400 CB_VA01 notifications=必須です。"),
		put("perRecord", `"notifications":[{"title":"`+strings.Repeat("長", 101)+`"}]`).but("400 CB_VA01 notifications[0].filterCond=必須です。 notifications[0].targets=必須です。"),
		put("perRecord", `"notifications":[{"filterCond":"ghost = 1","title":"`+strings.Repeat("長", 101)+`","targets":[]}]`).
			but("400 CB_VA01 notifications[0].filterCond=指定されたフィールド（ghost）が見つかりません。 notifications[0].title=0文字から100文字までで入力してください。"),
		put("perRecord", `"notifications":[],"revision":1`).but("409 GAIA_CO03"),
		{call: "GET /k/v1/preview/app/notifications/perRecord.json?app=1&lang=fr", want: "400 CB_VA01 lang=Enum値のいずれかでなければなりません。"},

		get("reminder", `"notifications":[]`, `"timezone":"Asia/Tokyo"`),
		put("reminder", `"timezone":"America/New_York","notifications":[{"timing":{"code":"due","daysLater":"-1","time":"09:30"},"filterCond":"n > 1","title":"明日","targets":[{`+aiko+`}]},{"timing":{"code":"作成日時","daysLater":0,"hoursLater":2},"targets":[]}]`),
		get("reminder", `"timezone":"America/New_York"`, `"timing":{"code":"due","daysLater":"-1","time":"09:30"},"filterCond":"n > 1","title":"明日"`, `"timing":{"code":"作成日時","daysLater":"0","hoursLater":"2"},"filterCond":""`),
		put("reminder", `"timezone":"Mars/Olympus"`).but("400 CB_VA01 timezone=タイムゾーンは Asia/Tokyo のような名前で指定してください。"),
		put("reminder", `"notifications":[{"targets":[]},{"timing":{"code":"due"},"targets":[]},{"timing":{"code":"due","daysLater":10001,"time":"09:15"},"targets":[]},{"timing":{"code":"due","daysLater":1,"time":"09:10","hoursLater":1},"targets":[]}]`).
			but("400 CB_VA01 notifications[0].timing=必須です。 notifications[1].timing.daysLater=必須です。 notifications[1].timing.time=必須です。 notifications[2].timing.daysLater=最大でも10,000以下です。 notifications[2].timing.time=09:30のような時刻を指定してください。分は10分単位です。 notifications[3].timing=timeとhoursLaterはどちらか一方だけを指定してください。"),
		put("reminder", `"notifications":[{"timing":{"code":"title","daysLater":1,"time":"09:00"},"targets":[]}]`).but("400 CB_VA01 notifications[0].timing.code=フィールド（code: title）はリマインダーに使えません。日付、日時、作成日時、更新日時のいずれかを指定してください。"),
		put("reminder", `"notifications":[{"timing":{"code":"part","daysLater":1,"time":"09:00"},"targets":[]}]`).but("400 GAIA_FC01"),
		put("reminder", `"notifications":[`+strings.TrimSuffix(strings.Repeat(`{"timing":{"code":"due","daysLater":1,"time":"09:00"},"targets":[]},`, 11), ",")+`]`).but("400 CB_VA01 notifications=0個から10個までの範囲で指定してください。"),

		// A new code is followed; a condition on a field that is deleted takes its rule along.
		{call: fields, in: `{"app":1,"properties":{"n":{"type":"NUMBER","code":"amount"},"owner":{"type":"USER_SELECT","code":"person"},"due":{"type":"DATE","code":"until"}}}`},
		get("perRecord", `"filterCond":"amount > 1 and person in (LOGINUSER())"`, `"code":"person"`),
		get("reminder", `"code":"until"`, `"filterCond":"amount > 1"`),
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["amount","person"]}`},
		get("perRecord", `"notifications":[{"filterCond":"","title":"","targets":[]}]`),
		{call: "GET /k/v1/preview/app/notifications/reminder.json?app=1", lacks: []string{"until"}, has: []string{`"code":"作成日時"`}},

		{call: "GET /k/v1/app/notifications/reminder.json?app=1", has: []string{`"notifications":[]`}}, // not before it is deployed
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: "GET /k/v1/app/notifications/reminder.json?app=1", has: []string{`"code":"作成日時"`}},
		{who: "aiko", call: "GET /k/v1/app/notifications/general.json?app=1", want: "403 CB_NO02"},
	})
}
