package record

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Found is a record as the API shows it, with only the fields that the Set may show.
type Found = table.Found

// Page is a part of what a query finds.
type Page struct {
	Records []Found
	Total   int // before limit and offset; -1 when not asked for
}

// Query returns the records of s that text matches: at most 500 (100 unless the query says otherwise), newest first
// unless it orders them. With fields (codes), only those are shown; codes that s does not show are ignored. Total is
// counted only when asked for, because counting reads every match.
// Times are UTC. NUMBER values are decimal strings, never floats.
//
// Errors: Invalid when the query does not parse or names an unknown field; Forbidden when s may not view.
// Source: kintone REST API, "Get Records".
func (s *Set) Query(ctx context.Context, text string, fields []string, total bool) (Page, error) {
	q, err := s.check(ctx, text)
	if err != nil {
		return Page{}, err
	}
	page := Page{Total: -1}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if page.Records, err = s.table().List(ctx, tx, s.records.planner, s.form(), s.lens, q, q.Limit, s.show(fields)); err != nil {
			return err
		}
		if total {
			page.Total, err = s.table().Count(ctx, tx, s.records.planner, s.form(), s.lens, q, 0)
		}
		return err
	})
	return page, err
}

// check parses a query and binds it to what s shows.
func (s *Set) check(ctx context.Context, text string) (*query.Checked, error) {
	if err := s.need(access.View); err != nil {
		return nil, err
	}
	q, err := query.Parse(text)
	if err != nil {
		return nil, err
	}
	names, err := s.schema(ctx, q)
	if err != nil {
		return nil, err
	}
	return query.Check(q, names, s.searchEnv())
}

// Get returns one record.
//
// Errors: Forbidden when s may not view; NotFound when there is no such record, or none that s shows.
func (s *Set) Get(ctx context.Context, record id.Record) (Found, error) {
	if err := s.need(access.View); err != nil {
		return Found{}, err
	}
	var found Found
	show, read := s.show(nil), s.records.db.ReadOne
	if show.Tables() { // their rows are read after the record, and are to be of the same moment
		read = s.records.db.Read
	}
	err := read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		var ok bool
		if found, ok, err = s.table().One(ctx, tx, record, show); err == nil && !ok {
			err = notFound(record)
		}
		return err
	})
	return found, err
}

// show is what of a record goes out: all visible fields, or those of a list of codes.
func (s *Set) show(codes []string) table.Show {
	sh := table.Show{Lens: s.lens, Directory: s.directory}
	if len(codes) == 0 {
		sh.ID, sh.Revision = true, true
		if sh.View = s.view; sh.View == nil {
			sh.View = s.table().NewView(s.lens, s.lens.Fields())
		}
		return sh
	}
	var fields []*field.Field
	for _, f := range s.lens.Fields() {
		if slices.Contains(codes, f.Code) {
			fields = append(fields, f)
		}
	}
	sh.View = s.table().NewView(s.lens, fields)
	sh.ID, sh.Revision = slices.Contains(codes, query.ID), slices.Contains(codes, "$revision")
	return sh
}

// Counted is how many records there are; not Exact means "at least".
type Counted struct {
	Count int
	Exact bool
}

// countAtMost bounds what counting for a screen may cost.
const countAtMost = 100_000

// Count returns how many records a query finds, up to 100,000.
func (s *Set) Count(ctx context.Context, text string) (c Counted, err error) {
	q, err := s.check(ctx, text)
	if err != nil {
		return c, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		c.Count, err = s.table().Count(ctx, tx, s.records.planner, s.form(), s.lens, q, countAtMost+1)
		return err
	})
	if c.Exact = c.Count <= countAtMost; !c.Exact {
		c.Count = countAtMost
	}
	return c, err
}

// Neighbours returns the records before and after one in the order of a query, among the first 10,000 it finds; 0 is none.
func (s *Set) Neighbours(ctx context.Context, record id.Record, text string) (previous, next id.Record, err error) {
	q, err := s.check(ctx, text)
	if err != nil {
		return 0, 0, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		ids, err := s.table().IDs(ctx, tx, s.lens, q, query.MaxOffset)
		if i := slices.Index(ids, record); i >= 0 {
			if i > 0 {
				previous = ids[i-1]
			}
			if i+1 < len(ids) {
				next = ids[i+1]
			}
		}
		return err
	})
	return previous, next, err
}

// Title names a record for people. Source of lists, notices and trash.
func (s *Set) Title(ctx context.Context, record id.Record) (title string, err error) {
	if err := s.need(access.View); err != nil {
		return "", err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, c, ok, err := s.load(ctx, tx, record)
		if err == nil && !ok {
			return notFound(record)
		}
		title = s.title(h, c)
		return err
	})
	return title, err
}

// Shows reports whether the actor sees a field, at the top level or in a table, in a record.
//
// Errors: NotFound when that depends on the record, and he cannot see it.
func (s *Set) Shows(ctx context.Context, record id.Record, f *field.Field) (shown bool, err error) {
	sight, visible := s.lens.Sight(f.Code)
	if !visible || sight.Mask == nil {
		return visible, nil
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, c, ok, err := s.load(ctx, tx, record)
		if err != nil || !ok {
			return orMissing(err, record)
		}
		shown = s.shown(f, h, c)
		return nil
	})
	return shown, err
}

// Draft checks an input as Add (record 0) or Update would, and writes nothing. With or without problems it returns the
// values that would follow from the input, as the API shows them, by field code: of those the actor may see.
func (s *Set) Draft(ctx context.Context, record id.Record, in Input) (map[string]json.RawMessage, error) {
	var p errs.Fields
	d := s.decoder(&p)
	d.lookupPaths = true
	if _, err := s.uploads(ctx, d.env, record, in); err != nil {
		return nil, err
	}
	var follows map[string]json.RawMessage
	err := s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		before, now := table.NewContent(), table.Content{}
		h, c, ok, err := s.load(ctx, tx, record)
		switch {
		case err == nil && record == 0:
			if err = s.need(access.Add); err == nil {
				_, now, err = d.add(ctx, in, "record")
			}
		case err != nil || !ok:
			return orMissing(err, record)
		case !s.may(access.Edit, h, c):
			return s.refused()
		default:
			before = c
			now, err = d.update(ctx, h, s.touched(h, tx).Head, c, in, "record")
		}
		if err != nil {
			return err
		}
		follows = d.derived(now)
		if err := s.uniqueness(&p).check(ctx, tx, d.before, before, now, "record"); err != nil {
			return err
		}
		return p.Err()
	})
	return follows, err
}

func orMissing(err error, record id.Record) error {
	if err != nil {
		return err
	}
	return notFound(record)
}
