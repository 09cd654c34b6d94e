package server

import (
	"path/filepath"

	"github.com/engawa/engawa/internal/mail"
)

// outbox is the folder of the mails that no mail server takes.
const outbox = "outbox"

// mailer returns what sends the site's mails.
func (s *Server) mailer() (mail.Sender, error) {
	return mail.New(mail.Options{
		SMTPURL: s.config.SMTPURL, From: s.config.MailFrom, FromName: "Engawa", Outbox: filepath.Join(s.config.Data, outbox),
	})
}
