package server

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// openStream opens the stream of events of somebody's page; what it sends comes line by line, and the channel is closed at
// its end. It has begun when openStream returns.
func (s *testSite) openStream(address, who string) <-chan string {
	s.T.Helper()
	r := s.request(who, "GET /api/v1/events", "")
	ctx, stop := context.WithTimeout(s.T.Context(), time.Minute) // a stream that does not end fails its test
	s.T.Cleanup(stop)
	out, err := http.NewRequestWithContext(ctx, "GET", address+"/api/v1/events", nil)
	if err != nil {
		s.T.Fatal(err)
	}
	out.Header = r.Header
	answer, err := http.DefaultClient.Do(out)
	if err != nil || answer.StatusCode != http.StatusOK {
		s.T.Fatalf("stream of %s: %v %v", who, answer, err)
	}
	s.T.Cleanup(func() { answer.Body.Close() })
	lines, told := make(chan string, 1000), make(chan bool)
	go func() {
		defer close(lines)
		first := true
		for scan := bufio.NewScanner(answer.Body); scan.Scan(); {
			lines <- scan.Text()
			if first {
				close(told)
				first = false
			}
		}
		if ctx.Err() != nil {
			lines <- "it did not end"
		}
	}()
	<-told
	return lines
}

// Attack case 11: what is decided about somebody holds for his open page too. A rule that closes a record silences it, and
// whoever may not be there any more hears nothing further.
func TestOpenPagesFollowTheRules(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		web := httptest.NewServer(s.handler)
		defer web.Close()
		for _, code := range []string{"aiko", "ben", "carl", "dora", "eri"} {
			s.World.User(code)
		}
		app := s.World.App("one", "title text")
		app.Add("title=a")
		app.Add("title=b")
		change := func(n string) {
			s.must("root", "PUT /k/v1/record.json", `{"app":1,"id":`+n+`,"record":{}}`)
			s.drain()
		}
		aiko := s.openStream(web.URL, "session aiko")
		hear := func(what string) (before string) {
			t.Helper()
			for line := range aiko {
				if strings.Contains(line, what) {
					return before
				}
				before += line + "\n"
			}
			t.Fatalf("no %s in\n%s", what, before)
			return ""
		}
		change("1")
		hear(`"record":"1"`)
		app.Forbid(`title = "a"`, "root")
		change("1")
		change("2")
		if before := hear(`"record":"2"`); strings.Contains(before, `"record":"1"`) {
			t.Errorf("told of a record that a rule has closed:\n%s", before)
		}

		streams := map[string]<-chan string{"a session that is ended": aiko}
		for name, who := range map[string]string{"a suspended user": "ben", "a deleted user": "session carl", "a changed password": "dora", "a session of a changed password": "session dora", "a suspended user's session": "session eri"} {
			streams[name] = s.openStream(web.URL, who)
		}
		s.must("session aiko", "POST /api/v1/logout", `{}`)
		s.must("root", "PUT /api/v1/users/suspend", `{"code":"ben","suspended":true}`)
		s.must("root", "PUT /api/v1/users/suspend", `{"code":"eri","suspended":true}`)
		s.must("root", "DELETE /v1/users.json", `{"codes":["carl"]}`)
		s.must("root", "PUT /v1/users.json", `{"users":[{"code":"dora","password":"another password 1"}]}`)
		for name, stream := range streams {
			last := ""
			for line := range stream {
				last = line
			}
			if last == "it did not end" {
				t.Errorf("%s: the stream goes on", name)
			}
		}
		for _, who := range []string{"session aiko", "ben", "session carl", "dora", "session dora", "session eri"} {
			if got := s.call(who, "GET /k/v1/records.json?app=1", ""); got.Status != http.StatusUnauthorized {
				t.Errorf("%s afterwards: %s", who, got)
			}
		}
	})
}
