// Package space keeps spaces: who is in them, their threads and what is said there. Apps say themselves which space they
// are in (app).
//
// Guest spaces are not there yet: every space is for people with an account.
package space

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// People knows who is who; identity.Service does.
type People interface {
	Directory(ctx context.Context) (identity.Directory, error)
}

// Files keeps the files that are said in threads; file.Files does.
type Files interface {
	// Say takes an upload of who's into a thread; its temporary key is used up.
	Say(ctx context.Context, tx *db.Tx, who access.Actor, upload string, thread id.Thread) (file.File, error)
}

// Spaces are the spaces of a site.
type Spaces struct {
	db      *db.DB
	people  People
	files   Files
	changes []Change
}

// Change is called in the transaction that changes a space or its members.
type Change func(ctx context.Context, tx *db.Tx, n id.Space) error

// OnChange has fn called with every change. It is for the start, before there are requests.
func (s *Spaces) OnChange(fn Change) { s.changes = append(s.changes, fn) }

// New returns the spaces kept in d.
func New(d *db.DB, people People, files Files) *Spaces {
	return &Spaces{db: d, people: people, files: files}
}

// Space is a space without its members and threads.
type Space struct {
	ID            id.Space
	Name          string
	Private       bool // only its members know of it
	FixedMember   bool // nobody joins or leaves by himself
	MultiThread   bool // several threads, and a body of its own
	AdminsCreate  bool // only its administrators make apps in it
	Hidden        []string
	Body          string // clean HTML
	DefaultThread id.Thread
	Creator       id.User
	CreatedAt     time.Time
	Modifier      id.User
	ModifiedAt    time.Time
	Members       []Member // in their order
}

// The parts of a space's page that may be hidden.
const (
	Announcement = "announcement"
	ThreadList   = "threads"
	AppList      = "apps"
	MemberList   = "members"
	RelatedLinks = "links"
)

// Shows reports whether a part of the page is shown.
func (s *Space) Shows(part string) bool { return !slices.Contains(s.Hidden, part) }

// Show shows or hides a part of the page.
func (s *Space) Show(part string, show bool) {
	s.Hidden = slices.DeleteFunc(slices.Clone(s.Hidden), func(p string) bool { return p == part })
	if !show {
		s.Hidden = append(s.Hidden, part)
	}
}

func notFound(n id.Space) error {
	return errs.E(errs.NotFound, "space.notFound", errs.Args{"id": id.String(n)})
}

// maxName is how long the names of spaces and threads may be, and maxBody their bodies, in characters.
// Source: kintone REST API, "Update Space", "Update Thread".
const (
	maxName = 128
	maxBody = 65_535
)

func checkName(name, path string, p *errs.Fields) {
	if n := len([]rune(name)); n < 1 || n > maxName {
		p.Add(path, "param.length", errs.Args{"min": 1, "max": maxName})
	}
}

func cleanBody(body, path string, p *errs.Fields) string {
	if len([]rune(body)) > maxBody {
		p.Add(path, "param.length", errs.Args{"min": 0, "max": maxBody})
	}
	return field.CleanHTML(body)
}

const selectSpace = `
	SELECT id, name, is_private, fixed_member, multi_thread, admins_create, hidden, body, default_thread,
		creator_id, created_at, modifier_id, modified_at
	FROM space WHERE deleted_at IS NULL`

func (s *Space) scan(row db.RowScanner) error {
	var hidden string
	err := row.Scan(&s.ID, &s.Name, &s.Private, &s.FixedMember, &s.MultiThread, &s.AdminsCreate, &hidden, &s.Body, &s.DefaultThread,
		&s.Creator, &s.CreatedAt, &s.Modifier, &s.ModifiedAt)
	s.Hidden = strings.FieldsFunc(hidden, func(r rune) bool { return r == ',' })
	return err
}

// Read returns a space for whoever decides who may know of it.
//
// Errors: NotFound.
func Read(ctx context.Context, tx *db.Tx, n id.Space) (*Space, error) {
	s, err := load(ctx, tx, n, "")
	return &s, err
}

// read returns a space with its members. In a Write it is this transaction's to change until it ends.
func read(ctx context.Context, tx *db.Tx, n id.Space) (Space, error) {
	return load(ctx, tx, n, tx.ForUpdate())
}

func load(ctx context.Context, tx *db.Tx, n id.Space, lock string) (s Space, err error) {
	err = s.scan(tx.QueryRow(ctx, selectSpace+` AND id = ?`+lock, n))
	if errors.Is(err, db.ErrNoRows) {
		return s, notFound(n)
	}
	if err != nil {
		return s, fmt.Errorf("space: read %d: %w", n, err)
	}
	s.Members, err = readMembers(ctx, tx, n)
	return s, err
}

func write(ctx context.Context, tx *db.Tx, who access.Actor, s Space) error {
	_, err := tx.Exec(ctx, `
		UPDATE space SET name = ?, is_private = ?, fixed_member = ?, multi_thread = ?, admins_create = ?, hidden = ?, body = ?,
			default_thread = ?, modifier_id = ?, modified_at = ? WHERE id = ?`,
		s.Name, s.Private, s.FixedMember, s.MultiThread, s.AdminsCreate, strings.Join(s.Hidden, ","), s.Body,
		s.DefaultThread, who.UserID(), tx.Now(), s.ID)
	if err != nil {
		return fmt.Errorf("space: write %d: %w", s.ID, err)
	}
	return nil
}
