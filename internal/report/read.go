package report

import (
	"context"
	"errors"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// Page is how many snapshots a list shows at a time.
const Page = 50

// newest is above every id.
const newest = 1 << 62

// List returns the snapshots of a graph that who may see, below number before (0: from the newest), newest first, one page,
// and whether there are more.
//
// Errors: NotFound when there is no such graph that who may know of; Forbidden when he may not view the app's records.
func (s *Snapshots) List(ctx context.Context, who access.Actor, a id.App, of id.Report, before id.Snapshot) (list []Snapshot, more bool, err error) {
	set, err := s.records.Open(ctx, who, a)
	if err != nil {
		return nil, false, err
	}
	if _, err := set.Report(of); err != nil {
		return nil, false, err
	}
	if before == 0 {
		before = newest
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list = nil
		for len(list) <= Page {
			found, err := snapshots(ctx, tx, beat{a, of}, before, 2*Page)
			if err != nil {
				return err
			}
			for _, x := range found {
				if x.readable(set) {
					list = append(list, x)
				}
			}
			if len(found) < 2*Page {
				break
			}
			before = found[len(found)-1].ID
		}
		return nil
	})
	if len(list) > Page {
		return list[:Page], true, err
	}
	return list, false, err
}

// Get returns a snapshot.
//
// Errors: NotFound when there is none that who may see.
func (s *Snapshots) Get(ctx context.Context, who access.Actor, a id.App, n id.Snapshot) (x Snapshot, err error) {
	set, err := s.records.Open(ctx, who, a)
	if err != nil {
		return x, err
	}
	var of id.Report
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		x, of, err = snapshot(ctx, tx, a, n)
		return err
	})
	missing := errs.E(errs.NotFound, "report.snapshotNotFound", errs.Args{"id": id.String(n)})
	if errors.Is(err, db.ErrNoRows) {
		return x, missing
	}
	if err != nil {
		return x, err
	}
	if _, err := set.Report(of); err != nil || !x.readable(set) {
		return Snapshot{}, missing
	}
	return x, nil
}

// readable reports whether a reader may see s: he sees every field it was reckoned from, in every record; and he sees every
// record of the app, or it is his own and what decides about his records has not changed since. So nobody learns from a
// snapshot what he could not have reckoned himself.
func (s Snapshot) readable(set *record.Set) bool {
	lens := set.Lens()
	if !lens.Can(access.View) {
		return false
	}
	open := map[int64]bool{}
	show := func(f *field.Field) {
		ref, ok := lens.Lookup(f.Code)
		open[int64(f.ID)] = ok && ref.Mask == nil
	}
	for _, f := range lens.Fields() {
		show(f)
		for _, g := range lens.Inner(f) {
			show(g)
		}
	}
	for n := range field.Members(s.fields) {
		if !open[n] {
			return false
		}
	}
	if lens.All() {
		return true
	}
	who := set.Actor()
	return who.Kind() == access.KindUser && who.UserID() == s.By && s.rules == rulesOf(set.App().Settings, who)
}
