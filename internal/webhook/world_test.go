package webhook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/outbound"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/webhook"
	"github.com/engawa/engawa/internal/world"
)

// site is a world whose apps have webhooks.
type site struct {
	*world.World
	hooks *webhook.Webhooks
}

func each(t *testing.T, body func(t *testing.T, w *site)) {
	t.Helper()
	world.Each(t, func(t *testing.T, w *world.World) {
		s := &site{World: w, hooks: webhook.New(w.DB, w.People, w.Apps, w.Records, webhook.Options{
			Client: outbound.New(outbound.Options{
				Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, Listen: "127.0.0.1:1", Timeout: 300 * time.Millisecond,
			}),
			BaseURL: "https://aoba.example", Secret: []byte("a secret of the tests, 32 bytes"),
		})}
		s.hooks.Register(w.Jobs)
		body(t, s)
	})
}

// eachHooked is each with an app that has a webhook of the administrator's.
func eachHooked(t *testing.T, body func(t *testing.T, w *site, deals *world.App, hook webhook.Webhook, to *target)) {
	t.Helper()
	each(t, func(t *testing.T, w *site) {
		to, deals := newTarget(t), w.App("deals", `title text`)
		hook, _ := w.hook(w.Root, deals, to.URL)
		body(t, w, deals, hook, to)
	})
}

// target keeps what it is sent.
type target struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []string
	heads  []http.Header
	status int // to answer with; 0 is 200
	hang   chan struct{}
}

func newTarget(t *testing.T) *target {
	to := &target{}
	to.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		to.mu.Lock()
		to.bodies, to.heads = append(to.bodies, string(body)), append(to.heads, r.Header)
		status, hang := to.status, to.hang
		to.mu.Unlock()
		if hang != nil {
			select {
			case <-hang:
			case <-r.Context().Done():
			}
		}
		w.Header().Set("X-Secret", "of the target")
		w.WriteHeader(max(status, http.StatusOK))
		io.WriteString(w, "secret of the target")
	}))
	t.Cleanup(to.Close)
	return to
}

func (to *target) answer(status int) {
	to.mu.Lock()
	defer to.mu.Unlock()
	to.status = status
}

// got is what came since it was last asked: bodies in order, without the ids, which differ every time.
func (to *target) got(t *testing.T) []string {
	t.Helper()
	to.mu.Lock()
	defer to.mu.Unlock()
	var list []string
	for _, b := range to.bodies {
		var v struct{ ID string }
		if err := json.Unmarshal([]byte(b), &v); err != nil || len(v.ID) != 36 {
			t.Errorf("%s: %v", b, err)
		}
		list = append(list, strings.Replace(b, `"id":"`+v.ID+`",`, "", 1))
	}
	to.bodies = nil
	return list
}

// types are the types of what came since it was last asked.
func (to *target) types(t *testing.T) string {
	t.Helper()
	var types []string
	for _, b := range to.got(t) {
		var v struct{ Type string }
		if err := json.Unmarshal([]byte(b), &v); err != nil {
			t.Error(err)
		}
		types = append(types, v.Type)
	}
	return strings.Join(types, " ")
}

var all = []webhook.Event{webhook.RecordAdded, webhook.RecordUpdated, webhook.RecordDeleted, webhook.CommentAdded, webhook.StatusChanged}

// hook makes a webhook of somebody's for all events.
func (s *site) hook(by world.Person, a *world.App, url string) (webhook.Webhook, string) {
	s.T.Helper()
	w, secret, err := s.hooks.Add(s.T.Context(), by.Actor(), a.ID, webhook.Change{URL: &url, Events: &all})
	if err != nil {
		s.T.Fatal(err)
	}
	return w, secret
}

// change changes a webhook.
func (s *site) change(w webhook.Webhook, c webhook.Change) {
	s.T.Helper()
	if err := s.hooks.Update(s.T.Context(), s.Root.Actor(), w.App, w.ID, c); err != nil {
		s.T.Fatal(err)
	}
}

// log is what became of a webhook's deliveries, oldest first: "EVENT outcome status attempts".
func (s *site) log(w webhook.Webhook) string {
	s.T.Helper()
	list, _, err := s.hooks.Deliveries(s.T.Context(), s.Root.Actor(), w.App, w.ID, 0)
	if err != nil {
		s.T.Fatal(err)
	}
	var lines []string
	for i := len(list) - 1; i >= 0; i-- {
		d := list[i]
		line := fmt.Sprintf("%s %s %d %d", d.Event, d.Outcome, d.Status, d.Attempts)
		if d.Times != 1 {
			line += fmt.Sprintf(" ×%d", d.Times)
		}
		if !d.NextAt.IsZero() {
			line += " again"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, ", ")
}

// now is the webhook as it is.
func (s *site) now(w webhook.Webhook) webhook.Webhook {
	s.T.Helper()
	list, err := s.hooks.List(s.T.Context(), s.Root.Actor(), w.App)
	if err != nil {
		s.T.Fatal(err)
	}
	for _, other := range list {
		if other.ID == w.ID {
			return other
		}
	}
	s.T.Fatalf("no webhook %d", w.ID)
	return w
}

func (s *site) update(by world.Person, a *world.App, n id.Record, body string) {
	s.T.Helper()
	var in record.Input
	if err := json.Unmarshal([]byte(body), &in); err != nil {
		s.T.Fatal(err)
	}
	if _, err := by.Set(a).Update(s.T.Context(), []record.Change{{ID: n, Record: in, Revision: record.AnyRevision}}, false, "record"); err != nil {
		s.T.Fatal(err)
	}
}

// verify is a receiver's check: the signature under a secret as he was given it.
func verify(t *testing.T, secret string, h http.Header, body string) bool {
	t.Helper()
	text, ok := strings.CutPrefix(secret, "whsec_")
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || !ok || len(key) != 32 {
		t.Fatalf("secret %q: %v", secret, err)
	}
	m := hmac.New(sha256.New, key)
	fmt.Fprintf(m, "%s.%s.%s", h.Get("webhook-id"), h.Get("webhook-timestamp"), body)
	want := "v1," + base64.StdEncoding.EncodeToString(m.Sum(nil))
	for signature := range strings.FieldsSeq(h.Get("webhook-signature")) {
		if hmac.Equal([]byte(signature), []byte(want)) {
			return true
		}
	}
	return false
}

func want(t testing.TB, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}
