package search

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/space"
)

// Hit is something that was found: a record, a file of one, a comment on one; a space, a thread, a comment there or a file of it.
type Hit struct {
	Place
	AppName   string
	In        id.Space // where it is, or its app; 0 outside of all
	SpaceName string
	Title     string       // of the record, or the name of the thread
	Creator   field.Person // empty when the reader may not know
	Fields    []*field.Field
	File      field.Attachment // zero unless the hit is one
	Snippets  []string         // parts of the text, plain
}

// Everywhere finds things across apps.
type Everywhere struct {
	apps    *app.Apps
	records *record.Records
	spaces  *space.Spaces
	people  People
}

// People knows who is who; identity.Service does.
type People interface {
	Directory(ctx context.Context) (identity.Directory, error)
}

// NewEverywhere returns what finds things in the apps, records and spaces given.
func NewEverywhere(apps *app.Apps, records *record.Records, spaces *space.Spaces, people People) *Everywhere {
	return &Everywhere{apps, records, spaces, people}
}

// Find returns what r means among all that who may see, and where the next page begins; nil when there is none. Each app
// is asked for a page of its own at most, with the conditions that a query of who's could have.
//
// Errors: Invalid for creators that do not exist.
func (e *Everywhere) Find(ctx context.Context, who access.Actor, r Request) (hits []Hit, next *Place, err error) {
	if len(r.wanted()) == 0 {
		return nil, nil, nil // only what must be missing: nothing, as kintone has it
	}
	apps, err := e.apps.List(ctx, who, app.Filter{}, false)
	if err != nil {
		return nil, nil, err
	}
	sight, err := e.spaces.Sight(ctx, who)
	if err != nil {
		return nil, nil, err
	}
	var end *Place // up to which everything was searched; nil is the end
	for _, a := range apps {
		in, name := home(a)
		if !r.Scope(a.ID, in) {
			continue
		}
		found, err := e.inApp(ctx, who, a.ID, &r, &end)
		if k := errs.KindOf(err); err != nil && (k == errs.Forbidden || k == errs.NotFound) {
			continue // he may only add records, or the app is gone in the meantime
		}
		if err != nil {
			return nil, nil, err
		}
		for i := range found {
			found[i].AppName, found[i].In, found[i].SpaceName = a.Name, in, name
		}
		hits = append(hits, found...)
	}
	said, err := e.inSpaces(ctx, sight.Narrow(func(n id.Space) bool { return r.Scope(0, n) }), &r, &end)
	if err != nil {
		return nil, nil, err
	}
	hits = append(hits, said...)
	slices.SortFunc(hits, func(a, b Hit) int { return r.compare(a.Place, b.Place) })
	if end != nil { // behind it, something that was not looked at yet may come first
		hits = slices.DeleteFunc(hits, func(h Hit) bool { return r.compare(h.Place, *end) > 0 })
	}
	next = end
	if len(hits) > r.Limit {
		hits = hits[:r.Limit]
		next = &hits[r.Limit-1].Place
	}
	return hits, next, e.name(ctx, who, hits)
}

// home is the space of an app, 0 when it is in none.
func home(a app.Summary) (n id.Space, name string) {
	if a.Space == nil {
		return 0, ""
	}
	return a.Space.ID, a.Space.Name
}

// inApp returns what is found in one app, and brings end forward to where it stopped, if it did.
func (e *Everywhere) inApp(ctx context.Context, who access.Actor, a id.App, r *Request, end **Place) (hits []Hit, err error) {
	set, err := e.records.Open(ctx, who, a)
	if err != nil {
		return nil, err
	}
	for _, find := range []func(context.Context, *record.Set, *Request) ([]Hit, *Place, error){findRecords, findFiles, findComments} {
		found, stopped, err := find(ctx, set, r)
		if err != nil {
			return nil, err
		}
		hits = append(hits, found...)
		if stopped != nil && (*end == nil || r.compare(*stopped, **end) < 0) {
			*end = stopped
		}
	}
	return hits, nil
}

// name gives the hits of a page the titles of their records.
func (e *Everywhere) name(ctx context.Context, who access.Actor, hits []Hit) error {
	type record struct {
		app id.App
		n   id.Record
	}
	known := map[record]string{}
	for i := range hits {
		h := &hits[i]
		if h.App == 0 {
			continue
		}
		key := record{h.App, h.Record}
		title, ok := known[key]
		if !ok {
			set, err := e.records.Open(ctx, who, h.App)
			if err != nil {
				return err
			}
			if title, err = set.Title(ctx, h.Record); err != nil && errs.KindOf(err) != errs.NotFound { // gone a moment ago: without a title
				return err
			}
			known[key] = title
		}
		h.Title = title
	}
	return nil
}

// maxComments is how many comments of an app are looked at for one page. The next page begins behind them; whoever asks may see
// them all.
const maxComments = 100_000

func findComments(ctx context.Context, set *record.Set, r *Request) (hits []Hit, stopped *Place, err error) {
	after, before, ok := r.span()
	if !ok || !r.Comments || set.App().Settings.NoComments {
		return nil, nil, nil
	}
	a := set.App().ID
	place := func(c record.FoundComment) Place {
		return Place{At: c.CreatedAt, Comment: int64(c.ID), App: a, Record: c.Record}
	}
	match := func(c record.FoundComment) bool {
		return r.inTime(c.CreatedAt) && r.ahead(place(c)) && finds(r.Terms, normal(c.Text)) &&
			(len(r.Creators) == 0 || slices.Contains(r.Creators, c.Author.Code))
	}
	list, last, err := set.FindComments(ctx, record.CommentSearch{
		After: after, Before: before, Oldest: r.Oldest, Match: match, Limit: r.Limit + 1, Most: maxComments,
	})
	if last != nil {
		p := place(*last)
		stopped = &p
	}
	for _, c := range list {
		hits = append(hits, Hit{Place: place(c), Creator: c.Author, Snippets: snippets([]string{c.Text}, r.wanted())})
	}
	return hits, stopped, err
}
