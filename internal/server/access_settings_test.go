package server

// addSettings adds the rows of the parts of an app's settings that only its managers see.
func addSettings(rows map[string]row) {
	for path, put := range map[string]string{
		"app/actions.json":                 `{"app":1,"actions":{}}`,
		"app/adminNotes.json":              `{"app":1,"content":"x"}`,
		"app/notifications/general.json":   `{"app":1,"notifications":[]}`,
		"app/notifications/perRecord.json": `{"app":1,"notifications":[]}`,
		"app/notifications/reminder.json":  `{"app":1,"notifications":[]}`,
	} {
		rows["GET /k/v1/"+path] = row{managers, `{"app":1}`, false}
		rows["GET /k/v1/preview/"+path] = row{managers, `{"app":1}`, false}
		rows["PUT /k/v1/preview/"+path] = row{managers, put, false}
	}
	rows["POST /k/v1/search.json"] = row{users, `{"query":[{"operator":"AND","keywords":["x"]}]}`, false}
	rows["GET /api/v1/app/names"] = row{managers, `{"app":1}`, false}
	rows["PUT /api/v1/app/names"] = row{managers, `{"app":1,"names":{"app":{"en":"Orders"}}}`, false}
	rows["POST /k/guest/v1/search.json"] = rows["POST /k/v1/search.json"]
	rows["GET /k/v1/apis.json"] = row{everybody, `{}`, false}
	rows["GET /k/v1/apis/"] = row{"", "?x=1", false} // with nothing after it
	rows["GET /k/v1/form.json"] = row{insiders, `{"app":1}`, false}
	rows["GET /k/v1/preview/form.json"] = row{managers, `{"app":1}`, false}
	rows["GET /k/v1/apps/statistics.json"] = row{admins, `{}`, false}
	rows["GET /k/v1/app/customize.json"] = row{managers, `{"app":1}`, false}
	rows["GET /k/v1/preview/app/customize.json"] = row{managers, `{"app":1}`, false}
	rows["PUT /k/v1/preview/app/customize.json"] = row{admins, `{"app":1,"scope":"NONE"}`, false}
	rows["GET /k/v1/app/plugins.json"] = row{managers, `{"app":1}`, false}
	rows["GET /k/v1/preview/app/plugins.json"] = row{managers, `{"app":1}`, false}
	rows["POST /k/v1/preview/app/plugins.json"] = row{managers, `{"app":1,"ids":[]}`, false}
	rows["GET /k/v1/plugins.json"] = row{admins, `{}`, false}
	rows["GET /k/v1/plugins/required.json"] = row{admins, `{}`, false}
	rows["GET /k/v1/plugin/apps.json"] = row{"", `{"id":"x"}`, false}
	rows["POST /k/v1/plugin.json"] = row{"", `{"fileKey":"x"}`, false}
	rows["PUT /k/v1/plugin.json"] = row{"", `{"id":"x","fileKey":"x"}`, false}
	rows["DELETE /k/v1/plugin.json"] = row{"", `{"id":"x"}`, false}
	rows["GET /api/v1/app/code"] = row{managers, `{"app":1}`, false}
	rows["PUT /api/v1/app/code"] = row{managers, `{"app":1,"code":"A"}`, false}
}
