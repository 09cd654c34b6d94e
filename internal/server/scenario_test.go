package server

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// step is one request of a scenario and what must come of it.
type step struct {
	who, call, in string
	want          string   // as answer.String says it
	has           []string // the body must contain these
	lacks         []string // and these must not be in it
}

// play does the steps in order; what one stores the next ones find.
func (s *testSite) play(steps []step) {
	s.T.Helper()
	for i, st := range steps {
		if st.who == "" {
			st.who = "root"
		}
		a := s.call(st.who, st.call, st.in)
		if st.want == "" {
			st.want = "200"
		}
		if got := a.String(); got != st.want {
			s.T.Errorf("step %d: %s %.300s as %s:\n got %s\nwant %s\nbody %.600s", i, st.call, st.in, st.who, got, st.want, a.Body)
		}
		body := compact(a.Body)
		for _, text := range st.has {
			if !strings.Contains(body, text) && !sameJSON(body, text) {
				s.T.Errorf("step %d: %s %s as %s: no %s in\n%.1500s", i, st.call, st.in, st.who, text, body)
			}
		}
		body = errorID.ReplaceAllString(body, "") // chance may put anything there
		for _, text := range st.lacks {
			if strings.Contains(body, text) {
				s.T.Errorf("step %d: %s %s as %s: %s in\n%.1500s", i, st.call, st.in, st.who, text, body)
			}
		}
	}
}

// errorID is what an error is known by in the log.
var errorID = regexp.MustCompile(`"id":"[A-Za-z0-9]{20}",`)

func sameJSON(a, b string) bool {
	var x, y any
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && reflect.DeepEqual(x, y)
}

// scenario runs steps on both databases, in a world that setup makes.
func scenario(t *testing.T, setup func(s *testSite), steps []step) {
	t.Helper()
	eachSite(t, func(t *testing.T, s *testSite) {
		setup(s)
		s.play(steps)
	})
}
