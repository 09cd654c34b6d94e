package api

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
)

// entity is whom a setting is about; kintone shows CREATOR without a code.
type entity struct {
	Type Text  `json:"type"`
	Code *Text `json:"code"`
}

func (e entity) read(p *errs.Fields, path string, types ...Text) access.Entity {
	out := access.Entity{Type: string(e.Type)}
	switch {
	case e.Type == "":
		p.Add(path+".type", "param.required")
	case !slices.Contains(types, e.Type):
		p.Add(path+".type", "param.enum")
	case e.Type != "CREATOR" && (e.Code == nil || *e.Code == ""):
		p.Add(path+".code", "param.required")
	}
	if e.Code != nil && e.Type != "CREATOR" {
		out.Code = string(*e.Code)
	}
	return out
}

func showEntity(e access.Entity) entity {
	if e.Type == "CREATOR" {
		return entity{Type: "CREATOR"}
	}
	return entity{Type: Text(e.Type), Code: new(Text(e.Code))}
}

// MarshalText writes t as it is.
func (t Text) MarshalText() ([]byte, error) { return []byte(t), nil }

// permission is one of the three lists of permissions of an app. R is what stands in its list of rights.
type permission[R any] struct {
	show  func(app.Permissions) []R
	read  func(p *errs.Fields, path string, r R) // what is wrong with a right by itself
	store func(s *app.Settings, rights []R, p *errs.Fields) error
}

type permissionOut[R any] struct {
	Rights   []R    `json:"rights"`
	Revision string `json:"revision"`
}

type setPermissionIn[R any] struct {
	App      Int  `json:"app"`
	ID       Int  `json:"id"` // the app's, by another name
	Rights   *[]R `json:"rights"`
	Revision Int  `json:"revision"`
}

// permissionRoutes are the routes of a list: it is read live and in preview, and written in preview or, at once with
// everything else that is not deployed yet, live.
// Source: kintone REST API, "Update App Permissions" and the like.
func permissionRoutes[R any](a *API, path string, of permission[R]) []Route {
	get := func(ctx context.Context, who access.Actor, in settingsIn, preview bool) (permissionOut[R], error) {
		return of.get(ctx, a, who, in, preview)
	}
	set := func(live bool) func(context.Context, access.Actor, setPermissionIn[R]) (revisionOut, error) {
		return func(ctx context.Context, who access.Actor, in setPermissionIn[R]) (revisionOut, error) {
			return of.set(ctx, a, who, in, live)
		}
	}
	return append(both(path, get), route("PUT", "/k/v1/"+path, set(true)), route("PUT", "/k/v1/preview/"+path, set(false)))
}

func (of permission[R]) get(ctx context.Context, a *API, who access.Actor, in settingsIn, preview bool) (permissionOut[R], error) {
	st, err := a.managed(ctx, who, in, preview)
	if err != nil {
		return permissionOut[R]{}, err
	}
	dir, err := a.people.Directory(ctx)
	if err != nil {
		return permissionOut[R]{}, err
	}
	out := permissionOut[R]{Rights: []R{}, Revision: st.RevisionText()}
	out.Rights = append(out.Rights, of.show(st.Permissions(dir))...)
	return out, nil
}

func (of permission[R]) set(ctx context.Context, a *API, who access.Actor, in setPermissionIn[R], live bool) (revisionOut, error) {
	var p errs.Fields
	var rights []R
	if in.Rights == nil {
		p.Add("rights", "param.required")
	} else {
		rights = *in.Rights
	}
	for i, r := range rights {
		of.read(&p, at("rights", i), r)
	}
	if !in.App.given {
		in.App = in.ID
	}
	n := in.App.app(&p, "app")
	expected := in.Revision.revision(&p, "revision")
	h, err := a.openApp(ctx, who, n, &p)
	if err != nil {
		return revisionOut{}, err
	}
	edit := h.Edit
	if live {
		edit = h.EditLive
	}
	rev, err := edit(ctx, expected, func(s *app.Settings, p *errs.Fields) error { return of.store(s, rights, p) })
	return revisionOut{revisionText(rev)}, err
}

// managed opens settings that only managers may read.
func (a *API) managed(ctx context.Context, who access.Actor, in settingsIn, preview bool) (*app.Settings, error) {
	st, lens, err := a.settings(ctx, who, in, preview)
	if err == nil && !lens.Can(access.Manage) {
		err = errs.E(errs.Forbidden, "forbidden")
		if who.Kind() == access.KindToken {
			err = errs.E(errs.Forbidden, "auth.tokenRight")
		}
	}
	return st, err
}
