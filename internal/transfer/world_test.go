package transfer_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/transfer/sheet"
	"github.com/engawa/engawa/internal/world"
)

// site is a world with imports.
type site struct {
	*world.World
	*transfer.Imports
	blobs *blobs
}

func newSite(w *world.World) *site {
	w.T.Helper()
	b := &blobs{Folder: w.Blobs}
	s := &site{World: w, Imports: transfer.New(w.DB, b, w.People, w.Apps, w.Records), blobs: b}
	s.Register(w.Jobs)
	return s
}

// each runs body on every database.
func each(t *testing.T, body func(t *testing.T, s *site)) {
	t.Helper()
	world.Each(t, func(t *testing.T, w *world.World) { body(t, newSite(w)) })
}

// send uploads a file for who.
func (s *site) send(who access.Actor, name, content string) *transfer.Import {
	s.T.Helper()
	m, err := s.Imports.Upload(s.T.Context(), who, name, strings.NewReader(content))
	if err != nil {
		s.T.Fatal(err)
	}
	return m
}

// begin starts an import with the columns as they were guessed, but for the types given by label; "skip" leaves one out.
func (s *site) begin(who access.Actor, m *transfer.Import, types map[string]string) {
	s.T.Helper()
	if err := s.Start(s.T.Context(), who, m.ID, "取り込み", choices(m, types)); err != nil {
		s.T.Fatal(err)
	}
}

func choices(m *transfer.Import, types map[string]string) (list []transfer.Choice) {
	for i, c := range m.Preview.Columns {
		choice := transfer.Choice{Column: transfer.Column{Index: i, Label: c.Label, Type: c.Type}}
		if t, ok := types[c.Label]; ok {
			choice.Type, choice.Skip = sheet.Type(t), t == "skip"
		}
		list = append(list, choice)
	}
	return list
}

// now is the administrator's view of an import as it stands.
func (s *site) now(n id.Import) *transfer.Import {
	s.T.Helper()
	m, err := s.Get(s.T.Context(), s.Root.Actor(), n)
	if err != nil {
		s.T.Fatal(err)
	}
	return m
}

// taken makes an app of a file, waits for it, and returns the import.
func (s *site) taken(name, content string, types map[string]string) *transfer.Import {
	s.T.Helper()
	m := s.send(s.Root.Actor(), name, content)
	s.begin(s.Root.Actor(), m, types)
	s.Drain()
	return s.now(m.ID)
}

// csv returns the records of an app as the administrator exports them: the fields with these codes, in an order.
func (s *site) csv(app id.App, order string, fields ...string) string {
	s.T.Helper()
	var b strings.Builder
	e, err := s.set(app).Export(s.T.Context(), order, fields)
	if err == nil {
		err = transfer.Export(s.T.Context(), e, &b, transfer.ExportOptions{Encoding: sheet.UTF8, RecordStart: "start"})
	}
	if err != nil {
		s.T.Fatal(err)
	}
	return strings.ReplaceAll(b.String(), "\r\n", "\n")
}

func (s *site) set(app id.App) *record.Set {
	s.T.Helper()
	set, err := s.Records.Open(s.T.Context(), s.Root.Actor(), app)
	if err != nil {
		s.T.Fatal(err)
	}
	return set
}

// blobs is a folder whose files a test can watch being read.
type blobs struct {
	*blob.Folder
	mu sync.Mutex
	at int64
	do func() error
}

// when has fn run once, when something at or behind the byte at is read. Its error is that of the read.
func (b *blobs) when(at int64, fn func() error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at, b.do = at, fn
}

func (b *blobs) reached(at int64) error {
	b.mu.Lock()
	do := b.do
	if do == nil || at < b.at {
		b.mu.Unlock()
		return nil
	}
	b.do = nil
	b.mu.Unlock()
	return do()
}

func (b *blobs) Open(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	f, err := b.Folder.Open(ctx, key)
	return &watched{ReadSeekCloser: f, b: b}, err
}

type watched struct {
	io.ReadSeekCloser
	b *blobs
}

func (w *watched) Read(p []byte) (int, error) {
	at, err := w.Seek(0, io.SeekCurrent)
	if err = errors.Join(err, w.b.reached(at)); err != nil {
		return 0, err
	}
	return w.ReadSeekCloser.Read(p)
}
