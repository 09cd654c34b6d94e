package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/notify"
)

type mailOut struct {
	ID      string           `json:"id"`
	To      string           `json:"to"`
	Subject string           `json:"subject"`
	At      string           `json:"at"`
	State   notify.MailState `json:"state"`
	Text    string           `json:"text,omitempty"`
}

type mailsOut struct {
	Mails []mailOut `json:"mails"`
}

func showMail(m notify.Mail) mailOut {
	return mailOut{id.String(m.ID), m.To, m.Subject, instant(m.At), m.State, m.Text}
}

// getMails answers GET /api/v1/admin/mails.
func (a *API) getMails(ctx context.Context, who access.Actor, _ none) (mailsOut, error) {
	out := mailsOut{Mails: []mailOut{}}
	list, err := a.notices.Mails(ctx, who)
	for _, m := range list {
		m.Text = ""
		out.Mails = append(out.Mails, showMail(m))
	}
	return out, err
}

type getMailIn struct {
	ID Int `json:"id"`
}

// getMail answers GET /api/v1/admin/mail.
func (a *API) getMail(ctx context.Context, who access.Actor, in getMailIn) (mailOut, error) {
	var p errs.Fields
	n := id.Mail(in.ID.need(&p, "id", 1))
	if err := p.Err(); err != nil {
		return mailOut{}, err
	}
	m, err := a.notices.Mail(ctx, who, n)
	return showMail(m), err
}
