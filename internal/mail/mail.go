// Package mail sends mails through an SMTP server, or, without one, leaves each as a file that can be opened by any
// mail program. It neither queues nor tries again (job) and writes no texts (i18n and whoever sends).
package mail

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"github.com/engawa/engawa/internal/text"
)

// Message is one mail to one person.
type Message struct {
	// ID names the mail for good, in letters, digits and dashes: a mail that is sent twice after a crash has the same.
	ID      string
	To      string // address
	ToName  string
	Subject string
	Text    string
	At      time.Time
}

// Sender delivers mails.
type Sender interface {
	// Send returns once the mail is accepted by the next server, or in its file.
	//
	// Errors: ErrAddress will not get better by trying again; all others may.
	Send(ctx context.Context, m Message) error
}

// ErrAddress says that a mail has no address it could be sent to.
var ErrAddress = errors.New("mail: not an address")

// Options say how mails are sent.
type Options struct {
	SMTPURL  string // smtp:// or smtps://; empty writes files
	From     string // address
	FromName string
	Outbox   string // folder for the files, made when needed
}

// New returns the sender that o describes.
func New(o Options) (Sender, error) {
	from, err := address(o.FromName, o.From)
	if err != nil {
		return nil, fmt.Errorf("mail: sender %q: %w", o.From, err)
	}
	if o.SMTPURL == "" {
		return &Outbox{dir: o.Outbox, from: from}, nil
	}
	return newSMTP(o.SMTPURL, from)
}

// build returns m as it goes over the wire. Line breaks and control characters in what becomes a header are removed,
// so that no text can add a header or a recipient.
func build(m Message, from *mail.Address) (*gomail.Msg, error) {
	to, err := address(m.ToName, m.To)
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrAddress, m.To)
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	msg.ToMailAddress(to)
	msg.Subject(text.OneLine(m.Subject))
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(safeID(m.ID) + "@" + from.Address[strings.LastIndexByte(from.Address, '@')+1:])
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	return msg, nil
}

// address checks an address and joins it with a name.
func address(name, addr string) (*mail.Address, error) {
	a, err := mail.ParseAddress(addr)
	if err != nil {
		return nil, err
	}
	if a.Address != addr || strings.ContainsFunc(addr, unicode.IsControl) {
		return nil, errors.New("want a bare address")
	}
	a.Name = text.OneLine(name)
	return a, nil
}

// safeID returns id with nothing in it that a header or a file name would take amiss.
func safeID(id string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return '_'
	}, id)
}
