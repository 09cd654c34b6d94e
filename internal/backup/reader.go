package backup

import (
	"archive/tar"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/engawa/engawa/internal/blob"
)

// Limits of what is read, so that no file can take more memory than these, whatever it claims.
const (
	maxJSON   = 64 << 20 // of header and contents, in bytes
	maxSecret = 4 << 10
)

// visitor takes what stands in a backup, in order. Readers are good until the method returns, and need not be read.
type visitor interface {
	header(h Header) error
	secret(key []byte) error
	object(key string, size int64, r io.Reader) error
	table(name string) (line func([]byte) error, err error) // at the first line of each
	app(name string) (line func([]byte) error, err error)
	file() (line func([]byte) error, err error) // of the list
	contents(c Contents) error
}

var partOf = regexp.MustCompile(`^(tables/[a-z][a-z0-9_]*|records/[1-9][0-9]*|list/files)/([0-9]{6,})\.jsonl$`)

// walker goes through a backup from the first byte to the last.
type walker struct {
	ctx    context.Context
	v      visitor
	stage  int             // the last kind of entry, of which none comes back
	seen   map[string]bool // streams that have begun
	stream string          // the present one
	part   int
	line   func([]byte) error
	done   bool
}

// The order of entries.
const (
	atStart = iota
	atHeader
	atSecret
	atFiles
	atStreams
	atContents
)

// walk shows v all of a backup. Only when it returns nil is it sure that the backup is whole: what v has seen before may be
// anything.
//
// Errors: those of seal.go; what v returns; one that names the entry for what a backup cannot hold.
func walk(ctx context.Context, r io.Reader, passphrase string, v visitor) error {
	u, err := newUnsealer(r, passphrase)
	if err != nil {
		return err
	}
	w := &walker{ctx: ctx, v: v, seen: map[string]bool{}}
	if err := w.entries(tar.NewReader(u)); err != nil {
		if ctx.Err() == nil && !errors.Is(err, errDamaged) && !u.intact() {
			err = fmt.Errorf("%w (%w)", errDamaged, err)
		}
		return err
	}
	return u.finish()
}

func (w *walker) entries(in *tar.Reader) error {
	for {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		h, err := in.Next()
		if errors.Is(err, io.EOF) && w.done {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w (%w)", errDamaged, err)
		}
		if err := w.entry(h, in); err != nil {
			return err
		}
	}
}

func (w *walker) entry(h *tar.Header, r io.Reader) error {
	if h.Typeflag != tar.TypeReg || h.Format != tar.FormatUSTAR {
		return unexpected(h.Name)
	}
	switch {
	case w.done:
		return unexpected(h.Name)
	case h.Name == headerName:
		var v Header
		if err := w.json(atHeader, h, r, &v); err != nil {
			return err
		}
		return w.v.header(v)
	case w.stage == atStart:
		return errNotOurs
	case h.Name == contentsName:
		var v Contents
		if err := w.json(atContents, h, r, &v); err != nil {
			return err
		}
		w.done = true
		return w.v.contents(v)
	case h.Name == secretName:
		return w.secret(h, r)
	case strings.HasPrefix(h.Name, filesFolder):
		return w.object(h, r)
	}
	return w.lines(h, r)
}

// reach goes on to a kind of entry; only files and streams are several.
func (w *walker) reach(stage int, h *tar.Header) error {
	several := stage == atFiles || stage == atStreams
	if stage < w.stage || stage == w.stage && !several {
		return unexpected(h.Name)
	}
	w.stage = stage
	return nil
}

func (w *walker) json(stage int, h *tar.Header, r io.Reader, v any) error {
	if err := w.reach(stage, h); err != nil {
		return err
	}
	b, err := w.all(h, r, maxJSON)
	if err == nil {
		err = decode(b, v)
	}
	if err != nil {
		return fmt.Errorf("backup: %s: %w", h.Name, err)
	}
	return nil
}

func (w *walker) secret(h *tar.Header, r io.Reader) error {
	if err := w.reach(atSecret, h); err != nil {
		return err
	}
	b, err := w.all(h, r, maxSecret)
	if err != nil {
		return err
	}
	return w.v.secret(b)
}

func (w *walker) all(h *tar.Header, r io.Reader, most int64) ([]byte, error) {
	if h.Size > most {
		return nil, fmt.Errorf("backup: %s is too large", h.Name)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", errDamaged, err)
	}
	return b, nil
}

func (w *walker) object(h *tar.Header, r io.Reader) error {
	key := strings.TrimPrefix(h.Name, filesFolder)
	if !blob.IsKey(key) || h.Size > maxObject {
		return unexpected(h.Name)
	}
	// New files follow on the list of those that the snapshot has, never behind rows.
	if err := w.reach(atFiles, h); err != nil {
		return err
	}
	return w.v.object(key, h.Size, r)
}

// lines gives a part of a stream to whom it is for. Parts follow on each other without a gap.
func (w *walker) lines(h *tar.Header, r io.Reader) error {
	m := partOf.FindStringSubmatch(h.Name)
	if m == nil {
		return unexpected(h.Name)
	}
	if err := w.reach(atStreams, h); err != nil {
		return err
	}
	if m[1] == w.stream {
		w.part++
	} else if err := w.begin(m[1], h); err != nil {
		return err
	}
	if h.Name != partName(w.stream, w.part) {
		return unexpected(h.Name)
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if err := w.line(lines.Bytes()); err != nil {
			return fmt.Errorf("backup: %s, line %d: %w", h.Name, n, err)
		}
		if n%1000 == 0 && w.ctx.Err() != nil {
			return w.ctx.Err()
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("backup: %s: a line is too long", h.Name)
	} else if err != nil {
		return fmt.Errorf("%w (%w)", errDamaged, err)
	}
	return nil
}

func (w *walker) begin(stream string, h *tar.Header) (err error) {
	if w.seen[stream] {
		return unexpected(h.Name)
	}
	w.seen[stream], w.stream, w.part = true, stream, 1
	folder, name, _ := strings.Cut(stream, "/")
	switch folder + "/" {
	case tablesFolder:
		w.line, err = w.v.table(name)
	case recordFolder:
		w.line, err = w.v.app(name)
	default:
		w.line, err = w.v.file()
	}
	return err
}

func unexpected(name string) error {
	return fmt.Errorf("backup: %q is not what a backup holds there", name)
}
