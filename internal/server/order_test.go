package server

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// crossed is how many records the requests of these tests name, each the other way round than the one before it.
const crossed = 8

// ways are a list as it is, and the other way round, as i is even or odd.
func ways(i int, list []string) []string {
	if i%2 == 1 {
		list = slices.Clone(list)
		slices.Reverse(list)
	}
	return list
}

// eachRecord is what name makes of the numbers of the records.
func eachRecord(name func(n int) string) []string {
	list := make([]string, crossed)
	for i := range list {
		list[i] = name(i + 1)
	}
	return list
}

// crossedSite has two apps with records of which the fields no and un name n as "n" too.
func crossedSite(s *testSite) {
	for app := 1; app <= 2; app++ {
		s.define(fmt.Sprint("deals", app), dealForm)
		list := eachRecord(func(n int) string { return fmt.Sprintf(`{"no":{"value":"%d"},"un":{"value":%d}}`, n, n) })
		s.must("root", "POST /k/v1/records.json", fmt.Sprintf(`{"app":%d,"records":[%s]}`, app, strings.Join(list, ",")))
	}
}

// Requests that change the same records in opposite orders wait for each other, and all of them succeed.
func TestOppositeOrders(t *testing.T) {
	byID := eachRecord(func(n int) string { return fmt.Sprintf(`{"id":%d,"record":{"title":{"value":"x"}}}`, n) })
	byKey := eachRecord(func(n int) string {
		return fmt.Sprintf(`{"updateKey":{"field":%q,"value":"%d"},"record":{"title":{"value":"x"}}}`, [...]string{"no", "un", "レコード番号"}[n%3], n)
	})
	records := func(list []string) string { return `{"app":1,"records":[` + strings.Join(list, ",") + `]}` }
	bulk := func(calls []string) string { return `{"requests":[` + strings.Join(calls, ",") + `]}` }
	one := func(app int, in string) string {
		return fmt.Sprintf(`{"method":"PUT","api":"/k/v1/record.json","payload":{"app":%d,%s`, app, in[1:]+"}")
	}
	ones := eachRecord(func(n int) string { return one(1, byID[n-1]) })
	others := eachRecord(func(n int) string { return one(n%2+1, [...][]string{byID, byKey}[n/2%2][n-1]) })
	for _, tc := range []struct {
		name, call string
		body       func(i int) string
		app2       bool // half of what it names is there
	}{
		{"ids", "PUT /k/v1/records.json", func(i int) string { return records(ways(i, byID)) }, false},
		{"keys", "PUT /k/v1/records.json", func(i int) string { return records(ways(i, byKey)) }, false},
		{"ids and keys", "PUT /k/v1/records.json", func(i int) string { return records(ways(i, [...][]string{byID, byKey}[i/2%2])) }, false},
		{"bulk", "POST /k/v1/bulkRequest.json", func(i int) string { return bulk(ways(i, ones)) }, false},
		{"bulk over apps", "POST /k/v1/bulkRequest.json", func(i int) string { return bulk(ways(i, others)) }, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			eachSite(t, func(t *testing.T, s *testSite) {
				crossedSite(s)
				const n = 20
				if got := s.together(n, func(i int) answer { return s.call("root", tc.call, tc.body(i)) }); got["200"] != n {
					t.Errorf("%v", got)
				}
				for record := 1; record <= crossed; record++ {
					app := 1
					if tc.app2 {
						app = record%2 + 1
					}
					s.play([]step{{call: fmt.Sprintf("GET /k/v1/record.json?app=%d&id=%d", app, record), has: []string{fmt.Sprintf(`"__REVISION__","value":"%d"`, n+1)}}})
				}
			})
		})
	}
}

// Of those who delete the same records in opposite orders one succeeds, and so does one of those who restore them.
func TestOppositeOrdersOfTheTrash(t *testing.T) {
	ids := eachRecord(func(n int) string { return fmt.Sprint(n) })
	eachSite(t, func(t *testing.T, s *testSite) {
		crossedSite(s)
		for _, call := range []string{"DELETE /k/v1/records.json", "POST /api/v1/trash/restore"} {
			got := s.together(20, func(i int) answer {
				return s.call("root", call, `{"app":1,"ids":[`+strings.Join(ways(i, ids), ",")+`]}`)
			})
			if got["200"] != 1 || got["404 GAIA_RE01"] != 19 {
				t.Errorf("%s: %v", call, got)
			}
		}
	})
}

// Steps of a process in opposite orders: each request finds all records in one status or all in the other.
func TestOppositeOrdersOfSteps(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		crossedSite(s)
		s.must("root", "PUT /k/v1/preview/app/status.json", `{"app":1,"enable":true,
			"states":{"a":{"name":"a","index":0,"assignee":{"type":"ONE","entities":[]}},"b":{"name":"b","index":1,"assignee":{"type":"ONE","entities":[]}}},
			"actions":[{"name":"go","from":"a","to":"b"},{"name":"go","from":"b","to":"a"}]}`)
		s.deploy("1")
		steps := eachRecord(func(n int) string { return fmt.Sprintf(`{"id":%d,"action":"go"}`, n) })
		got := s.together(20, func(i int) answer {
			return s.call("root", "PUT /k/v1/records/status.json", `{"app":1,"records":[`+strings.Join(ways(i, steps), ",")+`]}`)
		})
		if got["200"] != 20 {
			t.Errorf("%v", got)
		}
		for n := 1; n <= crossed; n++ {
			s.play([]step{{call: fmt.Sprintf("GET /k/v1/record.json?app=1&id=%d", n), has: []string{`"__REVISION__","value":"41"`}}})
		}
	})
}

