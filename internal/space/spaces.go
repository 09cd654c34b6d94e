package space

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// Create makes a space with one thread, whose administrator is who, and returns it.
//
// Errors: Forbidden for who is no user; Invalid by path.
func (s *Spaces) Create(ctx context.Context, who access.Actor, name string) (n id.Space, err error) {
	if who.Kind() != access.KindUser {
		return 0, errs.E(errs.Forbidden, "forbidden")
	}
	var p errs.Fields
	checkName(name, "name", &p)
	if err := p.Err(); err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		now := tx.Now()
		err := tx.QueryRow(ctx, `INSERT INTO space (name, creator_id, created_at, modifier_id, modified_at) VALUES (?, ?, ?, ?, ?) RETURNING id`,
			name, who.UserID(), now, who.UserID(), now).Scan(&n)
		if err != nil {
			return fmt.Errorf("space: create: %w", err)
		}
		thread, err := addThread(ctx, tx, who, n, name)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE space SET default_thread = ? WHERE id = ?`, thread, n); err != nil {
			return fmt.Errorf("space: create: %w", err)
		}
		return writeMembers(ctx, tx, n, []Member{{Kind: "USER", ID: int64(who.UserID()), Admin: true}})
	})
	return n, err
}

// Get returns a space.
//
// Errors: NotFound when there is none, or who may not know of it.
func (s *Spaces) Get(ctx context.Context, who access.Actor, n id.Space) (out Space, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		out, err = s.visible(ctx, tx, who, n)
		return err
	})
	return out, err
}

// visible returns a space that who may know of.
func (s *Spaces) visible(ctx context.Context, tx *db.Tx, who access.Actor, n id.Space) (Space, error) {
	out, err := read(ctx, tx, n)
	if err == nil && !out.Admits(who) {
		err = notFound(n)
	}
	return out, err
}

// All returns every space, oldest first, for administrators of the site.
func (s *Spaces) All(ctx context.Context, who access.Actor) (list []Space, err error) {
	if !who.Admin() && who.Kind() != access.KindSystem {
		return nil, errs.E(errs.Forbidden, "forbidden")
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		list, err = readAll(ctx, tx)
		return err
	})
	return list, err
}

// readAll returns every space with its members, oldest first.
func readAll(ctx context.Context, tx *db.Tx) ([]Space, error) {
	list, err := db.Collect(ctx, tx, (*Space).scan, selectSpace+` ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("space: list: %w", err)
	}
	members, err := readAllMembers(ctx, tx)
	for i := range list {
		list[i].Members = members[list[i].ID]
	}
	return list, err
}

// Edit changes a space: fn gets it to change and notes what is wrong in p. Its members are for SetMembers. A space of several
// threads stays one, whatever fn says.
//
// Errors: NotFound; Forbidden for who does not administer it; Invalid by path.
// Source: kintone REST API, "Update Space".
func (s *Spaces) Edit(ctx context.Context, who access.Actor, n id.Space, fn func(sp *Space, p *errs.Fields)) error {
	return s.change(ctx, who, n, func(ctx context.Context, tx *db.Tx, sp Space) error {
		before := sp
		var p errs.Fields
		fn(&sp, &p)
		checkName(sp.Name, "name", &p)
		sp.MultiThread = sp.MultiThread || before.MultiThread
		sp.Body = cleanBody(sp.Body, "body", &p)
		if err := p.Err(); err != nil {
			return err
		}
		if sp.Name != before.Name && !sp.MultiThread {
			if err := renameThread(ctx, tx, sp.DefaultThread, sp.Name); err != nil {
				return err
			}
		}
		if err := write(ctx, tx, who, sp); err != nil {
			return err
		}
		return s.changed(ctx, tx, n)
	})
}

// SetMembers replaces the members of a space.
//
// Errors: as Edit; Invalid "space.unknownMember".
func (s *Spaces) SetMembers(ctx context.Context, who access.Actor, n id.Space, list []Entity) error {
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return err
	}
	return s.change(ctx, who, n, func(ctx context.Context, tx *db.Tx, sp Space) error {
		var p errs.Fields
		members, err := resolve(dir, list, "members", &p)
		if err == nil {
			err = p.Err()
		}
		if err != nil {
			return err
		}
		if err := writeMembers(ctx, tx, n, members); err != nil {
			return err
		}
		if err := write(ctx, tx, who, sp); err != nil {
			return err
		}
		return s.changed(ctx, tx, n)
	})
}

// Delete removes a space; remove is called in the same transaction, for what is in it.
//
// Errors: as Edit.
func (s *Spaces) Delete(ctx context.Context, who access.Actor, n id.Space, remove func(ctx context.Context) error) error {
	return s.change(ctx, who, n, func(ctx context.Context, tx *db.Tx, _ Space) error {
		if err := remove(ctx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE space SET deleted_at = ?, modifier_id = ? WHERE id = ?`, tx.Now(), who.UserID(), n); err != nil {
			return fmt.Errorf("space: delete %d: %w", n, err)
		}
		return s.changed(ctx, tx, n)
	})
}

// change does something to a space that who administers.
func (s *Spaces) change(ctx context.Context, who access.Actor, n id.Space, do func(ctx context.Context, tx *db.Tx, sp Space) error) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		sp, err := s.visible(ctx, tx, who, n)
		if err != nil {
			return err
		}
		if !sp.Administers(who) {
			return errs.E(errs.Forbidden, "forbidden")
		}
		return do(ctx, tx, sp)
	})
}

// Changed is the payload of the event space.changed.
type Changed struct {
	Space id.Space `json:"space"`
}

func (s *Spaces) changed(ctx context.Context, tx *db.Tx, n id.Space) error {
	for _, fn := range s.changes {
		if err := fn(ctx, tx, n); err != nil {
			return err
		}
	}
	return job.Emit(ctx, tx, "space.changed", Changed{n})
}
