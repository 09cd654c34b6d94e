package record

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// The kinds of job that keep links between apps: copies that follow their sources, copies that a manager has made anew, and
// indexes by which the other side is found.
const (
	followKind  = "lookup.follow"
	refreshKind = "lookup.refresh"
	indexKind   = "link.index"
)

// followed is the event of records whose live copies changed. Nobody is told of it: it only leads on to lookups of theirs.
const followed = "record.followed"

// maxFollow is how far a change is followed from app to app. Lookups that go in a circle mostly end before, because values
// that do not change are not written.
const maxFollow = 8

// inFollow is how many records one transaction writes.
const inFollow = 20

// follow is the payload of a job: records of Source changed, and live lookups of App may have copied from them.
type follow struct {
	Source  id.App      `json:"source"`
	App     id.App      `json:"app"`
	Fields  []id.Field  `json:"fields"`
	Records []id.Record `json:"records"`
	Depth   int         `json:"depth"`
}

// Followed is the event record.followed.
type Followed struct {
	App     id.App      `json:"app"`
	Records []id.Record `json:"records"`
	Depth   int         `json:"depth"`
}

// actors finds who asked for a job; identity.Service does.
type actors interface {
	ActAs(ctx context.Context, user id.User) (who access.Actor, ok bool, err error)
	ActAsGiver(ctx context.Context, user id.User) (who access.Actor, ok bool, err error)
}

// RegisterLinks makes the jobs run that keep links between apps.
func (r *Records) RegisterLinks(jobs *job.Runner, people actors) {
	jobs.Receive("lookups", job.Each(r.receiveChanges), "record.updated", "record.restored", followed)
	jobs.Receive("links", job.Each(receiveLinks), app.EventLinked)
	jobs.Work(followKind, job.Decoded(func(ctx context.Context, j *job.Job, of follow) error { return r.follow(ctx, j, of, people) }))
	jobs.Work(refreshKind, job.Decoded(func(ctx context.Context, j *job.Job, of refresh) error { return r.refresh(ctx, j, of, people) }))
	jobs.Work(indexKind, job.Decoded(r.indexLinks))
}

// following is how far such a job is: its checkpoint.
type following struct {
	Field int       // of the payload's
	After id.Record // of the records that hold its copies
}

// receiveChanges queues a job for each app with live lookups of records that changed.
func (r *Records) receiveChanges(ctx context.Context, tx *db.Tx, e Followed) error {
	if e.Depth >= maxFollow {
		return nil
	}
	links, err := r.apps.LiveLinks(ctx, e.App)
	if err != nil {
		return err
	}
	var jobs []follow
	for _, l := range links {
		if last := len(jobs) - 1; last < 0 || jobs[last].App != l.App {
			jobs = append(jobs, follow{Source: e.App, App: l.App, Records: e.Records, Depth: e.Depth + 1})
		}
		jobs[len(jobs)-1].Fields = append(jobs[len(jobs)-1].Fields, l.Field)
	}
	for _, f := range jobs {
		if _, err := job.Enqueue(ctx, tx, followKind, f, job.Options{}); err != nil {
			return err
		}
	}
	return nil
}

// follow copies anew what live lookups copied from some records, as far as the giver of each lookup sees them now; what he does
// not see stays as it was copied. The records get a revision and a line of history by nobody; who changed them last, and when,
// stays, and no notices are sent.
func (r *Records) follow(ctx context.Context, j *job.Job, of follow, people actors) error {
	var at following
	if _, err := j.Resume(&at); err != nil {
		return err
	}
	for at.Field < len(of.Fields) {
		var next following
		err := r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			if next, err = r.followSome(ctx, tx, of, at, people); err != nil {
				return err
			}
			return j.Checkpoint(ctx, next)
		})
		if err != nil {
			return fmt.Errorf("record: follow %d: %w", of.Source, err)
		}
		at = next
	}
	return nil
}

