package api

import (
	"context"
	"encoding/json"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

type historyIn struct {
	App    Int `json:"app"`
	Record Int `json:"record"`
	Before Int `json:"before"`
}

type changeOut struct {
	Code  string          `json:"code"`
	Label string          `json:"label"`
	Type  field.Type      `json:"type"`
	Old   json.RawMessage `json:"old"`
	New   json.RawMessage `json:"new"`
}

type entryOut struct {
	Revision string      `json:"revision"`
	At       *string     `json:"at,omitempty"`
	By       *personOut  `json:"by,omitempty"`
	Kind     string      `json:"kind"`
	Changes  []changeOut `json:"changes"`
	Action   *actionDone `json:"action,omitempty"`
}

// actionDone is an action of the process that was taken; For is in whose name, if not in the actor's own.
type actionDone struct {
	Name string     `json:"name"`
	From string     `json:"from"`
	To   string     `json:"to"`
	For  *personOut `json:"for"`
}

type historyOut struct {
	Entries []entryOut `json:"entries"`
	More    bool       `json:"more"`
}

// getHistory answers GET /api/v1/record/history.
func (a *API) getHistory(ctx context.Context, who access.Actor, in historyIn) (historyOut, error) {
	var p errs.Fields
	out := historyOut{Entries: []entryOut{}}
	app, n := in.App.app(&p, "app"), in.Record.record(&p, "record")
	before := in.Before.within(&p, "before", 0, 1, 1<<62)
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return out, err
	}
	list, more, err := set.History(ctx, n, before)
	for _, e := range list {
		o := entryOut{Revision: revisionText(e.Revision), At: instantOrNull(e.At), Kind: e.Kind, Changes: []changeOut{}}
		if e.By != nil {
			o.By = &personOut{e.By.Code, e.By.Name}
		}
		for _, c := range e.Changes {
			o.Changes = append(o.Changes, changeOut{c.Field.Code, c.Field.Label, c.Field.Type, c.Old, c.New})
		}
		if m := e.Moved; m != nil {
			o.Action = &actionDone{Name: m.Action, From: m.From, To: m.To}
			if m.For.ID != 0 {
				o.Action.For = &personOut{m.For.Code, m.For.Name}
			}
		}
		out.Entries = append(out.Entries, o)
	}
	out.More = more
	return out, err
}

type revertIn struct {
	App      Int `json:"app"`
	Record   Int `json:"record"`
	Revision Int `json:"revision"`
	Expected Int `json:"expected"`
}

// revertRecord answers POST /api/v1/record/revert.
func (a *API) revertRecord(ctx context.Context, who access.Actor, in revertIn) (revisionOut, error) {
	var p errs.Fields
	app, n := in.App.app(&p, "app"), in.Record.record(&p, "record")
	to := in.Revision.need(&p, "revision", 1)
	expected := in.Expected.revision(&p, "expected")
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return revisionOut{}, err
	}
	w, err := set.Revert(ctx, n, to, expected)
	return revisionOut{revision(w)}, err
}

type deletedOut struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	DeletedAt string    `json:"deletedAt"`
	DeletedBy personOut `json:"deletedBy"`
}

type trashOut struct {
	Records []deletedOut `json:"records"`
}

// getTrash answers GET /api/v1/trash.
func (a *API) getTrash(ctx context.Context, who access.Actor, in appInfoIn) (trashOut, error) {
	var p errs.Fields
	out := trashOut{Records: []deletedOut{}}
	set, err := a.open(ctx, who, in.App.app(&p, "app"), &p)
	if err != nil {
		return out, err
	}
	list, err := set.Trash(ctx)
	if err != nil {
		return out, err
	}
	dir, err := a.people.Directory(ctx)
	for _, d := range list {
		out.Records = append(out.Records, deletedOut{id.String(d.ID), d.Title, instant(d.DeletedAt), person(dir, d.DeletedBy)})
	}
	return out, err
}

type restoreIn struct {
	App Int       `json:"app"`
	IDs List[Int] `json:"ids"`
}

// restoreRecords answers POST /api/v1/trash/restore.
func (a *API) restoreRecords(ctx context.Context, who access.Actor, in restoreIn) (none, error) {
	var p errs.Fields
	app := in.App.app(&p, "app")
	in.IDs.size(&p, "ids", 1, record.MaxBulk)
	var ids []id.Record
	for i, n := range in.IDs {
		ids = append(ids, n.record(&p, at("ids", i)))
	}
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return none{}, err
	}
	return none{}, set.Restore(ctx, ids)
}

type countIn struct {
	App   Int  `json:"app"`
	Query Text `json:"query"`
}

type countOut struct {
	Count int  `json:"count"`
	Exact bool `json:"exact"`
}

// countRecords answers GET /api/v1/records/count.
func (a *API) countRecords(ctx context.Context, who access.Actor, in countIn) (countOut, error) {
	var p errs.Fields
	set, err := a.open(ctx, who, in.App.app(&p, "app"), &p)
	if err != nil {
		return countOut{}, err
	}
	c, err := set.Count(ctx, string(in.Query))
	return countOut{c.Count, c.Exact}, err
}

type neighboursIn struct {
	App    Int  `json:"app"`
	Record Int  `json:"record"`
	Query  Text `json:"query"`
}

type neighboursOut struct {
	Previous *string `json:"previous"`
	Next     *string `json:"next"`
}

// getNeighbours answers GET /api/v1/record/neighbours.
func (a *API) getNeighbours(ctx context.Context, who access.Actor, in neighboursIn) (neighboursOut, error) {
	var p errs.Fields
	app, n := in.App.app(&p, "app"), in.Record.record(&p, "record")
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return neighboursOut{}, err
	}
	previous, next, err := set.Neighbours(ctx, n, string(in.Query))
	return neighboursOut{orNull(previous), orNull(next)}, err
}

func orNull(n id.Record) *string {
	if n == 0 {
		return nil
	}
	return new(id.String(n))
}
