package notify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/mail"
	"github.com/engawa/engawa/internal/text"
)

// Mail is a mail to one person.
type Mail struct {
	ID            id.Mail
	To, Name      string // address and name
	Subject, Text string
	State         MailState
	At            time.Time // when it was written

	user      id.User
	messageID string
}

// MailState is how far a mail has come.
type MailState string

// The states of mails.
const (
	Queued MailState = "queued"
	Sent   MailState = "sent"
	Failed MailState = "failed"
)

// sendMail is the kind of the jobs that send mails; sendAttempts spreads over about four hours.
const (
	sendMail     = "mail.send"
	sendAttempts = 12
)

// send sends a mail, at least once: if the process dies after the mail server took it and before the row says so, it is
// sent again, under the same Message-ID, by which mail programs know it as the same. That is better here than the other
// choice, of a customer's word that nobody hears.
func (s *Notices) send(ctx context.Context, j *job.Job, l letter) error {
	var m Mail
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		m, err = readMail(ctx, tx, l.Mail)
		return err
	})
	if err != nil || m.State != Queued {
		return err
	}
	if _, ok, err := s.people.ActAs(ctx, m.user); err != nil {
		return err
	} else if !ok {
		return s.settle(ctx, m.ID, Failed, errors.New("the receiver has been suspended"))
	}
	err = s.options.Sender.Send(ctx, mail.Message{ID: m.messageID, To: m.To, ToName: m.Name, Subject: m.Subject, Text: m.Text, At: m.At})
	switch {
	case err == nil:
		return s.settle(ctx, m.ID, Sent, nil)
	case errors.Is(err, mail.ErrAddress):
		return errors.Join(job.Permanent(err), s.settle(ctx, m.ID, Failed, err))
	case j.Attempt >= sendAttempts:
		return errors.Join(err, s.settle(ctx, m.ID, Failed, err))
	}
	return errors.Join(err, s.settle(ctx, m.ID, Queued, err))
}

// settle writes down how far a mail has come, and why no further.
func (s *Notices) settle(ctx context.Context, n id.Mail, state MailState, reason error) error {
	said := ""
	if reason != nil {
		said = text.Keep(reason.Error())
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var sent any
		if state == Sent {
			sent = tx.Now()
		}
		_, err := tx.Exec(ctx, `UPDATE mail SET state = ?, error = ?, sent_at = ? WHERE id = ?`, string(state), said, sent, n)
		if err != nil {
			return fmt.Errorf("notify: mail %d: %w", n, err)
		}
		return nil
	})
}

func insertMail(ctx context.Context, tx *db.Tx, m *Mail) error {
	m.messageID = id.Short(24)
	err := tx.QueryRow(ctx, `
		INSERT INTO mail (message_id, user_id, address, name, subject, body, state, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		m.messageID, m.user, m.To, m.Name, m.Subject, m.Text, string(Queued), tx.Now()).Scan(&m.ID)
	if err != nil {
		return fmt.Errorf("notify: mail: %w", err)
	}
	return nil
}

const selectMails = `SELECT id, message_id, user_id, address, name, subject, body, state, created_at FROM mail`

func (m *Mail) scan(row db.RowScanner) error {
	return row.Scan(&m.ID, &m.messageID, &m.user, &m.To, &m.Name, &m.Subject, &m.Text, &m.State, &m.At)
}

// readMail returns a mail. Errors: NotFound.
func readMail(ctx context.Context, tx *db.Tx, n id.Mail) (m Mail, err error) {
	err = m.scan(tx.QueryRow(ctx, selectMails+" WHERE id = ?", n))
	if errors.Is(err, db.ErrNoRows) {
		return m, errs.E(errs.NotFound, "mail.notFound", errs.Args{"id": id.String(n)})
	}
	return m, err
}
