package record

import (
	"strings"
	"sync"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// lenses keeps what was decided lately. The key holds everything that a decision depends on, so no entry is ever wrong;
// apps whose rules depend on the moment are decided anew each time.
type lenses struct {
	mu   sync.RWMutex
	kept map[lensKey]access.Lens
}

type lensKey struct {
	app      id.App
	revision int64
	kind     access.Kind
	user     id.User
	admin    bool
	rights   access.Verbs
	names    string // login name, groups and organizations
}

// maxLenses bounds the memory for decisions; when it is reached they are made again.
const maxLenses = 4096

func (c *lenses) of(apps *app.Apps, who access.Actor, l *app.Live, dir field.Directory) access.Lens {
	if l.Settings.Dynamic() {
		return apps.Lens(who, l, dir)
	}
	k := lensKey{
		app: l.ID, revision: l.Settings.Revision, kind: who.Kind(), user: who.UserID(), admin: who.Admin(), rights: who.TokenRights(l.ID),
		names: who.Code(),
	}
	if len(who.Groups())+len(who.Organizations()) > 0 {
		k.names += "\x00" + strings.Join(who.Groups(), "\x00") + "\x01" + strings.Join(who.Organizations(), "\x00")
	}
	c.mu.RLock()
	lens, ok := c.kept[k]
	c.mu.RUnlock()
	if ok {
		return lens
	}
	lens = apps.Lens(who, l, dir)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= maxLenses {
		c.kept = map[lensKey]access.Lens{}
	}
	c.kept[k] = lens
	return lens
}
