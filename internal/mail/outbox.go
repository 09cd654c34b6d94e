package mail

import (
	"context"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
)

// Outbox writes each mail into a folder as ID.eml. A mail that is sent again replaces its file.
type Outbox struct {
	dir  string
	from *mail.Address
}

// Send writes m.
func (o *Outbox) Send(_ context.Context, m Message) (err error) {
	msg, err := build(m, o.from)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("mail: outbox: %w", err)
		}
	}()
	if err := os.MkdirAll(o.dir, 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(o.dir, ".mail-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) //nolint:errcheck // renamed by then, or left behind with the error that is returned
	if _, err := msg.WriteTo(tmp); err != nil {
		tmp.Close() //nolint:errcheck // the first error counts
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), filepath.Join(o.dir, safeID(m.ID)+".eml"))
}
