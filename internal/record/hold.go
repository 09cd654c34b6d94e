package record

import (
	"context"
	"maps"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Named are records of an app that a request is about to change. They may not be there, or not be the actor's to see.
type Named struct {
	Need   access.Verbs // what the request takes in the app: who may not do that changes none of them
	IDs    []id.Record
	Keys   []Key
	Upsert bool // keys that name nothing add records
}

// Hold makes the records of several apps tx's to change, for a request whose parts change them one after the other. Those
// that change the same records then never wait for each other both ways: all of them are first alone to add keys in the
// apps where they have to be, and then hold records, the lower app and the lower id first. Only what the actor may do in an
// app is held. It tells nothing of any record; what is wrong with the request is for its parts to tell.
func (r *Records) Hold(ctx context.Context, tx *db.Tx, who access.Actor, named map[id.App][]Named) error {
	type holding struct {
		set   *Set
		named Named
	}
	var list []holding
	for _, a := range slices.Sorted(maps.Keys(named)) {
		set, err := r.Open(ctx, who, a)
		if err != nil {
			if errs.Lasting(err) {
				continue
			}
			return err
		}
		h := holding{set: set}
		for _, n := range named[a] {
			if !set.lens.Can(n.Need) {
				continue
			}
			if err := set.aloneToAdd(ctx, tx, n); err != nil {
				return err
			}
			h.named.IDs = append(h.named.IDs, n.IDs...)
			h.named.Keys = append(h.named.Keys, n.Keys...)
		}
		list = append(list, h)
	}
	for _, h := range list {
		if err := h.set.hold(ctx, tx, h.named); err != nil {
			return err
		}
	}
	return nil
}

// write is the transaction of a call that changes records. The app's settings are still those that its input was checked
// against, and the records that it names are held, but one alone: that is held when it is loaded.
//
// Errors: Busy "record.appChanged".
func (s *Set) write(ctx context.Context, named Named, fn func(ctx context.Context, tx *db.Tx) error) error {
	return s.records.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		l, err := s.records.apps.Live(ctx, tx, s.live.ID)
		if err != nil {
			return err
		}
		if l.Settings.Revision != s.live.Settings.Revision {
			return errs.E(errs.Busy, "record.appChanged")
		}
		if len(named.IDs)+len(named.Keys) > 1 {
			if err := s.aloneToAdd(ctx, tx, named); err != nil {
				return err
			}
			if err := s.hold(ctx, tx, named); err != nil {
				return err
			}
		}
		return fn(ctx, tx)
	})
}

// aloneToAdd makes tx alone to add records by their keys if it will, for that comes before it holds any record. Requests
// whose records are all there wait for nobody. A key whose record is deleted in between is added all the same, out of turn.
func (s *Set) aloneToAdd(ctx context.Context, tx *db.Tx, n Named) error {
	if !n.Upsert || tx.ForUpdate() == "" {
		return nil
	}
	_, keys := s.naming(n)
	there, err := s.table().HasAll(ctx, tx, keys)
	if err != nil || there {
		return err
	}
	return s.alone(ctx, tx)
}

// alone waits until no other request adds records of the app by their keys: one after the other, and the later one finds
// what the earlier one added.
func (s *Set) alone(ctx context.Context, tx *db.Tx) error {
	return tx.Alone(ctx, "record.upsert "+id.String(s.live.ID))
}

// hold makes the records that n names tx's to change, the lowest id first. Keys that name nothing are left out.
func (s *Set) hold(ctx context.Context, tx *db.Tx, n Named) error {
	ids, keys := s.naming(n)
	return s.table().Lock(ctx, tx, ids, keys)
}

// naming are the ids and the keys by which the table may find the records that n names.
func (s *Set) naming(n Named) (ids []id.Record, keys []table.Key) {
	ids = slices.Clip(n.IDs)
	for _, k := range n.Keys {
		f, v, err := s.key(k)
		switch {
		case err != nil || v == "":
		case f.Type == field.RecordNumber:
			ids = append(ids, id.Record(number([]byte(v))))
		default:
			keys = append(keys, table.Key{Field: f, Value: v})
		}
	}
	return ids, keys
}

// namedBy are the records that changes name.
func namedBy(changes []Change, upsert bool) Named {
	n := Named{Upsert: upsert}
	for _, c := range changes {
		if c.ID != 0 {
			n.IDs = append(n.IDs, c.ID)
		} else {
			n.Keys = append(n.Keys, c.Key)
		}
	}
	return n
}

// idsOf are the records that list names by their ids.
func idsOf[T any](list []T, of func(T) id.Record) Named {
	ids := make([]id.Record, len(list))
	for i, x := range list {
		ids[i] = of(x)
	}
	return Named{IDs: ids}
}
