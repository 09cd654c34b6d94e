package server

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

// standstill is a body that does not come until its writer is closed.
func standstill(reached chan<- struct{}) (io.ReadCloser, *io.PipeWriter) {
	r, w := io.Pipe()
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(beginning{reached}, r), r}, w
}

// beginning says that somebody has begun to read, and ends.
type beginning struct{ reached chan<- struct{} }

func (r beginning) Read([]byte) (int, error) {
	r.reached <- struct{}{}
	return 0, io.EOF
}

// Attack case 72: one who asks for a hundred things at once takes nobody else's place, by whatever credential.
func TestOneCannotCrowdOutOthers(t *testing.T) {
	s := newTestSite(t)
	s.World.User("aiko")
	one, two := s.World.App("one", "title text"), s.World.App("two", "title text")
	s.token("one", one, "view add")
	s.token("two", two, "view add")
	const add, get = "POST /k/v1/record.json", "GET /k/v1/records.json?app=1"
	for _, tc := range []struct{ name, who, call string }{{"a password", "root", add}, {"a session", "session aiko", add}, {"a token", "token one", add}, {"nobody", "nobody", "POST /api/v1/shared/unlock"}} {
		reached := make(chan struct{}, 100)
		ended := make(chan string, 100)
		var held []*io.PipeWriter
		request := func() *http.Request { return s.request(tc.who, tc.call, "{}") }
		for range 50 {
			r := request()
			body, w := standstill(reached)
			r.Body, r.ContentLength = body, -1
			held = append(held, w)
			go func() { ended <- s.do(r).String() }()
		}
		for range 50 {
			<-reached
		}
		over := s.do(request())
		if over.String() != "429 GAIA_TO04" {
			t.Errorf("%s, one more: %s", tc.name, over)
		}
		for who, call := range map[string]string{"root": get, "aiko": get, "token one": get, "token two": "GET /k/v1/records.json?app=2"} {
			if got := s.call(who, call, "").String(); !strings.HasSuffix(tc.who, who) && got != "200" {
				t.Errorf("%s has 50 requests, %s gets %s", tc.name, who, got)
			}
		}
		for _, w := range held {
			fmt.Fprint(w, "{}")
			w.Close()
		}
		for range held {
			if got := <-ended; got[:3] == "429" || got[:3] == "500" {
				t.Errorf("%s, one of the 50: %s", tc.name, got)
			}
		}
		if got := s.do(request()); got.Status == http.StatusTooManyRequests {
			t.Errorf("%s, afterwards: %s", tc.name, got)
		}
	}
}

// Attack case 72: what the database is not done with in time is given up, and said so.
func TestSlowQueriesAreGivenUp(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
		o.ReadWithin = 1
		s := buildTestSite(t, o)
		s.World.App("one", "title text; n number").Add("title=a n=1")
		s.play([]step{
			{call: "GET /k/v1/records.json?app=1&query=title%20like%20%22aa%22", want: "413 CB_TL01", has: []string{"処理に時間がかかりすぎました。"}},
			{call: "GET /api/v1/records/count?app=1", want: "413 CB_TL01"},
			{call: "GET /api/v1/export.csv?app=1", want: "413 CB_TL01"},
			{call: "POST /k/v1/record.json", in: `{"app":1}`}, // a write waits for its turn and is done
		})
	})
}
