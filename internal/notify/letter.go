package notify

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// maxQuote is how many characters of a comment a mail repeats.
const maxQuote = 2000

// post queues the mail of a notice for a person with an address, in his language.
func (s *Notices) post(ctx context.Context, tx *db.Tx, who access.Actor, n Notice) error {
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return err
	}
	to, ok := dir.Account(who.UserID())
	if !ok || to.Email == "" {
		return nil
	}
	words := map[string]any{
		"name": to.Name, "by": n.By, "app": n.AppName, "space": n.Place, "title": n.Title, "text": quote(n.Text),
		"url": s.options.BaseURL + n.Path(), "company": dir.Site().Name,
	}
	kind := "notify.mail." + string(n.Kind)
	if n.Thread != 0 {
		kind = "notify.mail.thread"
	}
	m := Mail{
		user: who.UserID(), To: to.Email, Name: to.Name,
		Subject: i18n.T(who.Lang(), kind+".subject", words),
		Text:    i18n.T(who.Lang(), kind+".text", words),
	}
	if err := insertMail(ctx, tx, &m); err != nil {
		return err
	}
	_, err = job.Enqueue(ctx, tx, sendMail, letter{m.ID}, job.Options{MaxAttempts: sendAttempts})
	return err
}

// letter is the payload of a job that sends a mail.
type letter struct {
	Mail id.Mail `json:"mail"`
}

func quote(text string) string {
	if r := []rune(text); len(r) > maxQuote {
		return string(r[:maxQuote]) + "…"
	}
	return text
}
