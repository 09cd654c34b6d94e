package api

import (
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/record"
)

// categoryRoutes are the tree of categories of an app, and which of them records are in. kintone's API has none of it.
func (a *API) categoryRoutes() []Route {
	of := func(preview bool) func(context.Context, access.Actor, settingsIn) (categoriesOut, error) {
		return func(ctx context.Context, who access.Actor, in settingsIn) (categoriesOut, error) {
			return a.getCategories(ctx, who, in, preview)
		}
	}
	return []Route{
		route("GET", "/api/v1/app/categories", of(false)),
		route("GET", "/api/v1/preview/app/categories", of(true)),
		route("PUT", "/api/v1/preview/app/categories", a.setCategories),
		route("PUT", "/api/v1/record/categories", a.fileRecord),
		route("PUT", "/api/v1/records/categories", a.fileRecords),
	}
}

// categoryOut is a category as kintone's JavaScript API shows it.
// Source: kintone JavaScript API, kintone.app.getCategories.
type categoryOut struct {
	Name     string                 `json:"name"`
	Index    string                 `json:"index"`
	Children map[string]categoryOut `json:"children"`
}

type categoriesOut struct {
	Enabled    bool                   `json:"enabled"`
	Categories map[string]categoryOut `json:"categories"`
	Revision   string                 `json:"revision"`
}

// getCategories answers GET /api/v1/app/categories and its preview. There are none for readers while they are turned off, or
// if they may not see which ones records are in.
func (a *API) getCategories(ctx context.Context, who access.Actor, in settingsIn, preview bool) (categoriesOut, error) {
	st, lens, err := a.settings(ctx, who, in, preview)
	if err != nil {
		return categoriesOut{}, err
	}
	out := categoriesOut{Enabled: st.Categories.On, Categories: map[string]categoryOut{}, Revision: st.RevisionText()}
	seen := preview || lens.Can(access.Manage)
	if f := st.System(field.Category); f != nil && !seen {
		_, seen = lens.Sight(f.Code)
	}
	if seen {
		out.Categories = showCategories(st.Categories.Tree)
	}
	return out, nil
}

func showCategories(tree []app.Category) map[string]categoryOut {
	out := map[string]categoryOut{}
	for i, c := range tree {
		out[c.Name] = categoryOut{c.Name, strconv.Itoa(i), showCategories(c.Children)}
	}
	return out
}

type categoryIn struct {
	Name     Text                  `json:"name"`
	Index    Int                   `json:"index"`
	Children map[string]categoryIn `json:"children"`
}

type setCategoriesIn struct {
	App        Int                    `json:"app"`
	Enabled    Bool                   `json:"enabled"`
	Categories *map[string]categoryIn `json:"categories"`
	Revision   Int                    `json:"revision"`
}

// setCategories answers PUT /api/v1/preview/app/categories.
func (a *API) setCategories(ctx context.Context, who access.Actor, in setCategoriesIn) (revisionOut, error) {
	var p errs.Fields
	c := app.CategoriesChange{Enable: in.Enabled.optional(&p, "enabled")}
	if in.Categories != nil {
		c.Tree = readCategories(*in.Categories, &p, "categories")
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		return s.SetCategories(c, p)
	})
	return revisionOut{revisionText(rev)}, err
}

func readCategories(in map[string]categoryIn, p *errs.Fields, path string) map[string]app.CategoryChange {
	out := map[string]app.CategoryChange{}
	for key, c := range in {
		at := path + "[" + key + "]"
		out[key] = app.CategoryChange{
			Name: string(c.Name), Index: c.Index.need(p, at+".index", 0), Children: readCategories(c.Children, p, at+".children"),
		}
	}
	return out
}

// filingIn says which categories a record is to be in.
type filingIn struct {
	ID         Int         `json:"id"`
	Categories *List[Text] `json:"categories"`
	Revision   Int         `json:"revision"`
}

func (in filingIn) read(p *errs.Fields, prefix string) record.Filing {
	out := record.Filing{ID: in.ID.record(p, prefix+"id"), Revision: in.Revision.revision(p, prefix+"revision")}
	if in.Categories == nil {
		p.Add(prefix+"categories", "param.required")
		return out
	}
	in.Categories.size(p, prefix+"categories", 0, app.MaxCategories)
	out.Categories = texts(*in.Categories)
	return out
}

type fileRecordIn struct {
	App Int `json:"app"`
	filingIn
}

// fileRecord answers PUT /api/v1/record/categories.
func (a *API) fileRecord(ctx context.Context, who access.Actor, in fileRecordIn) (revisionOut, error) {
	var p errs.Fields
	of, filing := in.App.app(&p, "app"), in.read(&p, "")
	set, err := a.open(ctx, who, of, &p)
	if err != nil {
		return revisionOut{}, err
	}
	w, err := set.Categorise(ctx, []record.Filing{filing}, false)
	if err != nil {
		return revisionOut{}, err
	}
	return revisionOut{revision(w[0])}, nil
}

type fileRecordsIn struct {
	App     Int         `json:"app"`
	Records *[]filingIn `json:"records"`
}

// fileRecords answers PUT /api/v1/records/categories.
func (a *API) fileRecords(ctx context.Context, who access.Actor, in fileRecordsIn) (revisedOut, error) {
	return revise(ctx, a, who, in.App, in.Records, filingIn.read, (*record.Set).Categorise)
}
