package record

import (
	"strconv"
	"sync"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// lenses keeps what was decided lately. The key holds everything that a decision depends on, so no entry is ever wrong;
// apps whose rules depend on the moment are decided anew each time.
type lenses struct {
	mu   sync.RWMutex
	kept map[lensKey]lensEntry
}

// lensEntry is a decision, and the view of all that it shows.
type lensEntry struct {
	lens access.Lens
	view *table.View
}

type lensKey struct {
	app      id.App
	revision int64
	wall     int64
	kind     access.Kind
	user     id.User
	admin    bool
	rights   access.Verbs
	names    string // login name, groups and organizations
	primary  id.Organization
	zone     string
	people   int64  // revision of the directory, which conditions look people up in
	turns    string // whose deputy he is at the moment
}

// maxLenses bounds the memory for decisions; when it is reached they are made again.
const maxLenses = 4096

// of returns how who sees an app, and the view of its fields, or nil if that is not kept.
func (c *lenses) of(r *Records, who access.Actor, l *app.Live, dir identity.Directory) (access.Lens, *table.View) {
	if l.Momentary() {
		return r.apps.Lens(who, l, dir), nil
	}
	k := lensKey{
		app: l.ID, revision: l.Settings.Revision, wall: l.Wall, kind: who.Kind(), user: who.UserID(), admin: who.Admin(), rights: who.TokenRights(l.ID),
		primary: who.Primary(), zone: who.Zone().String(), people: dir.Revision(),
	}
	for _, u := range dir.StandsInFor(who.UserID(), r.db.Now()) {
		k.turns += id.String(u) + " "
	}
	k.names = names(who)
	c.mu.RLock()
	e, ok := c.kept[k]
	c.mu.RUnlock()
	if ok {
		return e.lens, e.view
	}
	e.lens = r.apps.Lens(who, l, dir)
	e.view = table.Of(l.ID, r.db.Dialect()).NewView(e.lens, e.lens.Fields())
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= maxLenses {
		c.kept = map[lensKey]lensEntry{}
	}
	c.kept[k] = e
	return e.lens, e.view
}

// names is the login name and the units of who, told apart.
func names(who access.Actor) string {
	b := make([]byte, 0, 128)
	b = append(b, who.Code()...)
	for _, units := range [...][]access.Unit{who.Groups(), who.Organizations(), who.Above()} {
		b = append(b, 1)
		for _, u := range units {
			b = append(b, 0)
			b = strconv.AppendInt(b, u.ID, 10)
			b = append(b, ' ')
			b = append(b, u.Code...)
		}
	}
	return string(b)
}
