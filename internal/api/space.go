package api

import (
	"cmp"
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/space"
)

func (a *API) spaceRoutes() []Route {
	return []Route{
		route("GET", "/k/v1/space.json", a.getSpace),
		route("POST", "/k/v1/space.json", a.addSpace),
		route("PUT", "/k/v1/space.json", a.updateSpace),
		route("DELETE", "/k/v1/space.json", a.deleteSpace),
		route("PUT", "/k/v1/space/body.json", a.setSpaceBody),
		route("GET", "/k/v1/space/members.json", a.getSpaceMembers),
		route("PUT", "/k/v1/space/members.json", a.setSpaceMembers),
		route("POST", "/k/v1/space/thread.json", a.addThread),
		route("PUT", "/k/v1/space/thread.json", a.updateThread),
		route("GET", "/k/v1/spaces/statistics.json", a.getSpaceStatistics),
		route("POST", "/k/v1/template/space.json", a.addSpaceFromTemplate),
		route("PUT", "/k/v1/space/guests.json", a.setSpaceGuests),
		route("POST", "/k/v1/guests.json", a.addGuests),
		route("DELETE", "/k/v1/guests.json", a.deleteGuests),
		route("POST", "/k/v1/app/move.json", a.moveApp),
	}
}

type spaceIn struct {
	ID Int `json:"id"`
}

func (i spaceIn) space(p *errs.Fields) id.Space { return id.Space(i.ID.need(p, "id", 1)) }

type spacePermissions struct {
	CreateApp Text `json:"createApp"` // EVERYONE, ADMIN
}

type attachedApp struct {
	ThreadID string `json:"threadId"`
	appRef
	Description string    `json:"description"`
	CreatedAt   string    `json:"createdAt"`
	Creator     personOut `json:"creator"`
	ModifiedAt  string    `json:"modifiedAt"`
	Modifier    personOut `json:"modifier"`
}

type appRef struct {
	AppID string `json:"appId"`
	Code  string `json:"code"`
	Name  string `json:"name"`
}

type spaceOut struct {
	ID             string           `json:"id"`
	Name           string           `json:"name"`
	DefaultThread  string           `json:"defaultThread"`
	IsPrivate      bool             `json:"isPrivate"`
	Creator        personOut        `json:"creator"`
	Modifier       personOut        `json:"modifier"`
	MemberCount    string           `json:"memberCount"`
	CoverType      string           `json:"coverType"`
	CoverKey       string           `json:"coverKey"`
	CoverURL       string           `json:"coverUrl"` // "": covers are not there yet
	Body           *string          `json:"body"`
	UseMultiThread bool             `json:"useMultiThread"`
	IsGuest        bool             `json:"isGuest"`
	AttachedApps   []attachedApp    `json:"attachedApps"`
	FixedMember    bool             `json:"fixedMember"`
	Announcement   *bool            `json:"showAnnouncement"`
	ThreadList     *bool            `json:"showThreadList"`
	AppList        *bool            `json:"showAppList"`
	MemberList     *bool            `json:"showMemberList"`
	RelatedLinks   *bool            `json:"showRelatedLinkList"`
	Permissions    spacePermissions `json:"permissions"`
}

// space is a space, for a user, and the people whom to show in it.
func (a *API) space(ctx context.Context, who access.Actor, in spaceIn) (s space.Space, dir identity.Directory, err error) {
	var p errs.Fields
	n := in.space(&p)
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return s, dir, err
	}
	if s, err = a.spaces.Get(ctx, who, n); err != nil {
		return s, dir, err
	}
	dir, err = a.people.Directory(ctx)
	return s, dir, err
}

// getSpace answers GET /k/v1/space.json.
func (a *API) getSpace(ctx context.Context, who access.Actor, in spaceIn) (out spaceOut, err error) {
	s, dir, err := a.space(ctx, who, in)
	if err != nil {
		return out, err
	}
	out = showSpace(dir, s)
	apps, err := a.apps.List(ctx, who, app.Filter{Spaces: []id.Space{s.ID}}, false)
	for _, x := range apps {
		out.AttachedApps = append(out.AttachedApps, showAttached(dir, x))
	}
	return out, err
}

func showSpace(dir identity.Directory, s space.Space) spaceOut {
	out := spaceOut{
		ID: id.String(s.ID), Name: s.Name, DefaultThread: id.String(s.DefaultThread), IsPrivate: s.Private,
		Creator: person(dir, s.Creator), Modifier: person(dir, s.Modifier), MemberCount: memberCount(dir, s),
		CoverType: "PRESET", CoverKey: "GREEN", UseMultiThread: s.MultiThread, AttachedApps: []attachedApp{}, FixedMember: s.FixedMember,
		Permissions: spacePermissions{"EVERYONE"},
	}
	if s.AdminsCreate {
		out.Permissions.CreateApp = "ADMIN"
	}
	if s.MultiThread { // a space with one thread has neither a body nor parts
		out.Body = &s.Body
		for part, shown := range out.parts() {
			*shown = new(s.Shows(part))
		}
	}
	return out
}

