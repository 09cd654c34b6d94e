package server

import "testing"

// Calls are counted by the apps that they name, once each, if they go well.
func TestCallsAreCounted(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.World.App("one", "title text")
		s.World.App("two", "title text")
	}, []step{
		{call: "GET /k/v1/apps/statistics.json", has: []string{`"dailyRequestCount":"0"`}},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{}}`},
		{call: "GET /k/v1/records.json?app=1"},
		{call: "GET /k/v1/preview/app/views.json", in: `{"app":"1"}`},
		{call: "GET /k/v1/app.json?id=1"},
		{call: "GET /k/v1/record.json?app=1&id=99", want: "404 GAIA_RE01"},
		{call: "GET /api/v1/app?app=1"}, // the screens' own
		{call: "POST /k/v1/bulkRequest.json", in: `{"requests":[
			{"method":"POST","api":"/k/v1/record.json","payload":{"app":1}},{"method":"POST","api":"/k/v1/record.json","payload":{"app":1}},
			{"method":"POST","api":"/k/v1/record.json","payload":{"app":2}}]}`},
		{call: "GET /k/v1/apps/statistics.json?limit=1", has: []string{`"dailyRequestCount":"5"`}},
		{call: "GET /k/v1/apps/statistics.json?offset=1", has: []string{`"dailyRequestCount":"1"`}},
	})
}
