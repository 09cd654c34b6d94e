package world

import (
	"errors"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/record"
)

// Person is a user of the world, and what he gets when he asks.
type Person struct {
	ID   id.User
	Code string
	w    *World
}

// User adds a user: login name and name are code, the mail address CODE@example.com, the password "password of CODE".
func (w *World) User(code string) Person {
	w.T.Helper()
	w.Change(identity.Change{Code: code, Name: &code, Email: new(code + "@example.com"), Password: new("password of " + code)}, true)
	return w.person(code)
}

// Change changes a user, or adds one.
func (w *World) Change(c identity.Change, add bool) {
	w.T.Helper()
	write := w.People.UpdateUsers
	if add {
		write = w.People.AddUsers
	}
	w.ok(write(w.ctx(), w.Root.Actor(), []identity.Change{c}))
}

// Suspend suspends a user.
func (w *World) Suspend(p Person) {
	w.T.Helper()
	w.ok(w.People.Suspend(w.ctx(), w.Root.Actor(), p.Code, true))
}

// As is the user with a login name.
func (w *World) As(code string) Person {
	w.T.Helper()
	return w.person(code)
}

// ByID is the user with an id.
func (w *World) ByID(u id.User) Person {
	w.T.Helper()
	dir, err := w.People.Directory(w.ctx())
	w.ok(err)
	p, _ := dir.User(u)
	return w.person(p.Code)
}

func (w *World) person(code string) Person {
	w.T.Helper()
	dir, err := w.People.Directory(w.ctx())
	w.ok(err)
	p, ok := dir.UserByCode(code)
	if !ok {
		w.T.Fatalf("no user %s", code)
	}
	return Person{p.ID, p.Code, w}
}

// Actor is the person as he is now; the test ends when he may not act.
func (p Person) Actor() access.Actor {
	p.w.T.Helper()
	who, ok, err := p.w.People.ActAs(p.w.ctx(), p.ID)
	p.w.ok(err)
	if !ok {
		p.w.T.Fatalf("%s may not act", p.Code)
	}
	return who
}

// Set is the app's records as the person sees them.
func (p Person) Set(a *App) *record.Set {
	p.w.T.Helper()
	set, err := p.w.Records.Open(p.w.ctx(), p.Actor(), a.ID)
	p.w.ok(err)
	return set
}

// Query says how many records a query finds, or what is wrong with it: "found 2", "query.unknownField".
func (p Person) Query(a *App, query string) string {
	p.w.T.Helper()
	page, err := p.Set(a).Query(p.w.ctx(), query, nil, false)
	if err != nil {
		return Outcome(err)
	}
	return fmt.Sprintf("found %d", len(page.Records))
}

// Comment writes a comment, mentioning people.
func (p Person) Comment(a *App, n id.Record, lane record.Lane, text string, mentions ...Person) id.Comment {
	p.w.T.Helper()
	c := record.Comment{Lane: lane, Text: text}
	for _, m := range mentions {
		c.Mentions = append(c.Mentions, record.Mention{Code: m.Code, Type: "USER"})
	}
	added, err := p.Set(a).AddComment(p.w.ctx(), n, c)
	p.w.ok(err)
	return added
}

// Outcome is "ok", or the key of an error with its problems: "validation title=param.required".
func Outcome(err error) string {
	var e *errs.Error
	switch {
	case err == nil:
		return "ok"
	case !errors.As(err, &e):
		return err.Error()
	}
	s := e.Key
	for _, p := range e.Fields {
		s += fmt.Sprintf(" %s=%s", p.Path, p.Key)
	}
	return s
}
