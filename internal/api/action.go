package api

import (
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

func (a *API) actionRoutes() []Route {
	return append(both("app/actions.json", a.getActions), route("PUT", "/k/v1/preview/app/actions.json", a.setActions))
}

type destApp struct {
	App  Int  `json:"app"`
	Code Text `json:"code"`
}

type mapping struct {
	SrcType   Text `json:"srcType"` // FIELD, RECORD_URL
	SrcField  Text `json:"srcField,omitempty"`
	DestField Text `json:"destField"`
}

func (m mapping) read(p *errs.Fields, path string) app.MappingChange {
	c := app.MappingChange{To: m.DestField.need(p, path+".destField")}
	switch m.SrcType {
	case "FIELD":
		c.From = m.SrcField.need(p, path+".srcField")
	case "RECORD_URL":
	case "":
		p.Add(path+".srcType", "param.required")
	default:
		p.Add(path+".srcType", "param.enum")
	}
	return c
}

type actionOut struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Index      string    `json:"index"`
	DestApp    destApp   `json:"destApp"`
	Mappings   []mapping `json:"mappings"`
	Entities   []entity  `json:"entities"`
	FilterCond string    `json:"filterCond"`
}

type actionsOut struct {
	Actions  map[string]actionOut `json:"actions"`
	Revision string               `json:"revision"`
}

// getActions answers GET /k/v1/app/actions.json and its preview. Of a destination that the reader may not see there is
// only the id.
func (a *API) getActions(ctx context.Context, who access.Actor, in settingsIn, preview bool) (actionsOut, error) {
	st, err := a.managed(ctx, who, in, preview)
	if err != nil {
		return actionsOut{}, err
	}
	out := actionsOut{Actions: map[string]actionOut{}, Revision: st.RevisionText()}
	for i, x := range st.Actions {
		d, err := a.apps.Destination(ctx, who, x.Dest, "")
		if err != nil && !errs.Lasting(err) {
			return out, err
		}
		if err != nil {
			d = &app.Destination{}
		}
		out.Actions[x.Name] = showAction(x, i, d)
	}
	return out, nil
}

func showAction(x app.Action, i int, d *app.Destination) actionOut {
	out := actionOut{
		ID: id.String(x.ID), Name: x.Name, Index: strconv.Itoa(i), DestApp: destApp{whole(int(x.Dest)), Text(d.Code)},
		Mappings: []mapping{}, Entities: []entity{}, FilterCond: x.Filter,
	}
	for _, m := range x.Mappings {
		to, ok := d.FieldCode(m.To)
		switch {
		case !ok:
		case m.From == "":
			out.Mappings = append(out.Mappings, mapping{SrcType: "RECORD_URL", DestField: Text(to)})
		default:
			out.Mappings = append(out.Mappings, mapping{"FIELD", Text(m.From), Text(to)})
		}
	}
	for _, e := range x.Entities {
		out.Entities = append(out.Entities, showEntity(e))
	}
	return out
}

type actionIn struct {
	Name       Text       `json:"name"`
	Index      Int        `json:"index"`
	DestApp    *destApp   `json:"destApp"`
	Mappings   *[]mapping `json:"mappings"`
	Entities   *[]entity  `json:"entities"`
	FilterCond *Text      `json:"filterCond"`
}

type setActionsIn struct {
	App      Int                  `json:"app"`
	Actions  *map[string]actionIn `json:"actions"`
	Revision Int                  `json:"revision"`
}

type setActionsOut struct {
	Actions  map[string]idOut `json:"actions"`
	Revision string           `json:"revision"`
}

// setActions answers PUT /k/v1/preview/app/actions.json.
func (a *API) setActions(ctx context.Context, who access.Actor, in setActionsIn) (setActionsOut, error) {
	var p errs.Fields
	out := setActionsOut{Actions: map[string]idOut{}}
	changes, dests := map[string]app.ActionChange{}, map[string]destApp{}
	for key, x := range needMap(in.Actions, &p, "actions") {
		path := "actions[" + key + "]"
		changes[key] = x.change(&p, path)
		if d := x.DestApp; d != nil {
			if d.Code == "" {
				d.App.need(&p, path+".destApp.app", 1)
			}
			dests[key] = *d
		}
	}
	in.App.app(&p, "app") // before other apps are looked for
	if err := p.Err(); err != nil {
		return out, err
	}
	for key, d := range dests {
		c := changes[key]
		var err error
		if c.Dest, err = a.apps.Destination(ctx, who, id.App(d.App.n), string(d.Code)); err != nil {
			return out, err
		}
		changes[key] = c
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		actions, err := s.SetActions(changes, p)
		for key, x := range actions {
			out.Actions[key] = idOut{id.String(x.ID)}
		}
		return err
	})
	out.Revision = revisionText(rev)
	return out, err
}

func (x *actionIn) change(p *errs.Fields, path string) app.ActionChange {
	c := app.ActionChange{Index: x.Index.need(p, path+".index", 0), Name: string(x.Name), Filter: (*string)(x.FilterCond)}
	if x.Mappings != nil {
		c.Mappings = []app.MappingChange{}
		for i, m := range *x.Mappings {
			c.Mappings = append(c.Mappings, m.read(p, at(path+".mappings", i)))
		}
	}
	if x.Entities != nil {
		c.Entities = []access.Entity{}
		for i, e := range *x.Entities {
			c.Entities = append(c.Entities, e.read(p, at(path+".entities", i), "USER", "GROUP", "ORGANIZATION"))
		}
	}
	return c
}
