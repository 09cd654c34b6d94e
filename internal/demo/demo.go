// Package demo fills an empty site with a company that could exist: 株式会社青葉, which furnishes offices. Its people,
// customers, deals, orders, stock and suppliers are made through the same doors as anybody's, so that they obey the same
// rules. It is the same company each time, but for the passwords and for the dates, which lie around today.
//
// It is not for tests: package world is.
package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/record"
)

// Company is what the demo's company is called.
const Company = "株式会社青葉"

// Parts are the doors through which the demo comes in.
type Parts struct {
	People  *identity.Service
	Apps    *app.Apps
	Records *record.Records
	Files   *file.Files
	Links   Links
	Now     time.Time
}

// Links gives a customer a look at a record.
type Links interface {
	// Publish makes a link that shows some fields of a record until a time, and returns the secret of its address.
	Publish(ctx context.Context, who access.Actor, app id.App, n id.Record, fields []string, until time.Time) (token string, err error)
	// Answer writes a comment as somebody who came by the link.
	Answer(ctx context.Context, token, name, text string) error
}

// Account is somebody who can log in.
type Account struct {
	Name, Login, Password string
	Admin                 bool
}

// Result is what was made, for whoever wants to look at it.
type Result struct {
	Accounts []Account // the administrator first
	Token    string    // of the link to the shared record
}

// site is a demo while it is being made.
type site struct {
	Parts
	today  time.Time               // midnight in Japan
	actors map[string]access.Actor // by login name
	rand   *rand.Rand
}

// Fill makes the demo on a site without users. admin is the administrator's login name and password; an empty one is
// made up.
func Fill(ctx context.Context, p Parts, admin Account) (Result, error) {
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		return Result{}, err
	}
	y, m, d := p.Now.In(tokyo).Date()
	s := &site{Parts: p, today: time.Date(y, m, d, 0, 0, 0, 0, tokyo), actors: map[string]access.Actor{}, rand: rand.New(rand.NewPCG(2026, 4))}
	var out Result
	if out.Accounts, err = s.staff(ctx, admin); err != nil {
		return out, fmt.Errorf("demo: people: %w", err)
	}
	if err := s.customers(ctx); err != nil {
		return out, fmt.Errorf("demo: customers: %w", err)
	}
	if err := s.deals(ctx); err != nil {
		return out, fmt.Errorf("demo: deals: %w", err)
	}
	if out.Token, err = s.orders(ctx); err != nil {
		return out, fmt.Errorf("demo: orders: %w", err)
	}
	if err := s.stock(ctx); err != nil {
		return out, fmt.Errorf("demo: stock: %w", err)
	}
	if err := s.suppliers(ctx); err != nil {
		return out, fmt.Errorf("demo: suppliers: %w", err)
	}
	return out, nil
}

// day is the date so many days from today, as the API writes it.
func (s *site) day(n int) string { return s.today.AddDate(0, 0, n).Format("2006-01-02") }

// during is a moment of office hours so many days from today, as the API writes it.
func (s *site) during(n int) string {
	return s.today.AddDate(0, 0, n).Add(time.Duration(9*60+s.rand.IntN(8*60)) * time.Minute).UTC().Format("2006-01-02T15:04:00Z")
}

// some is one of a list.
func some[T any](s *site, list []T) T { return list[s.rand.IntN(len(list))] }
