package server

// addWebhooks adds the rows of webhooks, which are for people who manage the app.
func addWebhooks(rows map[string]row) {
	const address = `"url":"http://127.0.0.1:9/","events":["ADD_RECORD"]`
	for call, in := range map[string]string{
		"GET /api/v1/app/webhooks":            `{"app":1}`,
		"POST /api/v1/app/webhooks":           `{"app":1,` + address + `}`,
		"PUT /api/v1/app/webhooks":            `{"app":1,"id":1,` + address + `}`,
		"POST /api/v1/app/webhooks/secret":    `{"app":1,"id":1}`,
		"POST /api/v1/app/webhooks/test":      `{"app":1,"id":1}`,
		"GET /api/v1/app/webhooks/deliveries": `{"app":1,"id":1}`,
		"POST /api/v1/app/webhooks/redeliver": `{"app":1,"id":1}`,
	} {
		rows[call] = row{managers, in, false}
	}
	rows["DELETE /api/v1/app/webhooks"] = row{managers, `{"app":1,"id":1}`, true}
}
