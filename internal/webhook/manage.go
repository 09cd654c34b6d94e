package webhook

import (
	"context"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/outbound"
)

// MaxPerApp is how many webhooks an app may have; maxDescription how long a description may be, in characters.
// Source: kintone limits.
const (
	MaxPerApp      = 10
	maxDescription = 500
)

// lookWithin bounds the look at an address that is being saved.
const lookWithin = 3 * time.Second

// Change is what somebody wants a webhook to be; nil members stay as they are.
type Change struct {
	URL, Description *string
	Events           *[]Event
	Active           *bool
}

// List returns the webhooks of an app, oldest first.
//
// Errors: Forbidden or NotFound unless who is a person who manages the app.
func (s *Webhooks) List(ctx context.Context, who access.Actor, a id.App) (list []Webhook, err error) {
	if err := s.manage(ctx, who, a); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		list, err = byApp(ctx, tx, a)
		return err
	})
	return list, err
}

// Add makes a webhook that is who's own and returns it with its secret, which nobody is told again.
//
// Errors: as List; Invalid by the paths url, description and events, or when the app has ten.
func (s *Webhooks) Add(ctx context.Context, who access.Actor, a id.App, c Change) (Webhook, string, error) {
	if err := s.manage(ctx, who, a); err != nil {
		return Webhook{}, "", err
	}
	w := Webhook{App: a, Active: true, nonce: id.Key()}
	var p errs.Fields
	if c.URL == nil {
		p.Add("url", "param.required")
	}
	if c.Events == nil {
		p.Add("events", "param.required")
	}
	s.check(ctx, c, &p)
	if err := p.Err(); err != nil {
		return Webhook{}, "", err
	}
	w.apply(c, who.UserID())
	err := s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := tx.Alone(ctx, "webhooks of app "+id.String(a)); err != nil {
			return wrap(err)
		}
		list, err := byApp(ctx, tx, a)
		if err != nil {
			return err
		}
		if len(list) >= MaxPerApp {
			return errs.E(errs.Invalid, "webhook.tooMany", errs.Args{"max": MaxPerApp})
		}
		return insert(ctx, tx, &w)
	})
	return w, s.shown(w.nonce), err
}

// Update changes a webhook, which is who's own from then on: what is sent is what he may see. One that the server has
// stopped begins anew. What waits to be sent is given up when it is switched off.
//
// Errors: as List and Add; NotFound for one of another app.
func (s *Webhooks) Update(ctx context.Context, who access.Actor, a id.App, n id.Webhook, c Change) error {
	if err := s.manage(ctx, who, a); err != nil {
		return err
	}
	var p errs.Fields
	s.check(ctx, c, &p)
	if err := p.Err(); err != nil {
		return err
	}
	return s.change(ctx, a, n, func(ctx context.Context, tx *db.Tx, w *Webhook) error {
		w.apply(c, who.UserID())
		w.Stopped, w.FailingSince, w.heldUntil, w.failures = "", time.Time{}, time.Time{}, 0
		if w.Active {
			return nil
		}
		return giveUp(ctx, tx, n)
	})
}

// Rotate gives a webhook another secret and returns it; for a day deliveries are signed with the old one too.
//
// Errors: as Update.
func (s *Webhooks) Rotate(ctx context.Context, who access.Actor, a id.App, n id.Webhook) (secret string, err error) {
	if err := s.manage(ctx, who, a); err != nil {
		return "", err
	}
	err = s.change(ctx, a, n, func(_ context.Context, tx *db.Tx, w *Webhook) error {
		w.oldNonce, w.nonce, w.rotatedAt = w.nonce, id.Key(), tx.Now()
		secret = s.shown(w.nonce)
		return nil
	})
	return secret, err
}

// Delete removes a webhook with its log.
//
// Errors: as Update.
func (s *Webhooks) Delete(ctx context.Context, who access.Actor, a id.App, n id.Webhook) error {
	if err := s.manage(ctx, who, a); err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return remove(ctx, tx, a, n) })
}

// change reads, changes and stores a webhook of an app.
func (s *Webhooks) change(ctx context.Context, a id.App, n id.Webhook, fn func(ctx context.Context, tx *db.Tx, w *Webhook) error) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		w, err := byID(ctx, tx, n)
		if err != nil {
			return err
		}
		if w.App != a {
			return notFound(n)
		}
		if err := fn(ctx, tx, &w); err != nil {
			return err
		}
		w.UpdatedAt = tx.Now()
		return update(ctx, tx, w)
	})
}

// check notes what is wrong with a change. Addresses inside, and names that nobody knows, are answered alike.
func (s *Webhooks) check(ctx context.Context, c Change, p *errs.Fields) {
	if c.URL != nil {
		ctx, cancel := context.WithTimeout(ctx, lookWithin)
		defer cancel()
		switch {
		case *c.URL == "":
			p.Add("url", "param.required")
		case s.options.Client.Check(ctx, *c.URL) != nil:
			p.Add("url", "webhook.address", errs.Args{"max": outbound.MaxURL})
		}
	}
	if c.Description != nil && (utf8.RuneCountInString(*c.Description) > maxDescription || !utf8.ValidString(*c.Description)) {
		p.Add("description", "param.length", errs.Args{"min": 0, "max": maxDescription})
	}
	if c.Events == nil {
		return
	}
	if len(*c.Events) == 0 {
		p.Add("events", "param.required")
	}
	for i, e := range *c.Events {
		if !slices.Contains(choices, e) {
			p.Add("events["+strconv.Itoa(i)+"]", "param.enum")
		}
	}
}

func (w *Webhook) apply(c Change, owner id.User) {
	w.Owner = owner
	if c.URL != nil {
		w.URL = *c.URL
	}
	if c.Description != nil {
		w.Description = *c.Description
	}
	if c.Active != nil {
		w.Active = *c.Active
	}
	if c.Events != nil {
		w.Events = nil
		for _, e := range choices {
			if slices.Contains(*c.Events, e) {
				w.Events = append(w.Events, e)
			}
		}
	}
}
