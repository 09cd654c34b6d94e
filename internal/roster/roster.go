// Package roster carries the people of a site in and out as files: users, their services, organisations, titles, groups
// and who is in which, in the columns of the User API. A file is read in the background, and all of it is taken or nothing.
//
// It writes through identity only, as the administrator who sent the file.
// Source: cybozu.com User API, CSV files.
package roster

import (
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
)

// MaxSize is how large a file may be, in bytes; maxLines how many people or units it may tell of. All of them are written
// in one transaction.
const (
	MaxSize  = 20 << 20
	maxLines = 20_000
)

// Kind is what a file tells of, by its name in the API.
type Kind string

// The kinds.
const (
	Users         Kind = "user"
	Services      Kind = "userServices"
	Organizations Kind = "organization"
	Places        Kind = "userOrganizations"
	Titles        Kind = "title"
	Groups        Kind = "group"
	Memberships   Kind = "userGroups"
)

// Kinds lists them.
func Kinds() []Kind {
	return []Kind{Users, Services, Organizations, Places, Titles, Groups, Memberships}
}

// Rosters are the files of people of a site.
type Rosters struct {
	db     *db.DB
	people *identity.Service
	files  *file.Files
}

// New returns the files of the people of d.
func New(d *db.DB, people *identity.Service, files *file.Files) *Rosters {
	return &Rosters{db: d, people: people, files: files}
}

// kind is that of the jobs that read files.
const kind = "roster.import"

// payload is what such a job is given.
type payload struct {
	Import id.Import `json:"import"`
}

// Register has r do the imports' work.
func (s *Rosters) Register(r *job.Runner) { r.Work(kind, job.Decoded(s.work)) }

// Upload keeps a file and returns its key, which is good for three days and for its sender.
//
// Errors: Forbidden unless who administers the site; TooLarge above MaxSize; Invalid without a name.
func (s *Rosters) Upload(ctx context.Context, who access.Actor, name, contentType string, r io.Reader) (key string, err error) {
	if !who.Admin() {
		return "", forbidden()
	}
	return s.files.Upload(ctx, who, path.Base(strings.ReplaceAll(name, `\`, "/")), contentType, &limited{r, MaxSize})
}

// limited refuses what is too much instead of cutting it off.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	if l.left -= int64(n); l.left < 0 {
		return 0, tooLarge()
	}
	return n, err
}

func tooLarge() error {
	return errs.E(errs.TooLarge, "roster.tooLarge", errs.Args{"megabytes": MaxSize >> 20})
}

// Options are the choices of an import.
type Options struct {
	// Loose takes a file of users with more or fewer columns of custom items than there are items.
	Loose bool
}

// Start has the file with a key, an upload of who's, taken in, and returns the number to ask Result for.
//
// Errors: Forbidden unless who administers the site; NotFound for a key that is not his.
func (s *Rosters) Start(ctx context.Context, who access.Actor, k Kind, key string, o Options) (n id.Import, err error) {
	if !who.Admin() {
		return 0, forbidden()
	}
	f, content, err := s.files.OpenUpload(ctx, who, key)
	if err != nil {
		return 0, err
	}
	if err := content.Close(); err != nil {
		return 0, err
	}
	if f.Size > MaxSize {
		return 0, tooLarge()
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if n, err = insert(ctx, tx, k, key, o, who.UserID()); err != nil {
			return err
		}
		_, err = job.Enqueue(ctx, tx, kind, payload{n}, job.Options{})
		return err
	})
	return n, err
}

// Result is what became of an import.
type Result struct {
	ID       id.Import
	Done     bool
	Problems []Problem // why nothing was taken, by line; none while it is not done or when all was
}

// Problem is something wrong with a file. Line counts from 1; 0 is the file as a whole.
type Problem struct {
	Line int       `json:"line"`
	Key  string    `json:"key"`
	Args errs.Args `json:"args,omitempty"`
}

// Result tells what became of an import. It is known for 30 days.
//
// Errors: Forbidden unless who administers the site; NotFound.
func (s *Rosters) Result(ctx context.Context, who access.Actor, n id.Import) (r Result, err error) {
	if !who.Admin() {
		return r, forbidden()
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		m, err := read(ctx, tx, n)
		if errors.Is(err, db.ErrNoRows) {
			err = errs.E(errs.NotFound, "import.notFound", errs.Args{"id": id.String(n)})
		}
		r = Result{ID: n, Done: m.done, Problems: m.problems}
		return err
	})
	return r, err
}

func forbidden() error { return errs.E(errs.Forbidden, "auth.forbidden") }