// What the parts of a bulkRequest name is looked at before their turn, and yet what is wrong is told in their turn.
func TestBulkTellsInTurn(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		crossedSite(s)
		s.World.User("aiko")
		s.define("closed", dealForm)
		s.must("root", "PUT /k/v1/preview/app/acl.json", `{"app":3,"rights":[{"entity":{"type":"CREATOR"},"appEditable":true,"recordViewable":true}]}`)
		s.deploy("3")
		fine := `{"app":1,"id":1,"record":{}}`
		var steps []step
		for _, tc := range []struct{ call, payload, want string }{
			{"PUT /k/v1/record.json", `{"app":3,"id":1,"record":{}}`, "403 CB_NO02"},
			{"PUT /k/v1/record.json", `{"app":99,"id":1,"record":{}}`, "404 GAIA_AP01"},
			{"PUT /k/v1/record.json", `{"app":1,"id":99,"record":{}}`, "404 GAIA_RE01"},
			{"PUT /k/v1/record.json", `{"app":1,"id":-1,"record":{}}`, "400 CB_VA01 id=最小でも1以上です。"},
			{"PUT /k/v1/record.json", `{"app":1,"id":"9223372036854775807","record":{}}`, "404 GAIA_RE01"},
			{"PUT /k/v1/record.json", `{"app":1,"updateKey":{"field":"title","value":"1"},"record":{}}`, "400 GAIA_IQ27"},
			{"PUT /k/v1/record.json", `{"app":1,"updateKey":{"field":"ghost","value":"1"},"record":{}}`, "400 GAIA_IQ11"},
			{"PUT /k/v1/record.json", `{"app":1,"updateKey":{"field":"un","value":"one"},"record":{}}`, "404 GAIA_RE20"},
			{"PUT /k/v1/record.json", `{"app":1,"updateKey":{"field":"no","value":"\u0000"},"record":{}}`, "404 GAIA_RE20"},
			{"PUT /k/v1/records.json", `{"app":1,"records":{}}`, "400 CB_IL02"},
			{"DELETE /k/v1/records.json", `{"app":1,"ids":[` + strings.Repeat("1,", 100) + `1]}`, "400 CB_VA01 ids=一度に1件から100件までのレコードを削除できます。"},
		} {
			steps = append(steps, step{who: "aiko", call: "POST /k/v1/bulkRequest.json", in: bulkOf("PUT /k/v1/record.json", fine, tc.call, tc.payload), want: tc.want,
				has: []string{`{"results":[{},{"code":"`}})
		}
		s.play(append(steps, step{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"__REVISION__","value":"1"`}}))
	})
}

// Requests that add keys in some apps and change records in the same or others, in opposite orders, all succeed: each key is
// added once.
func TestUpsertsInOppositeOrders(t *testing.T) {
	upsert := func(app int, keys ...string) string {
		list := make([]string, len(keys))
		for i, key := range keys {
			list[i] = fmt.Sprintf(`{"updateKey":{"field":"no","value":%q},"record":{"title":{"value":"x"}}}`, key)
		}
		return fmt.Sprintf(`{"method":"PUT","api":"/k/v1/records.json","payload":{"app":%d,"upsert":true,"records":[%s]}}`, app, strings.Join(list, ","))
	}
	change := `{"method":"PUT","api":"/k/v1/record.json","payload":{"app":2,"id":1,"record":{"title":{"value":"x"}}}}`
	eachSite(t, func(t *testing.T, s *testSite) {
		crossedSite(s)
		for round := range 2 {
			one, other := fmt.Sprint("one ", round), fmt.Sprint("other ", round)
			for name, calls := range map[string][]string{
				"new keys of two apps":            {upsert(1, one), upsert(2, one)},
				"a new key, a record elsewhere":   {upsert(1, "a "+one), change},
				"a new key, a record beside it":   {upsert(2, "b "+one), change},
				"new keys among those of records": {upsert(1, "1", "c "+one), upsert(1, "2", "c "+other), upsert(2, "3", "c "+one)},
			} {
				const n = 12
				got := s.together(n, func(i int) answer {
					return s.call("root", "POST /k/v1/bulkRequest.json", `{"requests":[`+strings.Join(ways(i, calls), ",")+`]}`)
				})
				if got["200"] != n {
					t.Errorf("%s: %v", name, got)
				}
			}
			got := s.together(12, func(i int) answer { // without a bulk around it
				records := ways(i, []string{`{"id":1,"record":{}}`, fmt.Sprintf(`{"updateKey":{"field":"no","value":"d %s"},"record":{}}`, one), `{"id":2,"record":{}}`})
				return s.call("root", "PUT /k/v1/records.json", `{"app":1,"upsert":true,"records":[`+strings.Join(records, ",")+`]}`)
			})
			if got["200"] != 12 {
				t.Errorf("one request: %v", got)
			}
		}
		// Of each round one, a, c, another c and d in one app; one, b and c in the other.
		s.play([]step{
			{call: "GET /k/v1/records.json?app=1&totalCount=true", has: []string{fmt.Sprintf(`"totalCount":"%d"`, crossed+2*5)}},
			{call: "GET /k/v1/records.json?app=2&totalCount=true", has: []string{fmt.Sprintf(`"totalCount":"%d"`, crossed+2*3)}},
		})
	})
}
