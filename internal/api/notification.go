package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/notify"
)

func (a *API) noticeRoutes() []Route {
	return []Route{
		route("GET", "/api/v1/portal", a.getPortal),
		route("GET", "/api/v1/notifications", a.getNotices),
		route("POST", "/api/v1/notifications/read", a.readNotices),
		lasting(stream("GET", "/api/v1/events", a.userEvents)),
		route("GET", "/api/v1/admin/mails", a.getMails),
		route("GET", "/api/v1/admin/mail", a.getMail),
	}
}

type getNoticesIn struct {
	Before Int `json:"before"`
}

type noticeApp struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type noticeSpace struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Thread string `json:"thread"`
}

type noticeBy struct {
	Name    string `json:"name"`
	Outside bool   `json:"outside"`
}

type noticeOut struct {
	ID     string       `json:"id"`
	Kind   notify.Kind  `json:"kind"`
	App    *noticeApp   `json:"app"` // nil for what was said in a space
	Space  *noticeSpace `json:"space"`
	Record *string      `json:"record"`
	Title  string       `json:"title"`
	Text   string       `json:"text"`
	By     *noticeBy    `json:"by"`
	At     string       `json:"at"`
	Read   bool         `json:"read"`
	ToMe   bool         `json:"toMe"`
	URL    string       `json:"url"`
}

type noticesOut struct {
	Notifications []noticeOut `json:"notifications"`
	Unread        int         `json:"unread"`
	More          bool        `json:"more"`
}

// getNotices answers GET /api/v1/notifications: one page, newest first.
func (a *API) getNotices(ctx context.Context, who access.Actor, in getNoticesIn) (noticesOut, error) {
	var p errs.Fields
	out := noticesOut{Notifications: []noticeOut{}}
	before := id.Notification(in.Before.within(&p, "before", 0, 1, 1<<62))
	if err := p.Err(); err != nil {
		return out, err
	}
	list, more, err := a.notices.List(ctx, who, before)
	if err != nil {
		return out, err
	}
	for _, n := range list {
		out.Notifications = append(out.Notifications, showNotice(n, who.Lang()))
	}
	out.More = more
	out.Unread, err = a.notices.Unread(ctx, who)
	return out, err
}

func showNotice(n notify.Notice, lang i18n.Lang) noticeOut {
	out := noticeOut{
		ID: id.String(n.ID), Kind: n.Kind, Title: n.Title, Text: n.Text,
		At: instant(n.At), Read: n.Read, ToMe: n.ToMe, URL: n.Path(),
	}
	if n.Thread != 0 {
		out.Space = &noticeSpace{id.String(n.Space), n.Place, id.String(n.Thread)}
	} else {
		out.App = &noticeApp{id.String(n.App), n.AppName}
	}
	if out.Text == "" {
		out.Text = i18n.T(lang, "notify."+string(n.Kind), nil)
		if n.Status != "" {
			out.Text = i18n.T(lang, "notify."+string(n.Kind)+".status", map[string]any{"status": n.Status})
		}
	}
	if n.Record != 0 {
		out.Record = text(id.String(n.Record))
	}
	if n.By != "" || n.Outside {
		out.By = &noticeBy{n.By, n.Outside}
	}
	return out
}

type readNoticesIn struct {
	IDs List[Int] `json:"ids"`
	All Bool      `json:"all"`
}

// readNotices answers POST /api/v1/notifications/read.
func (a *API) readNotices(ctx context.Context, who access.Actor, in readNoticesIn) (none, error) {
	var p errs.Fields
	if in.All.or(&p, "all", false) && p.Len() == 0 {
		return none{}, a.notices.Mark(ctx, who, nil)
	}
	in.IDs.size(&p, "ids", 0, notify.MaxMark)
	list := []id.Notification{}
	for i, n := range in.IDs {
		list = append(list, id.Notification(n.need(&p, at("ids", i), 1)))
	}
	if err := p.Err(); err != nil {
		return none{}, err
	}
	return none{}, a.notices.Mark(ctx, who, list)
}
