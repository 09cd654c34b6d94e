package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// processRoutes are process management: its settings, the steps of records, and who takes whose turns.
func (a *API) processRoutes() []Route {
	return append(both("app/status.json", a.getProcess),
		route("PUT", "/k/v1/preview/app/status.json", a.setProcess),
		route("PUT", "/k/v1/record/status.json", a.updateStatus),
		route("PUT", "/k/v1/records/status.json", a.updateStatuses),
		route("PUT", "/k/v1/record/assignees.json", a.updateAssignees),
		route("GET", "/api/v1/record/actions", a.getStanding),
		route("GET", "/api/v1/me/deputy", a.getDeputy),
		route("PUT", "/api/v1/me/deputy", a.setDeputy),
	)
}

// stepIn is one action to take on one record.
type stepIn struct {
	ID       Int  `json:"id"`
	Action   Text `json:"action"`
	Assignee Text `json:"assignee"`
	Revision Int  `json:"revision"`
}

func (in stepIn) read(p *errs.Fields, prefix string) record.Step {
	return record.Step{
		ID: in.ID.record(p, prefix+"id"), Action: in.Action.need(p, prefix+"action"), Assignee: string(in.Assignee),
		Revision: in.Revision.revision(p, prefix+"revision"),
	}
}

type updateStatusIn struct {
	App Int `json:"app"`
	stepIn
}

// updateStatus answers PUT /k/v1/record/status.json.
func (a *API) updateStatus(ctx context.Context, who access.Actor, in updateStatusIn) (revisionOut, error) {
	var p errs.Fields
	app, step := in.App.app(&p, "app"), in.read(&p, "")
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return revisionOut{}, err
	}
	w, err := set.Act(ctx, []record.Step{step}, false)
	if err != nil {
		return revisionOut{}, err
	}
	return revisionOut{revision(w[0])}, nil
}

type updateStatusesIn struct {
	App     Int       `json:"app"`
	Records *[]stepIn `json:"records"`
}

type revisedRecord struct {
	ID       string `json:"id"`
	Revision string `json:"revision"`
}

type revisedOut struct {
	Records []revisedRecord `json:"records"`
}

// updateStatuses answers PUT /k/v1/records/status.json.
func (a *API) updateStatuses(ctx context.Context, who access.Actor, in updateStatusesIn) (revisedOut, error) {
	return revise(ctx, a, who, in.App, in.Records, stepIn.read, (*record.Set).Act)
}

// revise reads what a list, which may not be missing, asks of an app's records, has it done and tells their new revisions.
func revise[In, Change any](ctx context.Context, a *API, who access.Actor, app Int, in *[]In, read func(In, *errs.Fields, string) Change,
	do func(*record.Set, context.Context, []Change, bool) ([]record.Written, error)) (revisedOut, error) {
	var p errs.Fields
	of := app.app(&p, "app")
	out := revisedOut{Records: []revisedRecord{}}
	var changes []Change
	switch {
	case in == nil:
		p.Add("records", "param.required")
	case len(*in) > record.MaxBulk:
		p.Add("records", "process.bulk", errs.Args{"max": record.MaxBulk})
	default:
		for i, r := range *in {
			changes = append(changes, read(r, &p, at("records", i)+"."))
		}
	}
	set, err := a.open(ctx, who, of, &p)
	if err != nil {
		return out, err
	}
	written, err := do(set, ctx, changes, true)
	for _, w := range written {
		out.Records = append(out.Records, revisedRecord{id.String(w.ID), revision(w)})
	}
	return out, err
}

type updateAssigneesIn struct {
	App       Int         `json:"app"`
	ID        Int         `json:"id"`
	Assignees *List[Text] `json:"assignees"`
	Revision  Int         `json:"revision"`
}

// updateAssignees answers PUT /k/v1/record/assignees.json.
func (a *API) updateAssignees(ctx context.Context, who access.Actor, in updateAssigneesIn) (revisionOut, error) {
	var p errs.Fields
	app, n := in.App.app(&p, "app"), in.ID.record(&p, "id")
	expected := in.Revision.revision(&p, "revision")
	var codes []string
	if in.Assignees == nil {
		p.Add("assignees", "param.required")
	} else {
		in.Assignees.size(&p, "assignees", 0, record.MaxAssignees)
		codes = texts(*in.Assignees)
	}
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return revisionOut{}, err
	}
	w, err := set.Assign(ctx, n, codes, expected)
	return revisionOut{revision(w)}, err
}

type standingIn struct {
	App Int `json:"app"`
	ID  Int `json:"id"`
}

type turnOut struct {
	User   personOut  `json:"user"`
	Action string     `json:"action"` // "" while it is still to come
	By     *personOut `json:"by"`     // who did it: he or his deputy
	At     *string    `json:"at"`
}

type choiceOut struct {
	Name       string      `json:"name"`
	To         string      `json:"to"`
	Type       string      `json:"type"`
	For        *personOut  `json:"for"`        // in whose name, if not in the reader's own
	Last       bool        `json:"last"`       // it moves the record, nobody else has to act first
	Candidates []personOut `json:"candidates"` // one of whom has to be chosen, if there are any
}

type standingOut struct {
	Status    string      `json:"status"`
	Mode      string      `json:"mode"`
	Revision  string      `json:"revision"`
	Assignees []personOut `json:"assignees"`
	Progress  []turnOut   `json:"progress"`
	Actions   []choiceOut `json:"actions"`
	MayAssign bool        `json:"mayAssign"`
}

// getStanding answers GET /api/v1/record/actions: where a record stands in its process, and what the reader may do there.
func (a *API) getStanding(ctx context.Context, who access.Actor, in standingIn) (standingOut, error) {
	var p errs.Fields
	app, n := in.App.app(&p, "app"), in.ID.record(&p, "id")
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return standingOut{}, err
	}
	st, err := set.Standing(ctx, n)
	if err != nil {
		return standingOut{}, err
	}
	out := standingOut{
		Status: st.State.Name, Mode: string(st.State.Assignees.Mode), Revision: revisionText(st.Revision), Assignees: persons(st.Assigned),
		Progress: []turnOut{}, Actions: []choiceOut{}, MayAssign: st.MayAssign,
	}
	for _, t := range st.Turns {
		out.Progress = append(out.Progress, turnOut{
			User: personOut{t.Person.Code, t.Person.Name}, Action: t.Action, By: personOrNull(t.By), At: instantOrNull(t.At),
		})
	}
	for _, c := range st.Actions {
		out.Actions = append(out.Actions, choiceOut{
			Name: c.Action.Name, To: c.To.Name, Type: actionType(c.Action), For: personOrNull(c.For), Last: c.Last,
			Candidates: persons(c.Candidates),
		})
	}
	return out, nil
}

func persons(list []field.Person) []personOut {
	out := []personOut{}
	for _, p := range list {
		out = append(out, personOut{p.Code, p.Name})
	}
	return out
}

func personOrNull(p field.Person) *personOut {
	if p.ID == 0 {
		return nil
	}
	return &personOut{p.Code, p.Name}
}
