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
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list = nil
		rows, err := tx.Query(ctx, selectMails+" ORDER BY id DESC LIMIT ?", maxMails)
		if err != nil {
			return fmt.Errorf("notify: mails: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var m Mail
			if err := m.scan(rows); err != nil {
				return fmt.Errorf("notify: mails: %w", err)
			}
			list = append(list, s.forAdmin(m))
		}
		return rows.Err()
	})
	return list, err
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
