package record

import (
	"context"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// Standing is where a record stands in its process, and what the actor may do there.
type Standing struct {
	State     app.State
	Revision  int64
	Assigned  []field.Person
	Turns     []Turn // of a status in which all have to act, in order
	Actions   []Choice
	MayAssign bool // the actor may say whose turn it is
}

// Turn is one of several people who all have to act.
type Turn struct {
	Person field.Person
	Action string       // what he did, "" while he has not
	By     field.Person // who did it, he or his deputy; nobody if the actor may not see who changes the record
	At     time.Time    // zero if he may not see when
}

// Choice is an action that the actor may take now.
type Choice struct {
	Action     app.ProcessAction
	To         app.State
	For        field.Person   // in whose name, if not in his own
	Last       bool           // it moves the record: nobody else has to act first
	Candidates []field.Person // one of whom has to be chosen to go on; none when nobody is chosen
}

// Standing returns where a record stands.
//
// Errors: Invalid "process.off"; NotFound; Forbidden.
func (s *Set) Standing(ctx context.Context, record id.Record) (out Standing, err error) {
	p, err := s.process()
	if err != nil {
		return out, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, c, ok, err := s.load(ctx, tx, record)
		if err != nil || !ok {
			return orMissing(err, record)
		}
		if err := p.seen(h, c); err != nil {
			return err
		}
		all, err := readTurns(ctx, tx, s.live.ID, record)
		if err != nil {
			return err
		}
		out = Standing{State: p.state(c), Revision: h.Revision, Assigned: s.persons(p.assigned(c)), MayAssign: p.mayAssign(h, c)}
		for _, t := range all {
			out.Turns = append(out.Turns, p.shownTurn(t, rowOf(h, c)))
		}
		for _, a := range p.actions(h, c) {
			as, ok := p.executor(a, h, c)
			if !ok {
				continue
			}
			to, _ := p.rules.State(a.To)
			choice := Choice{Action: a, To: to, Last: a.ByOthers || len(all.without(as)) == 0, Candidates: s.persons(p.candidates(to, h, c))}
			if as != s.who.UserID() {
				choice.For, _ = s.directory.User(as)
			}
			out.Actions = append(out.Actions, choice)
		}
		return nil
	})
	return out, err
}

// shownTurn is a turn as the actor sees it: an action changes the record, so that who took it and when is for those who see who
// changed the record and when.
func (p *process) shownTurn(t turn, in row) (out Turn) {
	s := p.set
	out.Action = t.Action
	out.Person, _ = s.directory.User(t.User)
	if s.systemShown(field.Modifier, in) {
		out.By, _ = s.directory.User(t.By)
	}
	if s.systemShown(field.UpdatedTime, in) {
		out.At = t.At
	}
	return out
}

// StatusName is the name of a status by its id, "" when there is none such, or the actor does not see the status of all
// records that he sees.
func (s *Set) StatusName(status int64) string {
	p, err := s.process()
	if err != nil {
		return ""
	}
	if sight, _ := s.lens.Sight(p.status.Code); sight.Mask != nil {
		return ""
	}
	state, _ := p.rules.State(status)
	return state.Name
}

func (s *Set) persons(list []id.User) []field.Person {
	out := make([]field.Person, len(list))
	for i, u := range list {
		out[i], _ = s.directory.User(u)
	}
	return out
}
