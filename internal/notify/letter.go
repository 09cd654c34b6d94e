package notify

import (
	"cmp"
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// maxQuote is how many characters of a comment a mail repeats.
const maxQuote = 2000

// mailsTogether is how many mails the rules make for one person of what is told together: a change of a hundred records is a
// hundred notices, and no mailbox wants to hear of each.
const mailsTogether = 10

// wantsMail reports whether n, which is for r, makes a mail: it is for him himself, about something that he may have to act on.
func (r *reader) wantsMail(n Notice) bool {
	switch n.Kind {
	case Mention, Outside, Assigned:
		return true
	case Added, Edited, Status, Condition, Reminder:
		if n.ToMe && r.mails < mailsTogether {
			r.mails++
			return true
		}
	}
	return false
}

// words are the key of what the mail of n says.
func (n Notice) words() string {
	switch {
	case n.Thread != 0:
		return "notify.mail.thread"
	case n.Kind == Mention || n.Kind == Outside || n.Kind == Assigned:
		return "notify.mail." + string(n.Kind)
	}
	return "notify.mail.rule"
}

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
		"name": to.Name, "by": n.By, "app": n.AppName, "space": n.Place, "title": n.Title, "text": cut(n.Text, maxQuote),
		"url": s.options.BaseURL + n.Path(), "company": dir.Site().Name,
		"what": cmp.Or(n.Text, i18n.T(who.Lang(), "notify."+string(n.Kind), nil)),
	}
	m := Mail{
		user: who.UserID(), To: to.Email, Name: to.Name,
		Subject: i18n.T(who.Lang(), n.words()+".subject", words),
		Text:    i18n.T(who.Lang(), n.words()+".text", words),
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
