package api

import (
	"context"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

type viewOut struct {
	Type   string    `json:"type"`
	Built  string    `json:"builtinType,omitempty"`
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Fields *[]string `json:"fields,omitempty"`
	Date   string    `json:"date,omitempty"`
	Title  string    `json:"title,omitempty"`
	HTML   *string   `json:"html,omitempty"`
	Pager  *bool     `json:"pager,omitempty"`
	Device string    `json:"device,omitempty"`
	Filter string    `json:"filterCond"`
	Sort   string    `json:"sort"`
	Index  string    `json:"index"`
}

type viewsOut struct {
	Views    map[string]viewOut `json:"views"`
	Revision string             `json:"revision"`
}

// getViews answers GET /k/v1/app/views.json and its preview. To readers, fields that they may not see are left out;
// so is a filter or sort that names one.
func (a *API) getViews(ctx context.Context, who access.Actor, in settingsIn, preview bool) (viewsOut, error) {
	st, lens, err := a.settings(ctx, who, in, preview)
	if err != nil {
		return viewsOut{}, err
	}
	out := viewsOut{Views: map[string]viewOut{}, Revision: st.RevisionText()}
	for i, v := range st.Views {
		if !preview {
			v = v.VisibleTo(a.apps.Relating(ctx, who, lens))
		}
		o := viewOut{
			Type: v.Type, Built: v.Builtin, ID: id.String(v.ID), Name: v.Name, Date: v.Date, Title: v.Title,
			Device: v.Device, Filter: v.Filter, Sort: v.Sort, Index: strconv.Itoa(i),
		}
		switch v.Type {
		case "LIST":
			o.Fields = new(append([]string{}, v.Fields...))
		case "CUSTOM":
			o.HTML, o.Pager = &v.HTML, &v.Pager
		}
		out.Views[v.Name] = o
	}
	return out, nil
}

type viewIn struct {
	Index  Int         `json:"index"`
	Type   Text        `json:"type"`
	Name   Text        `json:"name"`
	Fields *List[Text] `json:"fields"`
	Date   Text        `json:"date"`
	Title  Text        `json:"title"`
	HTML   *Text       `json:"html"`
	Pager  Bool        `json:"pager"`
	Device Text        `json:"device"`
	Filter *Text       `json:"filterCond"`
	Sort   *Text       `json:"sort"`
}

type setViewsIn struct {
	App      Int                `json:"app"`
	Views    *map[string]viewIn `json:"views"`
	Revision Int                `json:"revision"`
}

type setViewsOut struct {
	Views    map[string]idOut `json:"views"`
	Revision string           `json:"revision"`
}

// setViews answers PUT /k/v1/preview/app/views.json. It takes no token for an app that has a custom view.
func (a *API) setViews(ctx context.Context, who access.Actor, in setViewsIn) (setViewsOut, error) {
	var p errs.Fields
	changes := map[string]app.ViewChange{}
	out := setViewsOut{Views: map[string]idOut{}}
	for key, v := range needMap(in.Views, &p, "views") {
		if v.Type == "CUSTOM" && !who.Admin() {
			if err := usersOnly(who); err != nil {
				return out, err
			}
			return out, errs.E(errs.Forbidden, "forbidden") // its HTML is ours to run: administrators only
		}
		changes[key] = v.change(&p, "views["+key+"]")
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		custom := slices.ContainsFunc(s.Views, func(v app.View) bool { return v.Type == "CUSTOM" })
		if err := usersOnly(who); custom && err != nil {
			return err
		}
		if err := s.SetViews(changes, p); err != nil {
			return err
		}
		for _, v := range s.Views {
			out.Views[v.Name] = idOut{id.String(v.ID)}
		}
		return nil
	})
	out.Revision = revisionText(rev)
	return out, err
}

func (v viewIn) change(p *errs.Fields, path string) app.ViewChange {
	c := app.ViewChange{
		Index: v.Index.need(p, path+".index", 0), Name: string(v.Name), Type: v.Type.need(p, path+".type"), Date: string(v.Date), Title: string(v.Title),
		HTML: (*string)(v.HTML), Device: string(v.Device), Filter: (*string)(v.Filter), Sort: (*string)(v.Sort), Pager: v.Pager.optional(p, path+".pager"),
	}
	if v.Fields != nil {
		c.Fields = texts(*v.Fields)
	}
	return c
}
