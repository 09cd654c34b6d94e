package api

import (
	"cmp"
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

type getAppIn struct {
	ID Int `json:"id" about:"app"`
}

type personOut struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

type appOut struct {
	AppID       string    `json:"appId"`
	Code        string    `json:"code"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	SpaceID     *string   `json:"spaceId"`
	ThreadID    *string   `json:"threadId"`
	CreatedAt   string    `json:"createdAt"`
	Creator     personOut `json:"creator"`
	ModifiedAt  string    `json:"modifiedAt"`
	Modifier    personOut `json:"modifier"`
}

// instant writes a time as kintone's settings do: with milliseconds, UTC.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func person(dir field.Directory, u id.User) personOut {
	p, _ := dir.User(u)
	return personOut{p.Code, p.Name}
}

func showApp(dir field.Directory, s app.Summary) appOut {
	out := appOut{
		AppID: id.String(s.ID), Code: s.Code, Name: s.Name, Description: s.Description,
		CreatedAt: instant(s.CreatedAt), Creator: person(dir, s.Creator),
		ModifiedAt: instant(s.ModifiedAt), Modifier: person(dir, s.Modifier),
	}
	if s.Space != nil {
		out.SpaceID, out.ThreadID = new(id.String(s.Space.ID)), new(id.String(s.Thread))
	}
	return out
}

// getApp answers GET /k/v1/app.json.
func (a *API) getApp(ctx context.Context, who access.Actor, in getAppIn) (appOut, error) {
	var p errs.Fields
	n := in.ID.app(&p, "id")
	h, err := a.openApp(ctx, who, n, &p)
	if err != nil {
		return appOut{}, err
	}
	if err := h.Published(); err != nil {
		return appOut{}, err
	}
	s, err := h.Summary(ctx)
	if err != nil {
		return appOut{}, err
	}
	dir, err := a.people.Directory(ctx)
	return showApp(dir, s), err
}

type getAppsIn struct {
	IDs      List[Int]  `json:"ids"`
	Codes    List[Text] `json:"codes"`
	Name     Text       `json:"name"`
	SpaceIDs List[Int]  `json:"spaceIds"`
	Limit    Int        `json:"limit"`
	Offset   Int        `json:"offset"`
}

type appsOut struct {
	Apps []appOut `json:"apps"`
}

// getApps answers GET /k/v1/apps.json.
func (a *API) getApps(ctx context.Context, who access.Actor, in getAppsIn) (appsOut, error) {
	var p errs.Fields
	in.IDs.size(&p, "ids", 0, 100)
	in.Codes.size(&p, "codes", 0, 100)
	in.SpaceIDs.size(&p, "spaceIds", 0, 100)
	f := app.Filter{Codes: texts(in.Codes), Name: string(in.Name)}
	for i, n := range in.IDs {
		f.IDs = append(f.IDs, n.app(&p, at("ids", i)))
	}
	for i, code := range in.Codes {
		if n := utf8.RuneCountInString(string(code)); n < 1 || n > 64 {
			p.Add(at("codes", i), "param.length", errs.Args{"min": 1, "max": 64})
		}
	}
	if utf8.RuneCountInString(f.Name) > 64 {
		p.Add("name", "param.length", errs.Args{"min": 0, "max": 64})
	}
	for i, n := range in.SpaceIDs {
		f.Spaces = append(f.Spaces, id.Space(n.need(&p, at("spaceIds", i), 1)))
	}
	limit := int(in.Limit.within(&p, "limit", 100, 1, 100))
	offset := int(in.Offset.within(&p, "offset", 0, 0, 1<<31-1))
	out := appsOut{Apps: []appOut{}}
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return out, err
	}
	list, err := a.apps.List(ctx, who, f, false)
	if err != nil {
		return out, err
	}
	dir, err := a.people.Directory(ctx)
	for _, s := range list[min(offset, len(list)):min(offset+limit, len(list))] {
		out.Apps = append(out.Apps, showApp(dir, s))
	}
	return out, err
}

// usersOnly refuses API tokens where kintone does.
func usersOnly(who access.Actor) error {
	switch who.Kind() {
	case access.KindUser, access.KindSystem:
		return nil
	case access.KindToken:
		return errs.E(errs.Forbidden, "auth.tokenRight")
	}
	return errs.E(errs.Unauthenticated, "auth.required")
}

type addAppIn struct {
	Name   Text `json:"name"`
	Space  Int  `json:"space"`
	Thread Int  `json:"thread"`
}

type addAppOut struct {
	App      string `json:"app"`
	Revision string `json:"revision"`
}

// addApp answers POST /k/v1/preview/app.json.
func (a *API) addApp(ctx context.Context, who access.Actor, in addAppIn) (addAppOut, error) {
	var p errs.Fields
	name := in.Name.need(&p, "name")
	switch {
	case in.Space.given && !in.Thread.given:
		p.Add("thread", "app.threadNeeded")
	case in.Thread.given && !in.Space.given:
		p.Add("space", "app.spaceNeeded")
	}
	home := app.Home{
		Space: id.Space(in.Space.within(&p, "space", 0, 1, 1<<62)), Thread: id.Thread(in.Thread.within(&p, "thread", 0, 1, 1<<62)),
	}
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return addAppOut{}, err
	}
	n, rev, err := a.apps.CreateIn(ctx, who, name, home)
	return addAppOut{id.String(n), id.String(id.App(rev))}, err
}

type deployIn struct {
	Apps *[]struct {
		App      Int `json:"app"`
		Revision Int `json:"revision"`
	} `json:"apps"`
	Revert Bool `json:"revert"`
}

// maxDeploy is how many apps one request may deploy or ask about.
const maxDeploy = 300

// deploy answers POST /k/v1/preview/app/deploy.json.
func (a *API) deploy(ctx context.Context, who access.Actor, in deployIn) (none, error) {
	var p errs.Fields
	var list []app.Deployment
	revert := in.Revert.or(&p, "revert", false)
	if in.Apps == nil || len(*in.Apps) == 0 {
		p.Add("apps", "param.required")
	} else {
		if len(*in.Apps) > maxDeploy {
			p.Add("apps", "param.size", errs.Args{"min": 1, "max": maxDeploy})
		}
		for i, d := range *in.Apps {
			x := app.Deployment{App: d.App.app(&p, at("apps", i)+".app"), Revision: d.Revision.revision(&p, at("apps", i)+".revision")}
			if slices.ContainsFunc(list, func(y app.Deployment) bool { return y.App == x.App }) && x.App != 0 {
				p.Add(at("apps", i)+".app", "app.deployTwice")
			}
			list = append(list, x)
		}
	}
	if err := p.Err(); err != nil {
		return none{}, err
	}
	if revert {
		return none{}, a.apps.Discard(ctx, who, list)
	}
	return none{}, a.apps.Deploy(ctx, who, list)
}

type deployStatusIn struct {
	Apps List[Int] `json:"apps"`
}

type deployStatus struct {
	App    string `json:"app"`
	Status string `json:"status"`
}

type deployStatusOut struct {
	Apps []deployStatus `json:"apps"`
}

// getDeploy answers GET /k/v1/preview/app/deploy.json. A deployment is over when its request is answered,
// so none is ever in progress.
func (a *API) getDeploy(ctx context.Context, who access.Actor, in deployStatusIn) (deployStatusOut, error) {
	var p errs.Fields
	out := deployStatusOut{Apps: []deployStatus{}}
	if len(in.Apps) == 0 {
		p.Add("apps", "param.required")
	}
	if len(in.Apps) > maxDeploy {
		return out, errs.E(errs.Invalid, "app.tooManyApps")
	}
	var list []id.App
	for i, n := range in.Apps {
		list = append(list, n.app(&p, at("apps", i)))
	}
	if err := p.Err(); err != nil {
		return out, err
	}
	for _, n := range list {
		h, err := a.apps.Open(ctx, who, n)
		if err != nil {
			return out, err
		}
		status, err := h.DeployStatus(ctx)
		if err != nil {
			return out, err
		}
		out.Apps = append(out.Apps, deployStatus{id.String(n), status})
	}
	return out, nil
}

type appInfoIn struct {
	App Int `json:"app"`
}

type appInfoOut struct {
	ID          string          `json:"id"`
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Theme       string          `json:"theme"`
	Icon        app.Icon        `json:"icon"`
	Can         map[string]bool `json:"can"`
	TitleField  string          `json:"titleField"`
	Settings    map[string]bool `json:"settings"`
	Revision    string          `json:"revision"`
	Published   bool            `json:"published"`
	Changed     bool            `json:"changed"` // there are preview settings that are not live
}

// getAppInfo answers GET /api/v1/app: what a screen needs to know about the app and its reader.
func (a *API) getAppInfo(ctx context.Context, who access.Actor, in appInfoIn) (appInfoOut, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	h, err := a.openApp(ctx, who, n, &p)
	if err != nil {
		return appInfoOut{}, err
	}
	published := h.Published() == nil
	st, err := h.Settings(ctx, !published)
	if err != nil {
		return appInfoOut{}, err
	}
	v := h.Verbs()
	out := appInfoOut{
		ID: id.String(n), Name: st.Name, Description: st.Description, Theme: st.Theme, Icon: st.Icon, Revision: st.RevisionText(),
		Can: map[string]bool{
			"view": v.Has(access.View), "add": v.Has(access.Add), "edit": v.Has(access.Edit), "delete": v.Has(access.Delete),
			"manage": v.Has(access.Manage), "import": v.Has(access.Import), "export": v.Has(access.Export),
		},
		Settings: map[string]bool{
			"enableComments": !st.NoComments, "enableDuplicateRecord": !st.NoDuplicate,
			"enableInlineRecordEditing": !st.NoInlineEditing, "enableThumbnails": !st.NoThumbnails, "enableBulkDeletion": st.BulkDeletion,
		},
		Published: published, Changed: published && v.Has(access.Manage) && h.App().Changed(),
	}
	lens, err := h.Lens(ctx, st)
	if err != nil {
		return out, err
	}
	if f := st.Title(); f != nil {
		if _, visible := lens.Sight(f.Code); visible {
			out.TitleField = f.Code
		}
	}
	return out, nil
}

// deleteApp answers DELETE /api/v1/app: the app goes into the trash.
func (a *API) deleteApp(ctx context.Context, who access.Actor, in appInfoIn) (none, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return none{}, err
	}
	h, err := a.apps.Open(ctx, who, n)
	if err != nil {
		return none{}, err
	}
	return none{}, h.Delete(ctx)
}
