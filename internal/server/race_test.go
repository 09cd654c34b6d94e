package server

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// together runs n calls at once and counts their outcomes.
func (s *testSite) together(n int, call func(i int) answer) map[string]int {
	outcomes := make([]string, n)
	var started, done sync.WaitGroup
	started.Add(1)
	for i := range n {
		done.Go(func() {
			started.Wait()
			outcomes[i] = call(i).String()
		})
	}
	started.Done()
	done.Wait()
	count := map[string]int{}
	for _, o := range outcomes {
		count[o]++
	}
	return count
}

// Attack case 66: of writers who saw the same revision one succeeds, and no update is lost.
func TestOneOfManyWritersWins(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("deals", dealForm)
		s.must("root", "POST /k/v1/record.json", `{"app":1}`)
		got := s.together(20, func(i int) answer {
			return s.call("root", "PUT /k/v1/record.json", fmt.Sprintf(`{"app":1,"id":1,"revision":1,"record":{"title":{"value":"%d"}}}`, i))
		})
		if got["200"] != 1 || got["409 GAIA_CO02"] != 19 {
			t.Errorf("with a revision: %v", got)
		}
		got = s.together(20, func(i int) answer {
			return s.call("root", "PUT /k/v1/record.json", fmt.Sprintf(`{"app":1,"id":1,"revision":-1,"record":{"title":{"value":"%d"}}}`, i))
		})
		if got["200"] != 20 {
			t.Errorf("without: %v", got)
		}
		s.play([]step{{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"__REVISION__","value":"22"`}}})
	})
}

// Attack case 67: a unique value raced by 100 inserts is taken once.
func TestUniqueValuesAreTakenOnce(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("deals", dealForm)
		s.World.User("aiko")
		s.World.User("ben")
		for field, message := range map[string]string{"no": "record.no.value", "un": "record.un.value"} {
			got := s.together(100, func(i int) answer {
				return s.call([...]string{"root", "aiko", "ben"}[i%3], "POST /k/v1/record.json", fmt.Sprintf(`{"app":1,"record":{%q:{"value":"1"}}}`, field))
			})
			if got["200"] != 1 || got["400 CB_VA01 "+message+"=値がほかのレコードと重複しています。"] != 99 {
				t.Errorf("%s: %v", field, got)
			}
		}
		// By upserts all of them succeed, and one of them inserts.
		got := s.together(20, func(int) answer {
			return s.call("root", "PUT /k/v1/records.json", `{"app":1,"upsert":true,"records":[{"updateKey":{"field":"no","value":"2"},"record":{}}]}`)
		})
		s.play([]step{{call: "GET /k/v1/records.json?app=1&totalCount=true&query=no%20%3D%20%222%22", has: []string{`"totalCount":"1"`}}})
		if got["200"]+got["400 CB_VA01 records[0].no.value=値がほかのレコードと重複しています。"] != 20 || got["200"] < 1 {
			t.Errorf("upserts: %v", got)
		}
	})
}

// Attack case 68: record numbers are unique, rise, and are never used again.
func TestRecordNumbers(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("deals", dealForm)
		var mu sync.Mutex
		var ids []int
		add := func() {
			var out struct{ ID string }
			a := s.call("root", "POST /k/v1/record.json", `{"app":1}`)
			n, err := strconv.Atoi(func() string { _ = json.Unmarshal(a.Body, &out); return out.ID }())
			if err != nil {
				t.Errorf("%s %s", a, a.Body)
			}
			mu.Lock()
			defer mu.Unlock()
			ids = append(ids, n)
		}
		s.together(30, func(i int) answer {
			if i%3 == 0 { // some are rolled back
				return s.call("root", "POST /k/v1/bulkRequest.json", bulkOf("POST /k/v1/record.json", `{"app":1}`, "POST /k/v1/record.json", `{"app":99}`))
			}
			add()
			return answer{}
		})
		slices.Sort(ids)
		if len(slices.Compact(slices.Clone(ids))) != 20 {
			t.Errorf("ids %v: want 20 different ones", ids)
		}
		last := ids[len(ids)-1]
		s.must("root", "DELETE /k/v1/records.json", fmt.Sprintf(`{"app":1,"ids":[%d]}`, last))
		add()
		if n := ids[len(ids)-1]; n <= last {
			t.Errorf("number %d after %d was deleted", n, last)
		}
		s.must("root", "POST /api/v1/trash/restore", fmt.Sprintf(`{"app":1,"ids":[%d]}`, last))
		s.play([]step{{call: fmt.Sprintf("GET /k/v1/record.json?app=1&id=%d", last)}})
		before := ids[len(ids)-1]
		add()
		if n := ids[len(ids)-1]; n <= before {
			t.Errorf("number %d after %d", n, before)
		}
	})
}

// Writes that meet a deployment are checked against the form that they are stored in, or are told to try again.
func TestWritesBesideDeployments(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("deals", dealForm)
		s.must("root", "POST /k/v1/record.json", `{"app":1}`)
		got := s.together(40, func(i int) answer {
			switch i % 4 {
			case 0:
				a := s.call("root", "POST /k/v1/preview/app/form/fields.json", fmt.Sprintf(`{"app":1,"properties":{"f%d":{"type":"NUMBER"}}}`, i))
				if a.String() != "200" {
					return a
				}
				return s.call("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
			case 1:
				return s.call("root", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"n":{"value":"1"}}}`)
			case 2:
				return s.call("root", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"x"}}}`)
			}
			return s.call("root", "GET /k/v1/records.json?app=1", "")
		})
		for outcome := range got {
			if outcome != "200" && outcome != "409 GAIA_DA02" && outcome != "400 GAIA_DA02" && outcome != "409 GAIA_CO03" {
				t.Errorf("%v", got)
			}
		}
		body := string(s.call("root", "GET /k/v1/app/form/fields.json?app=1", "").Body)
		for i := 0; i < 40; i += 4 {
			if !strings.Contains(body, fmt.Sprintf(`"f%d"`, i)) {
				t.Errorf("field f%d was lost", i)
			}
		}
	})
}

// Many upserts of keys that nobody has yet: one adds each, the others change it.
func TestUpsertsOfOneKey(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("deals", dealForm)
		got := s.together(24, func(i int) answer {
			first, second := i%3, (i+1)%3 // in all orders
			return s.call("root", "PUT /k/v1/records.json", fmt.Sprintf(`{"app":1,"upsert":true,"records":[
				{"updateKey":{"field":"no","value":"key %d"},"record":{"title":{"value":"%d"}}},{"updateKey":{"field":"no","value":"key %d"},"record":{}}]}`, first, i, second))
		})
		if got["200"] != 24 {
			t.Errorf("got %v", got)
		}
		s.play([]step{{call: "GET /k/v1/records.json?app=1&totalCount=true", has: []string{`"totalCount":"3"`}}})
	})
}
