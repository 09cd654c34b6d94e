package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

func (a *API) nameRoutes() []Route {
	return []Route{
		route("GET", "/api/v1/app/names", a.getNames),
		route("PUT", "/api/v1/app/names", a.setNames),
	}
}

type namesByKey map[string]field.Names

type appNames struct {
	App            field.Names `json:"app"`
	Fields         namesByKey  `json:"fields"`
	Views          namesByKey  `json:"views"`
	Reports        namesByKey  `json:"reports"`
	Actions        namesByKey  `json:"actions"`
	States         namesByKey  `json:"states"`
	ProcessActions namesByKey  `json:"processActions"`
}

type namesOut struct {
	Names    appNames `json:"names"`
	Revision string   `json:"revision"`
}

type namesIn struct {
	App Int `json:"app"`
}

// getNames answers GET /api/v1/app/names: what an app and its parts are called in other languages, in the preview settings.
func (a *API) getNames(ctx context.Context, who access.Actor, in namesIn) (namesOut, error) {
	st, err := a.managed(ctx, who, settingsIn{App: in.App}, true)
	if err != nil {
		return namesOut{}, err
	}
	n := st.Names()
	if n.App == nil {
		n.App = field.Names{}
	}
	return namesOut{appNames{n.App, namesByKey(n.Fields), namesByKey(n.Views), namesByKey(n.Reports), namesByKey(n.Actions), namesByKey(n.States), namesByKey(n.ProcessActions)}, st.RevisionText()}, nil
}

type setNamesIn struct {
	App      Int       `json:"app"`
	Names    *appNames `json:"names"`
	Revision Int       `json:"revision"`
}

// setNames answers PUT /api/v1/app/names: what is not listed stays, and "" takes a name away.
func (a *API) setNames(ctx context.Context, who access.Actor, in setNamesIn) (revisionOut, error) {
	var p errs.Fields
	var n appNames
	if in.Names == nil {
		p.Add("names", "param.required")
	} else {
		n = *in.Names
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		s.SetNames(app.Names{
			App: n.App, Fields: app.NamesByKey(n.Fields), Views: app.NamesByKey(n.Views), Reports: app.NamesByKey(n.Reports),
			Actions: app.NamesByKey(n.Actions), States: app.NamesByKey(n.States), ProcessActions: app.NamesByKey(n.ProcessActions),
		}, p)
		return nil
	})
	return revisionOut{revisionText(rev)}, err
}
