package identity_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/migrations"
)

// world is a site with one administrator, and a clock that only the test moves.
type world struct {
	*identity.Service
	t    testing.TB
	db   *db.DB
	log  *strings.Builder
	root access.Actor

	mu  sync.Mutex
	now time.Time
}

const (
	rootPassword = "correct horse"
	office       = "203.0.113.7"
	elsewhere    = "198.51.100.1"
)

// each runs body on every database.
func each(t *testing.T, body func(w *world)) {
	t.Helper()
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		w := empty(t, o)
		w.setUp()
		body(w)
	})
}

// setUp makes the first administrator.
func (w *world) setUp() {
	w.t.Helper()
	made, err := w.SetUpUnattended(w.t.Context(), identity.Setup{
		Name: "青木 愛子", Code: "root", Password: rootPassword, Company: "株式会社青葉", Locale: "ja", Timezone: "Asia/Tokyo",
	})
	if err != nil || !made {
		w.t.Fatal(made, err)
	}
	w.root = w.actor("root", rootPassword)
}

// empty is a site without users.
func empty(t testing.TB, o db.Options) *world {
	w := &world{t: t, log: &strings.Builder{}, now: time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)}
	o.Clock = w.clock
	w.db = dbtest.OpenOptions(t, migrations.FS, o)
	w.Service = w.another(!w.db.Exclusive())
	return w
}

// another is a second process on the same database.
func (w *world) another(shared bool) *identity.Service {
	w.t.Helper()
	s, err := identity.New(w.t.Context(), w.db, identity.Options{Shared: shared, HashMemory: 64, Clock: w.clock, Log: slog.New(slog.NewTextHandler(w.log, nil))})
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// add makes users with the password "password of CODE".
func (w *world) add(codes ...string) {
	w.t.Helper()
	list := make([]identity.Change, len(codes))
	for i, code := range codes {
		list[i] = identity.Change{Code: code, Name: new(strings.ToUpper(code)), Password: new("password of " + code)}
	}
	if err := w.AddUsers(w.t.Context(), w.root, list); err != nil {
		w.t.Fatal(err)
	}
}

func header(code, password string) identity.Credentials {
	return identity.Credentials{
		Password: []string{base64.StdEncoding.EncodeToString([]byte(code + ":" + password))},
		IP:       netip.MustParseAddr(office),
	}
}

func (w *world) actor(code, password string) access.Actor {
	w.t.Helper()
	who, _, err := w.Authenticate(w.t.Context(), header(code, password))
	if err != nil {
		w.t.Fatal(err)
	}
	return who
}

// by says who credentials are, or the key of the error.
func (w *world) by(c identity.Credentials) string {
	who, _, err := w.Authenticate(w.t.Context(), c)
	return outcome(who.Code(), err)
}

// login says who logs in from an address, or the key of the error.
func (w *world) login(code, password, ip string) (string, *identity.Session) {
	u, s, err := w.Login(w.t.Context(), identity.Login{Code: code, Password: password, IP: netip.MustParseAddr(ip), UserAgent: "test"})
	return outcome(u.Code, err), s
}

// outcome is got, or err as "kind key path=key …".
func outcome(got string, err error) string {
	var e *errs.Error
	switch {
	case err == nil:
		return got
	case !errors.As(err, &e):
		return err.Error()
	}
	s := e.Key
	for _, p := range e.Fields {
		s += fmt.Sprintf(" %s=%s", p.Path, p.Key)
	}
	return s
}

func want(t testing.TB, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func cookie(s *identity.Session) identity.Credentials {
	return identity.Credentials{Cookie: s.Token, RequestedWith: "XMLHttpRequest", IP: netip.MustParseAddr(office)}
}

func write(s *identity.Session, csrf string) identity.Credentials {
	c := cookie(s)
	c.Write, c.CSRF = true, func() string { return csrf }
	return c
}
