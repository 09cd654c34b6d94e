package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
)

// entity is whom a permission is about; kintone shows CREATOR without a code.
type entity struct {
	Type Text  `json:"type"`
	Code *Text `json:"code"`
}

func (e entity) read(p *errs.Fields, path string, types ...Text) access.Entity {
	out := access.Entity{Type: string(e.Type)}
	ok := false
	for _, t := range types {
		ok = ok || t == e.Type
	}
	switch {
	case e.Type == "":
		p.Add(path+".type", "param.required")
	case !ok:
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
	code := Text(e.Code)
	return entity{Type: Text(e.Type), Code: &code}
}

// MarshalText writes t as it is.
func (t Text) MarshalText() ([]byte, error) { return []byte(t), nil }

type appRight struct {
	Entity           entity `json:"entity"`
	IncludeSubs      bool   `json:"includeSubs"`
	AppEditable      bool   `json:"appEditable"`
	RecordViewable   bool   `json:"recordViewable"`
	RecordAddable    bool   `json:"recordAddable"`
	RecordEditable   bool   `json:"recordEditable"`
	RecordDeletable  bool   `json:"recordDeletable"`
	RecordImportable bool   `json:"recordImportable"`
	RecordExportable bool   `json:"recordExportable"`
}

// verbs pairs the rights of the API with ours.
func (r *appRight) verbs() map[access.Verbs]*bool {
	return map[access.Verbs]*bool{
		access.Manage: &r.AppEditable, access.View: &r.RecordViewable, access.Add: &r.RecordAddable, access.Edit: &r.RecordEditable,
		access.Delete: &r.RecordDeletable, access.Import: &r.RecordImportable, access.Export: &r.RecordExportable,
	}
}

type appACLOut struct {
	Rights   []appRight `json:"rights"`
	Revision string     `json:"revision"`
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

// getAppACL answers GET /k/v1/app/acl.json and its preview.
func (a *API) getAppACL(ctx context.Context, who access.Actor, in settingsIn, preview bool) (appACLOut, error) {
	st, err := a.managed(ctx, who, in, preview)
	if err != nil {
		return appACLOut{}, err
	}
	out := appACLOut{Rights: []appRight{}, Revision: st.RevisionText()}
	for _, rule := range st.AppRules {
		r := appRight{Entity: showEntity(rule.Entity), IncludeSubs: rule.IncludeSubs}
		for v, to := range r.verbs() {
			*to = rule.Verbs.Has(v)
		}
		out.Rights = append(out.Rights, r)
	}
	return out, nil
}

type setAppACLIn struct {
	App      Int         `json:"app"`
	Rights   *[]appRight `json:"rights"`
	Revision Int         `json:"revision"`
}

// setAppACL answers PUT /k/v1/preview/app/acl.json.
func (a *API) setAppACL(ctx context.Context, who access.Actor, in setAppACLIn) (revisionOut, error) {
	var p errs.Fields
	var rules []access.AppRule
	if in.Rights == nil {
		p.Add("rights", "param.required")
	} else {
		for i, r := range *in.Rights {
			rule := access.AppRule{
				Entity:      r.Entity.read(&p, at("rights", i)+".entity", "USER", "GROUP", "ORGANIZATION", "CREATOR"),
				IncludeSubs: r.IncludeSubs,
			}
			for v, from := range r.verbs() {
				if *from {
					rule.Verbs |= v
				}
			}
			rules = append(rules, rule)
		}
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, _ *errs.Fields) error {
		s.AppRules = rules
		return nil
	})
	return revisionOut{revisionText(rev)}, err
}

type fieldEntity struct {
	Accessibility Text   `json:"accessibility"`
	Entity        entity `json:"entity"`
	IncludeSubs   bool   `json:"includeSubs"`
}

type fieldRight struct {
	Code     Text          `json:"code"`
	Entities []fieldEntity `json:"entities"`
}

type fieldACLOut struct {
	Rights   []fieldRight `json:"rights"`
	Revision string       `json:"revision"`
}

// getFieldACL answers GET /k/v1/field/acl.json and its preview.
func (a *API) getFieldACL(ctx context.Context, who access.Actor, in settingsIn, preview bool) (fieldACLOut, error) {
	st, err := a.managed(ctx, who, in, preview)
	if err != nil {
		return fieldACLOut{}, err
	}
	out := fieldACLOut{Rights: []fieldRight{}, Revision: st.RevisionText()}
	for _, rule := range st.FieldRules {
		r := fieldRight{Code: Text(rule.Code), Entities: []fieldEntity{}}
		for _, e := range rule.Entities {
			r.Entities = append(r.Entities, fieldEntity{Text(e.Accessibility), showEntity(e.Entity), e.IncludeSubs})
		}
		out.Rights = append(out.Rights, r)
	}
	return out, nil
}

type setFieldACLIn struct {
	App      Int           `json:"app"`
	Rights   *[]fieldRight `json:"rights"`
	Revision Int           `json:"revision"`
}

// setFieldACL answers PUT /k/v1/preview/field/acl.json.
func (a *API) setFieldACL(ctx context.Context, who access.Actor, in setFieldACLIn) (revisionOut, error) {
	var p errs.Fields
	if in.Rights == nil {
		p.Add("rights", "param.required")
		return revisionOut{}, p.Err()
	}
	var rules []app.FieldRule
	for i, r := range *in.Rights {
		rule := app.FieldRule{Code: r.Code.need(&p, at("rights", i)+".code")}
		for j, e := range r.Entities {
			path := at(at("rights", i)+".entities", j)
			switch e.Accessibility {
			case "READ", "WRITE", "NONE":
			default:
				p.Add(path+".accessibility", "param.enum")
			}
			rule.Entities = append(rule.Entities, access.FieldRight{
				Entity: e.Entity.read(&p, path+".entity", "USER", "GROUP", "ORGANIZATION"), IncludeSubs: e.IncludeSubs, Accessibility: string(e.Accessibility),
			})
		}
		rules = append(rules, rule)
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, _ *errs.Fields) error {
		for _, r := range rules {
			if f, _ := s.Field(r.Code); f == nil {
				return errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": r.Code})
			}
		}
		s.FieldRules = rules
		return nil
	})
	return revisionOut{revisionText(rev)}, err
}

