package identity

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// The kinds of whom settings may name by code.
const (
	KindUser         = "USER"
	KindGroup        = "GROUP"
	KindOrganization = "ORGANIZATION"
)

// Referrer keeps settings that name users, groups or organisations by code. It is asked inside the transaction that
// changes codes, so that at no moment a code stands there that belongs to nobody, or to somebody else.
type Referrer interface {
	// Recode puts another code wherever one of to's keys stands as the code of a kind. A code that IsGone stands for
	// somebody who was deleted, so that a later one of the same code does not step into his place.
	Recode(ctx context.Context, tx *db.Tx, kind string, to map[string]string) error
	// Naming returns how people call what names any of the codes: nothing when they may go.
	Naming(ctx context.Context, tx *db.Tx, kind string, codes []string) ([]string, error)
}

// Refer makes r follow changes of codes. It is for building a site: not safe once requests are served.
func (s *Service) Refer(r Referrer) { s.referrers = append(s.referrers, r) }

// goneCode is how the code begins that stands in conditions for a user who was deleted: what he wrote is still his. No
// login name has a colon.
const goneCode = "deleted:"

func goneUser(n id.User) string { return goneCode + id.String(n) }

// IsGone reports whether a code stands for a user who was deleted. Directory.UserByCode knows it.
func IsGone(code string) bool { return strings.HasPrefix(code, goneCode) }

// recode has every referrer follow. Codes that stay as they are do not count.
func (s *Service) recode(ctx context.Context, tx *db.Tx, kind string, to map[string]string) error {
	maps.DeleteFunc(to, func(from, to string) bool { return from == to })
	if len(to) == 0 {
		return nil
	}
	for _, r := range s.referrers {
		if err := r.Recode(ctx, tx, kind, to); err != nil {
			return err
		}
	}
	return nil
}

// shownUses is how many places an error names.
const shownUses = 5

// unused refuses to let codes go that a rule names: without it, the rule's other lines might let somebody in whom it kept
// out.
//
// Errors: Conflict "principal.inUse".
func (s *Service) unused(ctx context.Context, tx *db.Tx, kind string, codes []string) error {
	var places []string
	for _, r := range s.referrers {
		more, err := r.Naming(ctx, tx, kind, codes)
		if err != nil {
			return err
		}
		places = append(places, more...)
	}
	if len(places) == 0 {
		return nil
	}
	slices.Sort(places)
	places = slices.Compact(places)
	return errs.E(errs.Conflict, "principal.inUse", errs.Args{"places": strings.Join(places[:min(shownUses, len(places))], ", ")})
}
