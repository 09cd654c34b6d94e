package record

import (
	"context"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Step is one action to take on one record.
type Step struct {
	ID       id.Record
	Action   string
	Assignee string // login name of who shall go on, "" is nobody
	Revision int64  // the revision the caller saw, or AnyRevision
}

// Act takes actions of the process, all or none, one after the other, and returns the records in the order given. Each adds
// 2 to its record's revision. Of several who have to act, all but the last one's actions leave the record where it is. bulk is
// for requests that may hold several, even if they hold one.
//
// Errors: Invalid "process.off"; NotFound; Conflict "record.conflict" when a record has another revision; Invalid
// "process.moved" when no action of that name leads on from the record as it is; Forbidden "process.notYours"; Invalid
// "process.assigneeNeeded" and "process.assigneeRefused", and "process.unknownAssignee" for who is not to be chosen.
// Source: kintone REST API, "Update Status"; kintone REST behaviour, status actions.
func (s *Set) Act(ctx context.Context, steps []Step, bulk bool) ([]Written, error) {
	p, err := s.process()
	if err != nil {
		return nil, err
	}
	var out []Written
	err = s.write(ctx, idsOf(steps, func(st Step) id.Record { return st.ID }), func(ctx context.Context, tx *db.Tx) error {
		out = out[:0]
		var moves []Move
		for _, st := range steps {
			m, err := p.step(ctx, tx, st)
			if err != nil {
				return err
			}
			moves = append(moves, m)
			out = append(out, Written{ID: m.Record, Revision: m.Revision})
		}
		return s.emitMoves(ctx, tx, "record.status", moves, bulk)
	})
	return out, err
}

func (p *process) step(ctx context.Context, tx *db.Tx, st Step) (Move, error) {
	s := p.set
	h, before, err := s.expect(ctx, tx, access.View, st.ID, st.Revision)
	if err != nil {
		return Move{}, err
	}
	if err := p.seen(h, before); err != nil {
		return Move{}, err
	}
	found := p.actions(h, before)
	i := slices.IndexFunc(found, func(a app.ProcessAction) bool { return a.IsCalled(st.Action, string(s.who.Lang())) })
	if i < 0 {
		return Move{}, errs.E(errs.Invalid, "process.moved")
	}
	a := found[i]
	as, ok := p.executor(a, h, before)
	if !ok {
		return Move{}, errs.E(errs.Forbidden, "process.notYours")
	}
	to, _ := p.rules.State(a.To)
	all, err := readTurns(ctx, tx, s.live.ID, h.ID)
	if err != nil {
		return Move{}, err
	}
	left := all.without(as)
	waits := !a.ByOthers && len(left) > 0
	var next []id.User
	if !waits || st.Assignee != "" { // who goes on is for the last one to say
		if next, err = p.next(to, st.Assignee, h, before); err != nil {
			return Move{}, err
		}
	}
	from := p.state(before)
	m := Move{Record: h.ID, From: from.ID, To: to.ID, Final: p.rules.Final(to.ID)}
	line := moved{Action: a.Name, From: from.Name, To: to.Name}
	if as != s.who.UserID() {
		m.For, line.For = as, as
	}
	now := before.Clone()
	if waits {
		m.To, m.Final, line.To = from.ID, p.rules.Final(from.ID), from.Name
		set(now.Values, p.assignee.ID, field.ListValue(left))
		err = takeTurn(ctx, tx, s.live.ID, h.ID, turn{User: as, Action: a.Name, By: s.who.UserID()})
	} else {
		m.Assigned = next
		set(now.Values, p.status.ID, field.Value(strconv.FormatInt(to.ID, 10)))
		set(now.Values, p.assignee.ID, field.ListValue(next))
		err = p.startTurns(ctx, tx, h.ID, to, next)
	}
	if err != nil {
		return m, err
	}
	step := s.touched(h, tx)
	step.Revision++ // one for the action, one for what it did to the record
	w, err := s.saveStep(ctx, tx, step, before, now, change{Kind: acted, Diff: delta{Moved: &line}})
	m.Revision, m.come = w.Revision, w.come
	return m, err
}

// saveStep stores a step of a record, with what follows from it in the record's other values.
func (s *Set) saveStep(ctx context.Context, tx *db.Tx, h touched, before, now table.Content, line change) (Written, error) {
	var p errs.Fields
	if err := s.decoder(&p).derive(ctx, h.Head, before, now, "record"); err != nil {
		return Written{}, err
	}
	if err := p.Err(); err != nil {
		return Written{}, err
	}
	return s.saveChange(ctx, tx, h, before, now, line, "record")
}

// next are the people whose turn it is in a status, chosen by whoever acts where he has to choose. Where he may know of none of
// the candidates it is the turn of all of them.
func (p *process) next(to app.State, chosen string, h table.Head, c table.Content) ([]id.User, error) {
	candidates := p.candidates(to, h, c)
	if len(candidates) == 0 {
		if chosen != "" {
			return nil, errs.E(errs.Invalid, "process.assigneeRefused")
		}
		return p.people(to.Assignees.Entities, h, c), nil
	}
	if chosen == "" {
		return nil, errs.E(errs.Invalid, "process.assigneeNeeded")
	}
	u, ok := p.set.directory.UserByCode(chosen)
	if !ok || !slices.Contains(candidates, u.ID) {
		return nil, errs.E(errs.Invalid, "process.unknownAssignee", errs.Args{"code": chosen})
	}
	return []id.User{u.ID}, nil
}

// startTurns notes who has to act in a status that needs all of them.
func (p *process) startTurns(ctx context.Context, tx *db.Tx, record id.Record, in app.State, users []id.User) error {
	if in.Assignees.Mode != app.All {
		users = nil
	}
	return writeTurns(ctx, tx, p.set.live.ID, record, users)
}

// MaxAssignees is how many people a record may be assigned to by hand.
// Source: kintone REST API, "Update Assignees".
const MaxAssignees = 100

// Assign makes it the turn of the users with the login names given; none makes it everybody's. It is for those whose turn
// it is now, if they may edit the record, and for who manages the app.
//
// Errors: Invalid "process.off" and "process.unknownAssignee", also for who is suspended; NotFound; Forbidden; Conflict
// "record.conflict".
// Source: kintone REST API, "Update Assignees".
func (s *Set) Assign(ctx context.Context, record id.Record, codes []string, revision int64) (w Written, err error) {
	p, err := s.process()
	if err != nil {
		return w, err
	}
	users, err := p.users(codes)
	if err != nil {
		return w, err
	}
	err = s.write(ctx, Named{}, func(ctx context.Context, tx *db.Tx) error {
		h, before, err := s.expect(ctx, tx, access.View, record, revision)
		if err != nil {
			return err
		}
		if err := p.seen(h, before); err != nil {
			return err
		}
		if !p.mayAssign(h, before) {
			return s.refused()
		}
		now := before.Clone()
		set(now.Values, p.assignee.ID, field.ListValue(users))
		in := p.state(before)
		if err := p.startTurns(ctx, tx, record, in, users); err != nil {
			return err
		}
		if w, err = s.saveStep(ctx, tx, s.touched(h, tx), before, now, change{Kind: assigned}); err != nil {
			return err
		}
		m := Move{Record: record, Revision: w.Revision, From: in.ID, To: in.ID, Final: p.rules.Final(in.ID), come: w.come}
		for _, u := range users {
			if !slices.Contains(p.assigned(before), u) {
				m.Assigned = append(m.Assigned, u)
			}
		}
		return s.emitMoves(ctx, tx, "record.assigned", []Move{m}, false)
	})
	return w, err
}

func (p *process) users(codes []string) (list []id.User, err error) {
	for _, code := range codes {
		u, ok := p.set.directory.UserByCode(code)
		if ok {
			_, ok = p.set.directory.Account(u.ID)
		}
		if !ok {
			return nil, errs.E(errs.Invalid, "process.unknownAssignee", errs.Args{"code": code})
		}
		if !slices.Contains(list, u.ID) {
			list = append(list, u.ID)
		}
	}
	return list, nil
}

// mayAssign reports whether the actor may say whose turn a record is.
func (p *process) mayAssign(h table.Head, c table.Content) bool {
	if p.set.lens.Can(access.Manage) {
		return true
	}
	turn := p.assigned(c)
	mine := func(u id.User) bool { return u != 0 && (u == p.env.Me || slices.Contains(p.env.For, u)) }
	return slices.ContainsFunc(turn, mine) && p.set.may(access.Edit, h, c)
}