// parts are where an answer tells which parts of the page are shown.
func (o *spaceOut) parts() map[string]**bool {
	return map[string]**bool{
		space.Announcement: &o.Announcement, space.ThreadList: &o.ThreadList, space.AppList: &o.AppList,
		space.MemberList: &o.MemberList, space.RelatedLinks: &o.RelatedLinks,
	}
}

func showAttached(dir field.Directory, s app.Summary) attachedApp {
	return attachedApp{
		ThreadID: id.String(s.Thread), appRef: appRef{id.String(s.ID), s.Code, s.Name}, Description: s.Description,
		CreatedAt: instant(s.CreatedAt), Creator: person(dir, s.Creator), ModifiedAt: instant(s.ModifiedAt), Modifier: person(dir, s.Modifier),
	}
}

type addSpaceIn struct {
	Name Text `json:"name"`
}

// addSpace answers POST /k/v1/space.json, which clients know from kintone's API Lab.
func (a *API) addSpace(ctx context.Context, who access.Actor, in addSpaceIn) (idOut, error) {
	if err := usersOnly(who); err != nil {
		return idOut{}, err
	}
	n, err := a.spaces.Create(ctx, who, string(in.Name))
	return idOut{id.String(n)}, err
}

type updateSpaceIn struct {
	ID             Int               `json:"id"`
	Name           *Text             `json:"name"`
	IsPrivate      Bool              `json:"isPrivate"`
	UseMultiThread Bool              `json:"useMultiThread"`
	FixedMember    Bool              `json:"fixedMember"`
	Announcement   Bool              `json:"showAnnouncement"`
	ThreadList     Bool              `json:"showThreadList"`
	AppList        Bool              `json:"showAppList"`
	MemberList     Bool              `json:"showMemberList"`
	RelatedLinks   Bool              `json:"showRelatedLinkList"`
	Permissions    *spacePermissions `json:"permissions"`
}

// updateSpace answers PUT /k/v1/space.json: what is not mentioned stays.
func (a *API) updateSpace(ctx context.Context, who access.Actor, in updateSpaceIn) (none, error) {
	return none{}, a.editSpace(ctx, who, in.ID, func(s *space.Space, p *errs.Fields) {
		if in.Name != nil {
			s.Name = string(*in.Name)
		}
		s.Private = in.IsPrivate.or(p, "isPrivate", s.Private)
		s.MultiThread = in.UseMultiThread.or(p, "useMultiThread", s.MultiThread)
		s.FixedMember = in.FixedMember.or(p, "fixedMember", s.FixedMember)
		s.Show(space.Announcement, in.Announcement.or(p, "showAnnouncement", s.Shows(space.Announcement)))
		s.Show(space.ThreadList, in.ThreadList.or(p, "showThreadList", s.Shows(space.ThreadList)))
		s.Show(space.AppList, in.AppList.or(p, "showAppList", s.Shows(space.AppList)))
		s.Show(space.MemberList, in.MemberList.or(p, "showMemberList", s.Shows(space.MemberList)))
		s.Show(space.RelatedLinks, in.RelatedLinks.or(p, "showRelatedLinkList", s.Shows(space.RelatedLinks)))
		if in.Permissions != nil {
			if c := in.Permissions.CreateApp; c != "ADMIN" && c != "EVERYONE" {
				p.Add("permissions.createApp", "param.enum")
			}
			s.AdminsCreate = in.Permissions.CreateApp == "ADMIN"
		}
	})
}

func (a *API) editSpace(ctx context.Context, who access.Actor, n Int, fn func(s *space.Space, p *errs.Fields)) error {
	var p errs.Fields
	in := id.Space(n.need(&p, "id", 1))
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return err
	}
	return a.spaces.Edit(ctx, who, in, fn)
}

type setSpaceBodyIn struct {
	ID   Int   `json:"id"`
	Body *Text `json:"body"`
}

// setSpaceBody answers PUT /k/v1/space/body.json.
func (a *API) setSpaceBody(ctx context.Context, who access.Actor, in setSpaceBodyIn) (none, error) {
	return none{}, a.editSpace(ctx, who, in.ID, func(s *space.Space, p *errs.Fields) {
		if !s.MultiThread {
			p.Add("id", "space.noBody")
		}
		if in.Body == nil {
			p.Add("body", "param.required")
			return
		}
		s.Body = string(*in.Body)
	})
}

// deleteSpace answers DELETE /k/v1/space.json: its apps go with it.
func (a *API) deleteSpace(ctx context.Context, who access.Actor, in spaceIn) (none, error) {
	var p errs.Fields
	n := in.space(&p)
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return none{}, err
	}
	return none{}, a.spaces.Delete(ctx, who, n, func(ctx context.Context) error { return a.apps.DeleteIn(ctx, who, n) })
}
