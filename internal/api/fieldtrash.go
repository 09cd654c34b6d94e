package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

type trashedFieldOut struct {
	ID        string     `json:"id"`
	Code      string     `json:"code"`
	Label     string     `json:"label"`
	Type      field.Type `json:"type"`
	InTable   bool       `json:"inTable"`
	DeletedBy personOut  `json:"deletedBy"`
	DeletedAt string     `json:"deletedAt"`
	ExpiresAt string     `json:"expiresAt"`
}

type fieldTrashOut struct {
	Fields []trashedFieldOut `json:"fields"`
}

// getFieldTrash answers GET /api/v1/app/fields/trash.
func (a *API) getFieldTrash(ctx context.Context, who access.Actor, in appInfoIn) (fieldTrashOut, error) {
	var p errs.Fields
	out := fieldTrashOut{Fields: []trashedFieldOut{}}
	n := in.App.app(&p, "app")
	h, err := a.openApp(ctx, who, n, &p)
	if err != nil {
		return out, err
	}
	list, err := h.FieldTrash(ctx)
	if err != nil {
		return out, err
	}
	dir, err := a.people.Directory(ctx)
	for _, t := range list {
		out.Fields = append(out.Fields, trashedFieldOut{
			ID: id.String(t.Field.ID), Code: t.Field.Code, Label: t.Field.Label, Type: t.Field.Type, InTable: t.Table != 0,
			DeletedBy: person(dir, t.DeletedBy), DeletedAt: instant(t.DeletedAt), ExpiresAt: instant(t.DeletedAt.Add(app.KeepFields)),
		})
	}
	return out, err
}

type restoreFieldIn struct {
	App      Int `json:"app"`
	ID       Int `json:"id"`
	Revision Int `json:"revision"`
}

type restoreFieldOut struct {
	Revision string `json:"revision"`
	Code     string `json:"code"`
}

// restoreField answers POST /api/v1/app/fields/restore.
func (a *API) restoreField(ctx context.Context, who access.Actor, in restoreFieldIn) (restoreFieldOut, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	f := id.Field(in.ID.need(&p, "id", 1))
	expected := in.Revision.revision(&p, "revision")
	h, err := a.openApp(ctx, who, n, &p)
	if err != nil {
		return restoreFieldOut{}, err
	}
	rev, code, err := h.RestoreField(ctx, expected, f)
	return restoreFieldOut{revisionText(rev), code}, err
}
