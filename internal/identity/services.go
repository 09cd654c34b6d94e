package identity

import (
	"context"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
)

// Product is the service that this product is. Who does not have it may log in and see himself, and administer the site if
// that is what he does; nothing else.
const Product = "kintone"

// services are those a user may have: the others are kept for whoever asks.
// Source: cybozu.com User API.
var services = []string{Product, "garoon", "office", "mailwise", "secure_access"}

// UserServices is which services a user has.
type UserServices struct {
	Code     string // of the user
	Services []string
}

// uses reports whether the account may use the product.
func (a *account) uses() bool { return slices.Contains(a.Services, Product) }

// Services returns which services users have, by id.
//
// Errors: Forbidden unless who administers the site; Invalid as Users.
func (s *Service) Services(ctx context.Context, who access.Actor, f Filter) ([]UserServices, error) {
	if !administers(who) {
		return nil, forbidden()
	}
	users, err := s.Users(ctx, who, f)
	list := make([]UserServices, len(users))
	for i, u := range users {
		list[i] = UserServices{u.Code, u.Services}
	}
	return list, err
}

// SetServices says for each user which services he has: all or none.
//
// Errors: Forbidden unless who administers the site; NotFound; Invalid by paths such as users[0].services[1].
func (s *Service) SetServices(ctx context.Context, who access.Actor, list []UserServices) error {
	if !administers(who) {
		return forbidden()
	}
	var p errs.Fields
	for i, u := range list {
		for j, service := range u.Services {
			if !slices.Contains(services, service) {
				p.Add(at(at("users", i)+".services", j), "user.service", errs.Args{"service": service})
			}
		}
	}
	if err := p.Err(); err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, u := range list {
			a, err := accountByCode(ctx, tx, u.Code)
			if err != nil {
				return err
			}
			if a == nil {
				return unknownUser(u.Code)
			}
			a.Services = nil
			for _, service := range services {
				if slices.Contains(u.Services, service) {
					a.Services = append(a.Services, service)
				}
			}
			if err := save(ctx, tx, a); err != nil {
				return err
			}
			s.audit(tx, "services changed", "user", a.ID, "services", strings.Join(a.Services, ","), "by", who.String())
		}
		return nil
	})
}

// splitServices reads the column of services.
func splitServices(column string) []string {
	if column == "" {
		return nil
	}
	return strings.Split(column, ",")
}
