// Package access answers who asks (Actor), what an app's administrators decided (Policy) and what follows:
// the part of the app that this actor sees and may change (Lens). It is pure: no context, no I/O, no clock.
//
// It does not find out who somebody is (identity) and touches no record (record).
package access

import (
	"strconv"
	"time"

	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
)

// Kind is what sort of actor asks.
type Kind int

// The kinds of actor.
const (
	KindNobody     Kind = iota // the zero Actor: no credentials
	KindUser                   // a person with an account
	KindToken                  // a program with API tokens of apps
	KindLinkHolder             // an outsider who holds a record link
	KindSystem                 // the product itself, with a reason
)

// Actor is who asks. It is made only by User, Token, LinkHolder and System, whose calls are listed in
// testdata/mints.golden, and cannot be changed. The zero Actor is nobody and opens nothing.
type Actor struct {
	kind   Kind
	user   *UserInfo // for a token, whom it acts as
	rights map[id.App]Verbs
	share  id.Share
	reason string
}

// UserInfo is what the rest of the product needs to know about an account.
type UserInfo struct {
	ID            id.User
	Code, Name    string // login name and display name
	Admin         bool   // of the site
	Lang          i18n.Lang
	Zone          *time.Location // nil is UTC
	Groups        []Unit
	Organizations []Unit
	Above         []Unit          // the organisations above those
	Primary       id.Organization // the one of Organizations that counts when one must, 0 is none
}

// Unit is a group or an organisation that an account is in. Its ID is an id.Group or an id.Organization.
type Unit struct {
	ID   int64
	Code string
}

// TokenInfo is what the tokens of one request add up to.
type TokenInfo struct {
	As     UserInfo // stands as creator and modifier of what the tokens write
	Rights map[id.App]Verbs
}

// LinkInfo is an outsider on a record link. Name is what he calls himself, unproved, and may be empty.
type LinkInfo struct {
	Share id.Share
	Name  string
	Lang  i18n.Lang
	Zone  *time.Location // nil is UTC
}

// User returns the actor for a person who proved to be u.
func User(u UserInfo) Actor { return Actor{kind: KindUser, user: &u} }

// Token returns the actor for a program that showed valid API tokens.
func Token(t TokenInfo) Actor {
	t.As.Admin = false // tokens open their apps and nothing else
	return Actor{kind: KindToken, user: &t.As, rights: t.Rights}
}

// LinkHolder returns the actor for an outsider who opened a record link.
func LinkHolder(l LinkInfo) Actor {
	return Actor{kind: KindLinkHolder, share: l.Share, user: &UserInfo{Name: l.Name, Lang: l.Lang, Zone: l.Zone}}
}

// System returns the actor for work that the product does on its own account. The reason is for the log and
// for whoever reads the list of mints.
func System(reason string) Actor { return Actor{kind: KindSystem, reason: reason, user: &UserInfo{}} }

// Kind says what sort of actor a is.
func (a Actor) Kind() Kind { return a.kind }

// UserID is the account of a user, or the one a token acts as; 0 for others.
func (a Actor) UserID() id.User { return a.info().ID }

// Code is the login name of a user or of whom a token acts as; "" for others.
func (a Actor) Code() string { return a.info().Code }

// Name is how a is shown to people; "" for the system and for outsiders who gave none.
func (a Actor) Name() string { return a.info().Name }

// Admin reports whether a is a user who administers the site.
func (a Actor) Admin() bool { return a.info().Admin }

// Lang is the language a reads; Japanese when not known.
func (a Actor) Lang() i18n.Lang {
	if l := a.info().Lang; l != "" {
		return l
	}
	return i18n.Ja
}

// Zone is the time zone a lives in, never nil.
func (a Actor) Zone() *time.Location {
	if z := a.info().Zone; z != nil {
		return z
	}
	return time.UTC
}

// Groups are the groups a is in; the one of everyone is not among them.
func (a Actor) Groups() []Unit { return a.info().Groups }

// Organizations are the organisations a is in, those above them not included.
func (a Actor) Organizations() []Unit { return a.info().Organizations }

// Above are the organisations above those that a is in: what a is in through sub-organisations.
func (a Actor) Above() []Unit { return a.info().Above }

// Primary is the organisation that a's PRIMARY_ORGANIZATION() means; 0 is none.
func (a Actor) Primary() id.Organization { return a.info().Primary }

// TokenRights is what a token may do in an app: none of All but View, Add, Edit, Delete and Manage, and nothing
// in apps that no token was shown for. For other kinds it is nothing.
func (a Actor) TokenRights(app id.App) Verbs {
	return a.rights[app] & (View | Add | Edit | Delete | Manage)
}

// TokenApps are the apps that a token opens, in no order.
func (a Actor) TokenApps() []id.App {
	apps := make([]id.App, 0, len(a.rights))
	for app := range a.rights {
		apps = append(apps, app)
	}
	return apps
}

// Share is the record link that a link holder holds; 0 for others.
func (a Actor) Share() id.Share { return a.share }

// Reason is why the system acts; "" for others.
func (a Actor) Reason() string { return a.reason }

// String names a for the log: kinds and ids, never a secret.
func (a Actor) String() string {
	switch a.kind {
	case KindUser:
		return "user " + strconv.FormatInt(int64(a.user.ID), 10)
	case KindToken:
		return "token"
	case KindLinkHolder:
		return "link " + strconv.FormatInt(int64(a.share), 10)
	case KindSystem:
		return "system: " + a.reason
	}
	return "nobody"
}

var nobody UserInfo

func (a Actor) info() *UserInfo {
	if a.user == nil {
		return &nobody
	}
	return a.user
}

// bypassesRules reports whether an app's record and field rules do not apply to a: a token has its own rights
// instead, and the system needs all.
// Source: kintone REST API, authentication by API token.
func (a Actor) bypassesRules() bool { return a.kind == KindToken || a.kind == KindSystem }