// followSome writes some of the records that hold copies, and returns where to go on.
func (r *Records) followSome(ctx context.Context, tx *db.Tx, of follow, at following, people actors) (next following, err error) {
	next = following{Field: at.Field + 1}
	set, err := r.Open(ctx, access.System("keep the copies of live lookups"), of.App)
	if err != nil {
		return next, unlessNotFound(err)
	}
	var p errs.Fields
	d := set.decoder(&p)
	g := givers{set: set, people: people, known: map[id.User]*sources{}}
	var looks []liveLookup
	for _, n := range of.Fields {
		l, err := g.liveLookup(ctx, n, of)
		if err != nil {
			return next, err
		}
		looks = append(looks, l)
	}
	first := looks[at.Field]
	if first.src == nil {
		return next, nil
	}
	ids, err := set.table().Holders(ctx, tx, first.field, first.in, of.Records, at.After, inFollow)
	if err != nil || len(ids) == 0 {
		return next, err
	}
	var changed []id.Record
	for _, n := range ids {
		wrote, err := set.rewrite(ctx, d, n, access.Actor{}, followedChange, func(now table.Content) error {
			for _, l := range looks {
				if err := d.followIn(l, now); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return next, err
		}
		if wrote {
			changed = append(changed, n)
		}
	}
	if len(ids) == inFollow {
		next = following{at.Field, ids[len(ids)-1]}
	}
	if len(changed) == 0 {
		return next, nil
	}
	return next, job.Emit(ctx, tx, followed, Followed{App: of.App, Records: changed, Depth: of.Depth})
}

func unlessNotFound(err error) error {
	if errs.KindOf(err) == errs.NotFound {
		return nil
	}
	return err
}

// followIn gives a lookup what the records that it copied from have now, their keys included.
func (d *decoder) followIn(l liveLookup, now table.Content) error {
	f, in, src := l.field, l.in, l.src
	if src == nil {
		return nil
	}
	one := func(values map[id.Field]field.Value, siblings []*field.Field) error {
		n := id.Record(number([]byte(values[f.SourceID()])))
		o := l.origins[n]
		if o == nil {
			return nil
		}
		if key := o.Values[src.key.ID]; key != "" && src.key.Type != field.RecordNumber {
			set(values, f.ID, f.TakeOver(src.key, key, d.env))
		}
		return d.takeOver(f, siblings, o, src, values, values)
	}
	if in == nil {
		return one(now.Values, d.set.form())
	}
	for _, row := range now.Rows[in.ID] {
		if err := one(row.Values, in.Fields); err != nil {
			return err
		}
	}
	return nil
}

// rewrite lets fn change a record, computes what follows, and stores it if that makes a difference. by is who did it; nobody
// leaves who changed the record last. What the record's own rules do not allow, such as a repeated value, is left as it was.
func (s *Set) rewrite(ctx context.Context, d *decoder, n id.Record, by access.Actor, kind changeKind, fn func(now table.Content) error) (changed bool, err error) {
	err = s.records.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, before, ok, err := s.table().Load(ctx, tx, s.form(), n)
		if err != nil || !ok {
			return err
		}
		d.before = row{h, before.Values, before.Rows}
		now := before.Clone()
		if err := fn(now); err != nil {
			return err
		}
		h.Revision++
		if by.Kind() != access.KindNobody {
			h.UpdatedBy, h.UpdatedAt = by.UserID(), field.FormatDateTime(tx.Now())
		}
		if err := d.derive(ctx, h, before, now, "record"); err != nil {
			return err
		}
		if delta := diff(s.form(), before, now); delta.Values == nil && delta.Rows == nil {
			return nil
		}
		changed = true
		if err := s.table().Update(ctx, tx, s.form(), h, before, now); err != nil {
			return s.repeated(err, d.before, "record")
		}
		return addChange(ctx, tx, s.live.ID, change{Record: n, Revision: h.Revision, Kind: kind, By: by.UserID(), Diff: diff(s.form(), before, now)})
	})
	if errs.Lasting(err) {
		return false, nil
	}
	return changed, err
}

// receiveLinks has the indexes made that the links of an app just deployed need.
func receiveLinks(ctx context.Context, tx *db.Tx, e app.Linked) error {
	_, err := job.Enqueue(ctx, tx, indexKind, e, job.Options{Key: id.String(e.App)})
	return err
}

// indexLinks makes the indexes by which live lookups find who copied, and related records whom they belong to.
func (r *Records) indexLinks(ctx context.Context, _ *job.Job, e app.Linked) error {
	l, err := r.apps.Current(ctx, e.App)
	if err != nil {
		return r.unlessGone(ctx, e.App, err)
	}
	make := func(fn func(ctx context.Context, tx *db.Tx) error) {
		if err == nil {
			err = r.db.Write(ctx, fn)
		}
	}
	l.Settings.Each(func(f, in *field.Field) {
		if f.Lookup != nil && f.Lookup.Live {
			make(func(ctx context.Context, tx *db.Tx) error {
				return table.Of(e.App, r.db.Dialect()).IndexSources(ctx, tx, f, in)
			})
		}
		if f.Reference == nil || err != nil {
			return
		}
		target, gone := r.apps.Current(ctx, f.Reference.App)
		if gone != nil {
			err = r.unlessGone(ctx, f.Reference.App, gone)
			return
		}
		for _, m := range f.Reference.Matches {
			if g, in := target.Settings.ByID(m.Related); m.Op == "=" && g != nil && in == nil {
				make(func(ctx context.Context, tx *db.Tx) error {
					return table.Of(f.Reference.App, r.db.Dialect()).IndexMatch(ctx, tx, g)
				})
			}
		}
	})
	return err
}
