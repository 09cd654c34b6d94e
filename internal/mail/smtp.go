package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// sendWithin bounds one conversation with the server.
const sendWithin = 30 * time.Second

// SMTP sends mails through a server, one conversation each.
type SMTP struct {
	host    string
	options []gomail.Option
	from    *mail.Address
}

// newSMTP reads smtp://[user:password@]host[:587] (encrypted when the server offers it, and always when a password is
// sent to another machine) or smtps:// (encrypted from the start, port 465).
func newSMTP(address string, from *mail.Address) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return nil, errors.New("mail: the SMTP address is not smtp://host or smtps://host") // it may hold a password: not shown
	}
	s := &SMTP{host: u.Hostname(), from: from, options: []gomail.Option{gomail.WithTimeout(sendWithin)}}
	port := 587
	switch u.Scheme {
	case "smtps":
		port = 465
		s.options = append(s.options, gomail.WithSSL())
	case "smtp":
		policy := gomail.TLSOpportunistic
		if ip := net.ParseIP(s.host); u.User != nil && s.host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			policy = gomail.TLSMandatory
		}
		s.options = append(s.options, gomail.WithTLSPolicy(policy))
	default:
		return nil, fmt.Errorf("mail: SMTP address: scheme %q, want smtp or smtps", u.Scheme)
	}
	if p := u.Port(); p != "" {
		if port, err = strconv.Atoi(p); err != nil {
			return nil, fmt.Errorf("mail: SMTP address: port %q", p)
		}
	}
	s.options = append(s.options, gomail.WithPort(port))
	if u.User != nil {
		password, _ := u.User.Password()
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	return s, nil
}

// Send hands m to the server.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := build(m, s.from)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	return nil
}
