package server

import (
	"context"
	"fmt"
	"strings"

	"github.com/engawa/engawa/internal/identity"
)

// Prepare gives an empty site the demo company, its first administrator, or a one-time address where one is made, and
// returns what to tell the operator.
func (s *Server) Prepare(ctx context.Context) (welcome string, err error) {
	var b strings.Builder
	fmt.Fprintf(&b, "Engawa is at %s\n", s.config.BaseURL)
	if s.config.Demo {
		empty, err := s.people.NeedsSetup(ctx)
		if err != nil {
			return "", err
		}
		welcome, err := s.fillDemo(ctx, empty)
		return b.String() + welcome, err
	}
	if s.config.AdminLogin != "" {
		made, err := s.people.SetUpUnattended(ctx, identity.Setup{
			Name: s.config.AdminLogin, Code: s.config.AdminLogin, Password: s.config.AdminPassword, Company: "Engawa", Locale: "ja", Timezone: "Asia/Tokyo",
		})
		if err != nil {
			return "", err
		}
		if made {
			fmt.Fprintf(&b, "Administrator %q was made. Log in with ENGAWA_ADMIN_PASSWORD.\n", s.config.AdminLogin)
		}
	}
	empty, err := s.people.NeedsSetup(ctx)
	if err != nil || !empty {
		return b.String(), err
	}
	secret, err := s.people.NewSetupSecret(ctx)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(&b, "The site is empty. Make its first administrator here, once:\n  %s/setup/%s\n", s.config.BaseURL, secret)
	return b.String(), nil
}
