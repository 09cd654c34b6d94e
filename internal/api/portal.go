package api

import (
	"context"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/transfer"
)

// endsSoon is how long before their end a portal tells of record links.
const endsSoon = 7 * 24 * time.Hour

type portalApp struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Icon        app.Icon `json:"icon"`
	Theme       string   `json:"theme"`
	UpdatedAt   string   `json:"updatedAt"`
	RecordCount *int     `json:"recordCount"` // null: counting every app's records would make everybody wait
}

type endingShare struct {
	ID        string `json:"id"`
	App       string `json:"app"`
	Record    string `json:"record"`
	Title     string `json:"title"`
	ExpiresAt string `json:"expiresAt"`
}

type runningImport struct {
	ID       string         `json:"id"`
	FileName string         `json:"fileName"`
	State    transfer.State `json:"state"`
	Done     int            `json:"done"`
	RowCount int            `json:"rowCount"`
	Rejected int            `json:"rejected"`
}

type portalOut struct {
	Apps           []portalApp     `json:"apps"`
	Drafts         []noticeApp     `json:"drafts"`
	Unread         int             `json:"unread"`
	ExpiringShares []endingShare   `json:"expiringShares"`
	Imports        []runningImport `json:"imports"`
}

// getPortal answers GET /api/v1/portal: where somebody who has logged in begins.
func (a *API) getPortal(ctx context.Context, who access.Actor, _ none) (portalOut, error) {
	out := portalOut{
		Apps: []portalApp{}, Drafts: []noticeApp{}, ExpiringShares: []endingShare{}, Imports: []runningImport{},
	}
	if err := usersOnly(who); err != nil {
		return out, err
	}
	apps, err := a.apps.List(ctx, who, app.Filter{}, false)
	if err != nil {
		return out, err
	}
	for _, s := range apps {
		out.Apps = append(out.Apps, portalApp{
			ID: id.String(s.ID), Name: s.Name, Description: s.Description, Icon: s.Icon, Theme: s.Theme, UpdatedAt: instant(s.ModifiedAt),
		})
	}
	drafts, err := a.apps.List(ctx, who, app.Filter{}, true)
	if err != nil {
		return out, err
	}
	for _, s := range drafts {
		out.Drafts = append(out.Drafts, noticeApp{id.String(s.ID), s.Name})
	}
	links, err := a.shares.Expiring(ctx, who, endsSoon)
	if err != nil {
		return out, err
	}
	for _, l := range links {
		title := l.Title
		if title == "" {
			title = l.RecordTitle
		}
		out.ExpiringShares = append(out.ExpiringShares, endingShare{id.String(l.ID), id.String(l.App), id.String(l.Record), title, instant(l.ExpiresAt)})
	}
	imports, err := a.imports.Running(ctx, who)
	if err != nil {
		return out, err
	}
	for _, m := range imports {
		out.Imports = append(out.Imports, runningImport{id.String(m.ID), m.FileName, m.State, m.Done, m.Rows, m.Rejected})
	}
	out.Unread, err = a.notices.Unread(ctx, who)
	return out, err
}
