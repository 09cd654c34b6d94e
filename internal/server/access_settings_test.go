package server

// addSettings adds the rows of the parts of an app's settings that only its managers see.
func addSettings(rows map[string]row) {
	for path, put := range map[string]string{
		"app/notifications/general.json":   `{"app":1,"notifications":[]}`,
		"app/notifications/perRecord.json": `{"app":1,"notifications":[]}`,
		"app/notifications/reminder.json":  `{"app":1,"notifications":[]}`,
	} {
		rows["GET /k/v1/"+path] = row{managers, `{"app":1}`, false}
		rows["GET /k/v1/preview/"+path] = row{managers, `{"app":1}`, false}
		rows["PUT /k/v1/preview/"+path] = row{managers, put, false}
	}
	rows["GET /api/v1/app/code"] = row{managers, `{"app":1}`, false}
	rows["PUT /api/v1/app/code"] = row{managers, `{"app":1,"code":"A"}`, false}
}