type recordEntity struct {
	Entity      entity `json:"entity"`
	Viewable    bool   `json:"viewable"`
	Editable    bool   `json:"editable"`
	Deletable   bool   `json:"deletable"`
	IncludeSubs bool   `json:"includeSubs"`
}

type recordRight struct {
	FilterCond Text           `json:"filterCond"`
	Entities   []recordEntity `json:"entities"`
}

type recordACLOut struct {
	Rights   []recordRight `json:"rights"`
	Revision string        `json:"revision"`
}

// getRecordACL answers GET /k/v1/record/acl.json and its preview.
func (a *API) getRecordACL(ctx context.Context, who access.Actor, in settingsIn, preview bool) (recordACLOut, error) {
	st, err := a.managed(ctx, who, in, preview)
	if err != nil {
		return recordACLOut{}, err
	}
	out := recordACLOut{Rights: []recordRight{}, Revision: st.RevisionText()}
	for _, rule := range st.RecordRules {
		r := recordRight{FilterCond: Text(rule.Filter), Entities: []recordEntity{}}
		for _, e := range rule.Entities {
			r.Entities = append(r.Entities, recordEntity{
				showEntity(e.Entity), e.Verbs.Has(access.View), e.Verbs.Has(access.Edit), e.Verbs.Has(access.Delete), e.IncludeSubs,
			})
		}
		out.Rights = append(out.Rights, r)
	}
	return out, nil
}

type setRecordACLIn struct {
	App      Int            `json:"app"`
	Rights   *[]recordRight `json:"rights"`
	Revision Int            `json:"revision"`
}

// setRecordACL answers PUT /k/v1/preview/record/acl.json.
func (a *API) setRecordACL(ctx context.Context, who access.Actor, in setRecordACLIn) (revisionOut, error) {
	var p errs.Fields
	if in.Rights == nil {
		p.Add("rights", "param.required")
		return revisionOut{}, p.Err()
	}
	var rules []app.RecordRule
	for i, r := range *in.Rights {
		rule := app.RecordRule{Filter: string(r.FilterCond)}
		for j, e := range r.Entities {
			right := access.RecordRight{
				Entity:      e.Entity.read(&p, at(at("rights", i)+".entities", j)+".entity", "USER", "GROUP", "ORGANIZATION"),
				IncludeSubs: e.IncludeSubs,
			}
			for v, on := range map[access.Verbs]bool{access.View: e.Viewable, access.Edit: e.Editable, access.Delete: e.Deletable} {
				if on {
					right.Verbs |= v
				}
			}
			rule.Entities = append(rule.Entities, right)
		}
		rules = append(rules, rule)
	}
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		s.SetRecordRules(rules, p)
		return nil
	})
	return revisionOut{revisionText(rev)}, err
}
