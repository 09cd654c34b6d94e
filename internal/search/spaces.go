package search

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/space"
	"github.com/engawa/engawa/internal/text"
)

// inSpaces returns what is found in spaces themselves, beside their apps: their names and bodies, those of their threads, what
// is said there and the files that were said. It brings end forward to where it stopped, if it did.
func (e *Everywhere) inSpaces(ctx context.Context, sight space.Sight, r *Request, end **Place) (hits []Hit, err error) {
	if !r.Spaces && !r.Threads && !r.ThreadComments && !r.Files {
		return nil, nil
	}
	dir, err := e.people.Directory(ctx)
	if err != nil {
		return nil, err
	}
	f := finder{r: r, dir: dir, names: sight.Name, threads: map[id.Thread]space.Thread{}}
	threads, err := sight.Threads(ctx)
	if err != nil {
		return nil, err
	}
	for _, sp := range sight.Spaces() {
		if r.Spaces {
			f.add(Hit{Place: Place{At: sp.CreatedAt, Space: sp.ID}}, sp.Creator, sp.Name, text.FromHTML(sp.Body))
		}
	}
	for _, t := range threads {
		f.threads[t.ID] = t
		if r.Threads {
			f.add(Hit{Place: Place{At: t.CreatedAt, Space: t.Space, Thread: t.ID}}, t.Creator, t.Name, text.FromHTML(t.Body))
		}
	}
	if r.ThreadComments || r.Files {
		err = f.comments(ctx, sight, end)
	}
	return f.hits, err
}

// finder gathers what is found in spaces.
type finder struct {
	r       *Request
	dir     identity.Directory
	names   func(id.Space) (string, bool)
	threads map[id.Thread]space.Thread
	hits    []Hit
}

// add adds h, which somebody wrote, if it is what is looked for.
func (f *finder) add(h Hit, by id.User, texts ...string) {
	h.Creator, _ = f.dir.User(by)
	all := ""
	for _, t := range texts {
		all += normal(t) + "\n"
	}
	if !f.r.inTime(h.At) || !f.r.ahead(h.Place) || !finds(f.r.Terms, all) ||
		len(f.r.Creators) > 0 && !slices.Contains(f.r.Creators, h.Creator.Code) {
		return
	}
	h.In = h.Space
	h.SpaceName, _ = f.names(h.Space)
	h.Title = f.threads[h.Thread].Name
	h.Snippets = snippets(texts, f.r.wanted())
	f.hits = append(f.hits, h)
}

func (f *finder) comments(ctx context.Context, sight space.Sight, end **Place) error {
	after, from, ok := f.r.span()
	if !ok {
		return nil
	}
	if f.r.Oldest {
		from = after
	}
	list, more, err := sight.Comments(ctx, from, f.r.Oldest)
	if err != nil {
		return err
	}
	place := func(c space.Said) Place {
		return Place{At: c.CreatedAt, Space: f.threads[c.Thread].Space, Thread: c.Thread, Comment: int64(c.ID)}
	}
	for _, c := range list {
		if f.r.ThreadComments {
			f.add(Hit{Place: place(c)}, c.Author, c.Text)
		}
		for i, a := range c.Files {
			if f.r.Files {
				h := Hit{Place: place(c), File: field.Attachment{Key: a.Key, Name: a.Name, ContentType: a.ContentType, Size: a.Size}}
				h.Place.File = i + 1
				f.add(h, c.Author, a.Name)
			}
		}
	}
	if more {
		last := place(list[len(list)-1])
		if !f.r.Oldest { // its files come behind it
			last.File = lastFile
		}
		if *end == nil || f.r.compare(last, **end) < 0 {
			*end = &last
		}
	}
	return nil
}
