package server

// webhookSamples are calls for webhooks: those of apps that one does not manage, by way of one's own too.
func webhookSamples(m map[string][]string) {
	for call, in := range map[string]string{
		"GET /api/v1/app/webhooks":            `{}`,
		"POST /api/v1/app/webhooks":           `{"url":"http://127.0.0.1:9/","events":["ADD_RECORD"]}`,
		"PUT /api/v1/app/webhooks":            `{"id":1,"url":"http://127.0.0.1:9/","events":["ADD_RECORD"],"active":true}`,
		"DELETE /api/v1/app/webhooks":         `{"id":99}`,
		"POST /api/v1/app/webhooks/secret":    `{"id":1}`,
		"POST /api/v1/app/webhooks/test":      `{"id":1}`,
		"GET /api/v1/app/webhooks/deliveries": `{"id":1}`,
		"POST /api/v1/app/webhooks/redeliver": `{"id":1}`,
	} {
		for _, app := range []string{"1", "2", "4"} {
			m[call] = append(m[call], `{"app":`+app+`,`+in[1:])
		}
	}
	m["GET /api/v1/app/webhooks"] = []string{`{"app":1}`, `{"app":2}`, `{"app":4}`}
}
