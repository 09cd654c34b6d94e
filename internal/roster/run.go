package roster

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// maxProblems is how many problems of a file are told.
const maxProblems = 100

// work is the job of an import. What somebody can act on ends it; anything else is tried again.
func (s *Rosters) work(ctx context.Context, j *job.Job, p payload) error {
	var m stored
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		m, err = read(ctx, tx, p.Import)
		return err
	})
	if err != nil || m.done {
		return err
	}
	who, ok, err := s.people.ActAsAdministrator(ctx, m.owner)
	if err != nil {
		return err
	}
	if !ok {
		return s.end(ctx, p.Import, []Problem{{Key: "import.ownerGone"}})
	}
	err = s.take(ctx, j, who, p.Import, m)
	if ctx.Err() != nil { // cancelled, or the server stops: no failure
		return context.Cause(ctx)
	}
	if told, ok := problemsOf(err); ok {
		err = s.end(ctx, p.Import, told)
	}
	if err != nil {
		return fmt.Errorf("roster: import %d: %w", p.Import, err)
	}
	return s.files.DropUpload(ctx, who, m.upload) // passwords may be in it
}

// end notes that an import took nothing.
func (s *Rosters) end(ctx context.Context, n id.Import, problems []Problem) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return finish(ctx, tx, n, problems[:min(maxProblems, len(problems))])
	})
}

// take reads the file, prepares what takes long, and writes all of it together with the note that it is done.
func (s *Rosters) take(ctx context.Context, j *job.Job, who access.Actor, n id.Import, m stored) error {
	lines, err := s.lines(ctx, who, m)
	if err != nil {
		return err
	}
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return err
	}
	in := &intake{s: s, ctx: ctx, who: who, dir: dir, loose: m.loose, progress: func(done int) error {
		return j.Progress(ctx, int64(done), int64(len(lines)))
	}}
	write, err := formats[m.kind].take(in, lines)
	if err == nil {
		err = in.err()
	}
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		in.ctx = ctx
		in.problems = nil // of an attempt before this one
		if err := cmp.Or(write(), in.err()); err != nil {
			return err
		}
		return finish(ctx, tx, n, nil)
	})
}

// refusal is an error that says by line why a file is not taken.
type refusal []Problem

func (r refusal) Error() string { return fmt.Sprintf("roster: %d problems, first %+v", len(r), r[0]) }

// problemsOf returns what somebody can act on in an error.
func problemsOf(err error) ([]Problem, bool) {
	var r refusal
	if errors.As(err, &r) {
		return r, true
	}
	e, ok := errs.As(err)
	if !ok || !errs.Lasting(err) {
		return nil, false
	}
	if len(e.Fields) == 0 {
		return []Problem{{Key: e.Key, Args: e.Args}}, true
	}
	list := make([]Problem, len(e.Fields))
	for i, f := range e.Fields {
		list[i] = Problem{Key: f.Key, Args: f.Args}
	}
	return list, true
}
