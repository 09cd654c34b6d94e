package api

import (
	"context"
	"io"
	"mime/multipart"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/transfer/sheet"
)

func (a *API) transferRoutes() []Route {
	return []Route{
		stream("POST", "/api/v1/imports", a.uploadImport),
		route("GET", "/api/v1/imports", a.getImports),
		route("GET", "/api/v1/import", a.getImport),
		route("PUT", "/api/v1/import", a.readImport),
		route("POST", "/api/v1/import/start", a.startImport),
		route("POST", "/api/v1/import/cancel", a.cancelImport),
		route("POST", "/api/v1/import/resume", a.resumeImport),
		stream("GET", "/api/v1/import/rejected.csv", a.getRejected),
		stream("GET", "/api/v1/export.csv", a.exportRecords),
	}
}

// uploadImport answers POST /api/v1/imports: one file, in the part "file".
func (a *API) uploadImport(ctx context.Context, rq Request) error {
	return uploaded(rq, func(part *multipart.Part, content io.Reader) (any, error) {
		m, err := a.imports.Upload(ctx, rq.Who, part.FileName(), content)
		if err != nil {
			return nil, err
		}
		return showImport(rq.Lang, m, nil), nil
	})
}

type importIn struct {
	ID Int `json:"id"`
}

func (in importIn) id(p *errs.Fields) id.Import { return id.Import(in.ID.need(p, "id", 1)) }

type importsOut struct {
	Imports []importOut `json:"imports"`
}

// getImports answers GET /api/v1/imports: the caller's own, without what the files look like.
func (a *API) getImports(ctx context.Context, who access.Actor, _ none) (importsOut, error) {
	out := importsOut{Imports: []importOut{}}
	if err := usersOnly(who); err != nil {
		return out, err
	}
	list, err := a.imports.List(ctx, who)
	for _, m := range list {
		o := showImport(who.Lang(), m, nil)
		o.Columns, o.Rows = []importColumnOut{}, [][]string{}
		out.Imports = append(out.Imports, o)
	}
	return out, err
}

// shownRejects is how many rows that were not taken a screen shows.
const shownRejects = 100

// getImport answers GET /api/v1/import.
func (a *API) getImport(ctx context.Context, who access.Actor, in importIn) (importOut, error) {
	var p errs.Fields
	n := in.id(&p)
	if err := p.Err(); err != nil {
		return importOut{}, err
	}
	m, err := a.imports.Get(ctx, who, n)
	if err != nil {
		return importOut{}, err
	}
	rejects, err := a.imports.Rejects(ctx, who, n, 0, shownRejects)
	return showImport(who.Lang(), m, rejects), err
}

type readImportIn struct {
	importIn
	Encoding  *string `json:"encoding"`
	Separator *string `json:"separator"`
	HasHeader *bool   `json:"hasHeader"`
	Sheet     *string `json:"sheet"`
}

// readImport answers PUT /api/v1/import: the file is looked at again.
func (a *API) readImport(ctx context.Context, who access.Actor, in readImportIn) (importOut, error) {
	var p errs.Fields
	n := in.id(&p)
	if err := p.Err(); err != nil {
		return importOut{}, err
	}
	m, err := a.imports.Read(ctx, who, n, transfer.Reading{
		Encoding: in.Encoding, Separator: in.Separator, HasHeader: in.HasHeader, Sheet: in.Sheet,
	})
	if err != nil {
		return importOut{}, err
	}
	return showImport(who.Lang(), m, nil), nil
}

type startImportIn struct {
	importIn
	AppName Text `json:"appName"`
	Columns []struct {
		Index Int  `json:"index"`
		Label Text `json:"label"`
		Type  Text `json:"type"`
		Skip  Bool `json:"skip"`
	} `json:"columns"`
}

// startImport answers POST /api/v1/import/start.
func (a *API) startImport(ctx context.Context, who access.Actor, in startImportIn) (importOut, error) {
	var p errs.Fields
	n := in.id(&p)
	choices := make([]transfer.Choice, len(in.Columns))
	for i, c := range in.Columns {
		path := at("columns", i)
		choices[i].Index = int(c.Index.need(&p, path+".index", 0))
		choices[i].Label, choices[i].Type = string(c.Label), sheet.Type(c.Type)
		choices[i].Skip = c.Skip.or(&p, path+".skip", false)
	}
	if err := p.Err(); err != nil {
		return importOut{}, err
	}
	if err := a.imports.Start(ctx, who, n, string(in.AppName), choices); err != nil {
		return importOut{}, err
	}
	return a.getImport(ctx, who, in.importIn)
}

// cancelImport answers POST /api/v1/import/cancel.
func (a *API) cancelImport(ctx context.Context, who access.Actor, in importIn) (importOut, error) {
	return a.changeImport(ctx, who, in, a.imports.Cancel)
}

// resumeImport answers POST /api/v1/import/resume.
func (a *API) resumeImport(ctx context.Context, who access.Actor, in importIn) (importOut, error) {
	return a.changeImport(ctx, who, in, a.imports.Resume)
}

func (a *API) changeImport(ctx context.Context, who access.Actor, in importIn, change func(context.Context, access.Actor, id.Import) error) (importOut, error) {
	var p errs.Fields
	n := in.id(&p)
	if err := p.Err(); err != nil {
		return importOut{}, err
	}
	if err := change(ctx, who, n); err != nil {
		return importOut{}, err
	}
	return a.getImport(ctx, who, in)
}
