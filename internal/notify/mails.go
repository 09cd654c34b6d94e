package notify

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// maxMails is how many mails administrators see.
const maxMails = 200

// Mails returns the latest mails without their texts, newest first.
//
// Errors: Forbidden unless who administers the site.
func (s *Notices) Mails(ctx context.Context, who access.Actor) (list []Mail, err error) {
	if !who.Admin() {
		return nil, errs.E(errs.Forbidden, "forbidden")
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		list, err = db.Collect(ctx, tx, (*Mail).scan, selectMails+" ORDER BY id DESC LIMIT ?", maxMails)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("notify: mails: %w", err)
	}
	for i, m := range list {
		list[i] = s.forAdmin(m)
	}
	return list, nil
}

// Mail returns one mail.
//
// Errors: Forbidden unless who administers the site; NotFound.
func (s *Notices) Mail(ctx context.Context, who access.Actor, n id.Mail) (m Mail, err error) {
	if !who.Admin() {
		return m, errs.E(errs.Forbidden, "forbidden")
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		m, err = readMail(ctx, tx, n)
		return err
	})
	return s.forAdmin(m), err
}

// forAdmin is m as administrators may see it: with a mail server, its text is between it and the receiver.
func (s *Notices) forAdmin(m Mail) Mail {
	if !s.options.Readable {
		m.Text = ""
	}
	return m
}
