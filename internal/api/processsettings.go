package api

import (
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/query"
)

// processEntity is somebody whom a status or an action names.
type processEntity struct {
	Entity      entity `json:"entity"`
	IncludeSubs Bool   `json:"includeSubs"`
}

func readPrincipals(list []processEntity, p *errs.Fields, path string) (out []app.Principal) {
	for i, e := range list {
		out = append(out, app.Principal{
			Entity:      e.Entity.read(p, at(path, i)+".entity", "USER", "GROUP", "ORGANIZATION", "CREATOR", app.FieldEntity, app.CustomField),
			IncludeSubs: e.IncludeSubs.or(p, at(path, i)+".includeSubs", false),
		})
	}
	return out
}

// showPrincipals shows whom a status or an action names, without the fields that the reader may not see.
func showPrincipals(list []app.Principal, lens query.Schema) []processEntity {
	out := []processEntity{}
	for _, e := range list {
		if e.Entity.Type == app.FieldEntity {
			if _, visible := lens.Lookup(e.Entity.Code); !visible {
				continue
			}
		}
		out = append(out, processEntity{showEntity(e.Entity), is(e.IncludeSubs)})
	}
	return out
}

type assignment struct {
	Type     Text             `json:"type"`
	Entities *[]processEntity `json:"entities"`
}

func (in *assignment) read(p *errs.Fields, path string) *app.Assignment {
	if in == nil {
		return nil
	}
	out := app.Assignment{Mode: app.Mode(in.Type.need(p, path+".type"))}
	if m := out.Mode; m != "" && m != app.One && m != app.All && m != app.Any {
		p.Add(path+".type", "param.enum")
	}
	if in.Entities == nil {
		p.Add(path+".entities", "param.required")
		return &out
	}
	out.Entities = readPrincipals(*in.Entities, p, path+".entities")
	return &out
}

type stateOut struct {
	Name             string     `json:"name"`
	Index            string     `json:"index"`
	Assignee         assignment `json:"assignee"`
	AssigneeOnlyEdit bool       `json:"assigneeOnlyEdit,omitempty"` // ours
}

type executors struct {
	Entities []processEntity `json:"entities"`
}

type processAction struct {
	Name       Text       `json:"name"`
	From       Text       `json:"from"`
	To         Text       `json:"to"`
	FilterCond Text       `json:"filterCond"`
	Type       Text       `json:"type"`
	Executors  *executors `json:"executableUser,omitempty"`
}

func (in processAction) read(p *errs.Fields, path string) app.ProcessActionChange {
	out := app.ProcessActionChange{
		Name: in.Name.need(p, path+".name"), From: in.From.need(p, path+".from"), To: in.To.need(p, path+".to"), Filter: string(in.FilterCond),
	}
	switch in.Type {
	case "", "PRIMARY":
	case "SECONDARY":
		out.ByOthers = true
		if in.Executors == nil {
			p.Add(path+".executableUser", "param.required")
			break
		}
		out.Executors = readPrincipals(in.Executors.Entities, p, path+".executableUser.entities")
	default:
		p.Add(path+".type", "param.enum")
	}
	return out
}

func actionType(a app.ProcessAction) string {
	if a.ByOthers {
		return "SECONDARY"
	}
	return "PRIMARY"
}

type processOut struct {
	Enable   bool                `json:"enable"`
	States   map[string]stateOut `json:"states"`
	Actions  []processAction     `json:"actions"`
	Revision string              `json:"revision"`
}

// getProcess answers GET /k/v1/app/status.json and its preview. States and actions are null until process management was
// turned on once. To readers, fields that they may not see are left out, and so is a condition that names one; to those
// who may not see where records stand, all of it.
func (a *API) getProcess(ctx context.Context, who access.Actor, in settingsIn, preview bool) (processOut, error) {
	st, lens, err := a.settings(ctx, who, in, preview)
	if err != nil {
		return processOut{}, err
	}
	var seen query.Schema = lens
	if preview || lens.Can(access.Manage) {
		seen = st.Whole() // written as they are read, conditions hold again when the process is turned on
	}
	out := processOut{Enable: st.Process.On, Revision: st.RevisionText()}
	if status := st.System(field.Status); status == nil || st.Process.States == nil {
		return out, nil
	} else if _, visible := seen.Lookup(status.Code); st.Process.On && !visible {
		return out, nil
	}
	out.States, out.Actions = map[string]stateOut{}, []processAction{}
	for i, s := range st.Process.States {
		out.States[s.Name] = stateOut{s.Name, strconv.Itoa(i), assignment{Text(s.Assignees.Mode), new(showPrincipals(s.Assignees.Entities, seen))}, s.AssigneeOnlyEdit}
	}
	for _, act := range st.Process.Actions {
		from, _ := st.Process.State(act.From)
		to, _ := st.Process.State(act.To)
		o := processAction{Name: Text(act.Name), From: Text(from.Name), To: Text(to.Name), FilterCond: Text(app.VisibleFilter(act.Filter, seen)), Type: Text(actionType(act))}
		if act.ByOthers {
			o.Executors = &executors{showPrincipals(act.Executors, seen)}
		}
		out.Actions = append(out.Actions, o)
	}
	return out, nil
}

type setProcessIn struct {
	App    Int  `json:"app"`
	Enable Bool `json:"enable"`
	States *map[string]struct {
		Index            Int         `json:"index"`
		Name             Text        `json:"name"`
		Assignee         *assignment `json:"assignee"`
		AssigneeOnlyEdit Bool        `json:"assigneeOnlyEdit"`
	} `json:"states"`
	Actions  *[]processAction `json:"actions"`
	Revision Int              `json:"revision"`
}

// setProcess answers PUT /k/v1/preview/app/status.json.
func (a *API) setProcess(ctx context.Context, who access.Actor, in setProcessIn) (revisionOut, error) {
	var p errs.Fields
	c := app.ProcessChange{Enable: in.Enable.optional(&p, "enable")}
	if in.States != nil {
		c.States = map[string]app.StateChange{}
		for key, s := range *in.States {
			path := "states[" + key + "]"
			change := app.StateChange{
				Name: string(s.Name), Index: s.Index.need(&p, path+".index", 0), Assignees: s.Assignee.read(&p, path+".assignee"),
			}
			change.AssigneeOnlyEdit = s.AssigneeOnlyEdit.optional(&p, path+".assigneeOnlyEdit")
			c.States[key] = change
		}
	}
	if in.Actions != nil {
		list := []app.ProcessActionChange{}
		for i, act := range *in.Actions {
			list = append(list, act.read(&p, at("actions", i)))
		}
		c.Actions = &list
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		return s.SetProcess(c, p)
	})
	return revisionOut{revisionText(rev)}, err
}
