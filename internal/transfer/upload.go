package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

// Upload keeps a file and finds out how it reads. Nothing is kept of a file that is no table.
//
// Errors: Forbidden for who is no user; TooLarge above MaxSize; Invalid with what is wrong with the file (see
// sheet.Sniff), or "request.cut" when r ends too early.
func (s *Imports) Upload(ctx context.Context, who access.Actor, name string, r io.Reader) (*Import, error) {
	if err := user(who); err != nil {
		return nil, err
	}
	upload := &upload{r: r}
	stored, err := s.blobs.Put(ctx, upload, MaxSize)
	if upload.err != nil {
		return nil, errs.E(errs.Invalid, "request.cut").With(upload.err)
	}
	if err != nil {
		return nil, err
	}
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, "_"), `\`, "/"))
	m := &Import{Owner: who.UserID(), FileName: clip(name, 255), Size: stored.Size, State: Previewed, AppName: appName(name), blob: stored.Key}
	m.asked.Unnamed = i18n.T(who.Lang(), "import.unnamed", nil)
	if err = s.sniff(ctx, m); err == nil {
		var old []string
		err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			if err := insert(ctx, tx, m); err != nil {
				return fmt.Errorf("transfer: upload: %w", err)
			}
			old, err = forget(ctx, tx, who.UserID())
			return err
		})
		if err == nil {
			return m, s.drop(ctx, old)
		}
	}
	return nil, errors.Join(err, s.drop(ctx, []string{stored.Key}))
}

// upload remembers that it was the sender who broke off, and not our disk.
type upload struct {
	r   io.Reader
	err error
}

func (u *upload) Read(b []byte) (int, error) {
	n, err := u.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		u.err = err
	}
	return n, err
}

// appName suggests what to call the app of a file.
func appName(file string) string {
	name := strings.TrimSpace(strings.TrimSuffix(file, path.Ext(file)))
	if r := []rune(name); len(r) > 64 {
		name = string(r[:64])
	}
	return name
}

// sniff sets m's preview.
func (s *Imports) sniff(ctx context.Context, m *Import) error {
	f, err := s.open(ctx, m)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	p, err := sheet.Sniff(f, m.Size, m.FileName, m.asked)
	if err != nil {
		return err
	}
	m.Preview, m.Rows, m.Exact = clipped(p), p.Rows, p.Exact
	return nil
}

// Reading is how a file is to be read where the guess was wrong; what is nil stays as it is.
type Reading struct {
	Encoding, Separator, Sheet *string
	HasHeader                  *bool
}

// Read looks at the file again, as a person says it is to be read.
//
// Errors: NotFound; Conflict "import.started" once it has been started; Invalid as Upload.
func (s *Imports) Read(ctx context.Context, who access.Actor, n id.Import, how Reading) (*Import, error) {
	m, err := s.Get(ctx, who, n)
	if err != nil {
		return nil, err
	}
	if m.State != Previewed {
		return nil, errs.E(errs.Conflict, "import.started")
	}
	how.ask(m)
	if err := s.sniff(ctx, m); err != nil {
		return nil, err
	}
	return m, s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		ok, err := update(ctx, tx, n, Previewed, "asked = ?, preview = ?, rows_total = ?, rows_exact = ?",
			toJSON(m.asked), toJSON(m.Preview), m.Rows, m.Exact)
		if err == nil && !ok {
			err = errs.E(errs.Conflict, "import.started")
		}
		return err
	})
}

// ask notes in m what was corrected. Where the table begins was guessed together with the header: it is guessed anew
// when the rows become others, and kept when only the header was wrong.
func (how Reading) ask(m *Import) {
	a := &m.asked
	if how.Encoding != nil {
		a.Encoding = sheet.Encoding(*how.Encoding)
	}
	if how.Separator != nil || how.Sheet != nil {
		a.Header, a.Skip = sheet.HeaderGuess, 0
	}
	if how.Separator != nil {
		a.Separator = *how.Separator
	}
	if how.Sheet != nil {
		a.Sheet = *how.Sheet
	}
	if how.HasHeader == nil {
		return
	}
	a.Skip = m.Preview.Options.Skip
	a.Header = sheet.HeaderNo
	if *how.HasHeader {
		a.Header = sheet.HeaderYes
	}
}
