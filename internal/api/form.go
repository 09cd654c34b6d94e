package api

import (
	"context"
	"encoding/json"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

type settingsIn struct {
	App  Int  `json:"app"`
	Lang Text `json:"lang"`
}

var languages = map[Text]bool{"": true, "default": true, "user": true, "ja": true, "en": true, "zh": true, "zh-TW": true, "es": true}

// settings opens an app's settings for reading, with the Lens of who reads. For preview settings the Lens is that of
// a manager: everything.
func (a *API) settings(ctx context.Context, who access.Actor, in settingsIn, preview bool) (*app.Settings, access.Lens, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	if !languages[in.Lang] {
		p.Add("lang", "param.enum")
	}
	h, err := a.openApp(ctx, who, n, &p)
	if err != nil {
		return nil, access.Lens{}, err
	}
	st, err := h.Settings(ctx, preview)
	if err != nil {
		return nil, access.Lens{}, err
	}
	lens, err := h.Lens(ctx, st)
	return st.In(in.language(who)), lens, err
}

// language is the language that names are asked for in; "" is the app's own.
func (in settingsIn) language(who access.Actor) string {
	switch in.Lang {
	case "default":
		return ""
	case "user":
		return string(who.Lang())
	}
	return string(in.Lang)
}

// both makes the live and the preview route of a settings resource.
func both[In, Out any](path string, handle func(ctx context.Context, who access.Actor, in In, preview bool) (Out, error)) []Route {
	of := func(preview bool) func(context.Context, access.Actor, In) (Out, error) {
		return func(ctx context.Context, who access.Actor, in In) (Out, error) { return handle(ctx, who, in, preview) }
	}
	return []Route{
		route("GET", "/k/v1/"+path, of(false)),
		route("GET", "/k/v1/preview/"+path, of(true)),
	}
}

// openApp reports bad parameters, or opens the app itself, as open does its records.
func (a *API) openApp(ctx context.Context, who access.Actor, n id.App, p *errs.Fields) (*app.Handle, error) {
	if err := p.Err(); err != nil {
		return nil, err
	}
	return a.apps.Open(ctx, who, n)
}

// edit changes the preview settings of an app.
func (a *API) edit(ctx context.Context, who access.Actor, appIn, rev Int, p *errs.Fields, fn func(*app.Settings, *errs.Fields) error) (int64, error) {
	n := appIn.app(p, "app")
	expected := rev.revision(p, "revision")
	h, err := a.openApp(ctx, who, n, p)
	if err != nil {
		return 0, err
	}
	return h.Edit(ctx, expected, fn)
}

func revisionText(n int64) string { return id.String(id.App(n)) }

type fieldsOut struct {
	Properties map[string]any `json:"properties"`
	Revision   string         `json:"revision"`
}

// getFields answers GET /k/v1/app/form/fields.json and its preview: the fields that the reader may see.
func (a *API) getFields(ctx context.Context, who access.Actor, in settingsIn, preview bool) (fieldsOut, error) {
	st, lens, err := a.settings(ctx, who, in, preview)
	if err != nil {
		return fieldsOut{}, err
	}
	known := func(code string) bool {
		_, visible := lens.Sight(code)
		return visible || preview && lens.Can(access.Manage)
	}
	out := fieldsOut{Properties: map[string]any{}, Revision: st.RevisionText()}
	for _, f := range st.Form {
		if !f.Off && !known(f.Code) {
			continue
		}
		g := *f
		if !preview {
			g.Fields = lens.Inner(f)
		}
		shown := g.In(in.language(who))
		def := shown.Properties()
		if err := a.apps.Describe(ctx, who, st, shown, known, def); err != nil {
			return fieldsOut{}, err
		}
		out.Properties[f.Code] = def
	}
	return out, nil
}

type writeFieldsIn struct {
	App        Int             `json:"app"`
	Properties json.RawMessage `json:"properties"`
	Revision   Int             `json:"revision"`
}

func (in writeFieldsIn) definitions(p *errs.Fields) map[string]app.Definition {
	var defs map[string]app.Definition
	if len(in.Properties) == 0 {
		p.Add("properties", "param.required")
	} else if json.Unmarshal(in.Properties, &defs) != nil {
		p.Add("properties", "param.object")
	}
	return defs
}

// addFields answers POST /k/v1/preview/app/form/fields.json.
func (a *API) addFields(ctx context.Context, who access.Actor, in writeFieldsIn) (revisionOut, error) {
	var p errs.Fields
	defs := in.definitions(&p)
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		return s.AddFields(defs, app.FieldOrder(in.Properties), p)
	})
	return revisionOut{revisionText(rev)}, err
}

// updateFields answers PUT /k/v1/preview/app/form/fields.json.
func (a *API) updateFields(ctx context.Context, who access.Actor, in writeFieldsIn) (revisionOut, error) {
	var p errs.Fields
	defs := in.definitions(&p)
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		return s.UpdateFields(defs, p)
	})
	return revisionOut{revisionText(rev)}, err
}

type deleteFieldsIn struct {
	App      Int        `json:"app"`
	Fields   List[Text] `json:"fields"`
	Revision Int        `json:"revision"`
}

// deleteFields answers DELETE /k/v1/preview/app/form/fields.json.
func (a *API) deleteFields(ctx context.Context, who access.Actor, in deleteFieldsIn) (revisionOut, error) {
	var p errs.Fields
	in.Fields.need(&p, "fields", 1, 100)
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, _ *errs.Fields) error {
		return s.DeleteFields(texts(in.Fields))
	})
	return revisionOut{revisionText(rev)}, err
}

type layoutOut struct {
	Layout   []app.Row `json:"layout"`
	Revision string    `json:"revision"`
}

// getLayout answers GET /k/v1/app/form/layout.json and its preview, without the fields that the reader may not see.
func (a *API) getLayout(ctx context.Context, who access.Actor, in settingsIn, preview bool) (layoutOut, error) {
	st, lens, err := a.settings(ctx, who, in, preview)
	if err != nil {
		return layoutOut{}, err
	}
	rows := st.Layout
	if !preview {
		rows = app.VisibleLayout(rows, func(code string) bool { _, ok := lens.Sight(code); return ok })
	}
	if rows == nil {
		rows = []app.Row{}
	}
	return layoutOut{rows, st.RevisionText()}, nil
}

type setLayoutIn struct {
	App      Int        `json:"app"`
	Layout   *[]app.Row `json:"layout"`
	Revision Int        `json:"revision"`
}

// setLayout answers PUT /k/v1/preview/app/form/layout.json.
func (a *API) setLayout(ctx context.Context, who access.Actor, in setLayoutIn) (revisionOut, error) {
	var p errs.Fields
	if in.Layout == nil {
		p.Add("layout", "param.required")
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		s.SetLayout(*in.Layout, p)
		return nil
	})
	return revisionOut{revisionText(rev)}, err
}
