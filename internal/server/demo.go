package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/demo"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/share"
)

// demoNote is the file in the data folder that says how to log in to the demo. Its passwords are made up at the first
// start and belong to this folder's data only, so a later start can show them again.
const demoNote = "demo.txt"

// fillDemo fills an empty site with the demo company and says how to log in. On a site that it has filled before it says
// so again, with the address it has now.
func (s *Server) fillDemo(ctx context.Context, empty bool) (welcome string, err error) {
	note := filepath.Join(s.config.Data, demoNote)
	if !empty {
		return s.demoAgain(note)
	}
	made, err := demo.Fill(ctx, demo.Parts{
		People: s.people, Apps: s.apps, Records: s.records, Files: s.files, Links: demoLinks{s.shares}, Now: s.db.Now(),
	}, demo.Account{Login: s.config.AdminLogin, Password: s.config.AdminPassword})
	if err != nil {
		return "", fmt.Errorf("%w (start again with an empty data folder)", err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\nThe demo company is %s. Log in at %s/login as\n", demo.Company, s.config.BaseURL)
	for _, a := range made.Accounts {
		role := ""
		if a.Admin {
			role = "  (administrator)"
		}
		fmt.Fprintf(&b, "  %-10s  password %s%s\n", a.Login, a.Password, role)
	}
	fmt.Fprintf(&b, "What a customer sees who was sent a record:\n  %s/s/%s\n\n", s.config.BaseURL, made.Token)
	return b.String(), os.WriteFile(note, []byte(b.String()), 0o600)
}

// noteAddress is where the note says what the site was called when it was written.
var noteAddress = regexp.MustCompile(`Log in at (\S+)/login as`)

// demoAgain returns what the note says, and writes it anew when the site is at another address by now. Without a note it is "".
func (s *Server) demoAgain(note string) (welcome string, err error) {
	b, err := os.ReadFile(note)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	was := noteAddress.FindSubmatch(b)
	if err != nil || was == nil || string(was[1]) == s.config.BaseURL {
		return string(b), err
	}
	welcome = strings.ReplaceAll(string(b), string(was[1])+"/", s.config.BaseURL+"/")
	return welcome, os.WriteFile(note, []byte(welcome), 0o600)
}

// demoLinks shares the demo's record, and answers as the customer would from his phone.
type demoLinks struct{ links *share.Links }

// Publish makes a link that takes comments and gives files.
func (d demoLinks) Publish(ctx context.Context, who access.Actor, app id.App, n id.Record, fields []string, until time.Time) (string, error) {
	_, token, err := d.links.Create(ctx, who, app, n, share.Change{Fields: &fields, ExpiresAt: &until, MayComment: new(true), MayDownload: new(true)})
	return token, err
}

// Answer opens the link and writes a comment.
func (d demoLinks) Answer(ctx context.Context, token, name, text string) error {
	v := share.Visitor{
		Token: token, Name: name, Lang: i18n.Ja, IP: netip.MustParseAddr("203.0.113.24"), // an address for examples
		Agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
	}
	if _, err := d.links.Read(ctx, v); err != nil {
		return err
	}
	_, _, err := d.links.Comment(ctx, v, text)
	return err
}
