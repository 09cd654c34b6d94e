package server

import "testing"

// Everybody who sees an app may know how far its old records are; how many there are, only those who manage it.
func TestRecalculationIsTold(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("ben")
		s.define("orders", `"n":{"type":"NUMBER"}`)
		s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{"n":{"value":"1"}},{"n":{"value":"2"}},{}]}`)
		const told = "GET /api/v1/app/recalculation?app=1"
		s.play([]step{
			{call: told, has: []string{`{"askedAt":null,"finishedAt":null,"percent":"0","records":{"changed":"0","done":"0","total":"0"},"state":"NONE"}`}},
			{call: "POST /api/v1/app/recalculation", in: `{"app":1}`}, // there is nothing to compute
			{call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"m":{"type":"CALC","expression":"n * 2"}}}`},
			{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
			{call: told, has: []string{`"state":"PROCESSING","percent":"0"`, `"finishedAt":null`}}, // from then on
			{call: "GET /k/v1/record.json?app=1&id=2", has: []string{`"m":{"type":"CALC","value":""}`}},
		})
		s.drain()
		s.play([]step{
			{call: told, has: []string{`"percent":"100"`, `"records":{"total":"3","done":"3","changed":"3"}`, `"state":"SUCCESS"`}},
			{who: "ben", call: told, has: []string{`"percent":"100"`, `"records":null`, `"state":"SUCCESS"`}},
			{call: "GET /k/v1/record.json?app=1&id=2", has: []string{`"m":{"type":"CALC","value":"4"}`, `"$revision":{"type":"__REVISION__","value":"1"}`}},
			{call: "GET /k/v1/records.json?app=1&query=m%20%3D%200", has: []string{`"$id":{"type":"__ID__","value":"3"}`}},
			{who: "ben", call: "POST /api/v1/app/recalculation", in: `{"app":1}`, want: "403 CB_NO02"},
			{call: "POST /api/v1/app/recalculation", in: `{"app":1}`},
			{call: told, has: []string{`"percent":"0"`, `"state":"PROCESSING"`}},
			{call: "POST /api/v1/app/recalculation", in: `{}`, want: "400 CB_VA01 app=必須です。"},
		})
		s.drain()
		s.play([]step{
			{call: told, has: []string{`"changed":"0"`, `"state":"SUCCESS"`}},
			{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"m":{"expression":"n * 3"}}}`},
			{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
			{call: told, has: []string{`"percent":"0"`, `"state":"PROCESSING"`}}, // not what the one before came to
			{call: "GET /k/v1/record.json?app=1&id=2", has: []string{`"m":{"type":"CALC","value":"4"}`}},
		})
		s.drain()
		s.play([]step{
			{call: told, has: []string{`"changed":"2"`, `"state":"SUCCESS"`}},
			{call: "GET /k/v1/record.json?app=1&id=2", has: []string{`"m":{"type":"CALC","value":"6"}`}},
		})
	})
}
