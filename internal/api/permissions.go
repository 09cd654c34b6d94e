package api

import (
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
)

func (a *API) permissionRoutes() []Route {
	return slices.Concat(
		permissionRoutes(a, "app/acl.json", appPermission),
		permissionRoutes(a, "record/acl.json", recordPermission),
		permissionRoutes(a, "field/acl.json", fieldPermission),
		[]Route{route("GET", "/k/v1/records/acl/evaluate.json", a.evaluate)},
	)
}

// ruleEntity is whom a permission is about. Lost is ours: it was deleted, and nobody gets anything by it.
type ruleEntity struct {
	Type Text  `json:"type"`
	Code *Text `json:"code"`
	Lost bool  `json:"lost,omitempty"`
}

func (e ruleEntity) read(p *errs.Fields, path string, types ...Text) access.Entity {
	return entity{e.Type, e.Code}.read(p, path, types...)
}

func showRuleEntity(e access.Entity) ruleEntity {
	out := showEntity(e)
	return ruleEntity{out.Type, out.Code, e.Lost}
}

type appRight struct {
	Entity           ruleEntity `json:"entity"`
	IncludeSubs      bool       `json:"includeSubs"`
	AppEditable      bool       `json:"appEditable"`
	RecordViewable   bool       `json:"recordViewable"`
	RecordAddable    bool       `json:"recordAddable"`
	RecordEditable   bool       `json:"recordEditable"`
	RecordDeletable  bool       `json:"recordDeletable"`
	RecordImportable bool       `json:"recordImportable"`
	RecordExportable bool       `json:"recordExportable"`
}

// verbs pairs the rights of the API with ours.
func (r *appRight) verbs() map[access.Verbs]*bool {
	return map[access.Verbs]*bool{
		access.Manage: &r.AppEditable, access.View: &r.RecordViewable, access.Add: &r.RecordAddable, access.Edit: &r.RecordEditable,
		access.Delete: &r.RecordDeletable, access.Import: &r.RecordImportable, access.Export: &r.RecordExportable,
	}
}

var appEntities = []Text{"USER", "GROUP", "ORGANIZATION", "CREATOR"}

var appPermission = permission[appRight]{
	show: func(all app.Permissions) []appRight {
		list := make([]appRight, len(all.App))
		for i, rule := range all.App {
			list[i] = appRight{Entity: showRuleEntity(rule.Entity), IncludeSubs: rule.IncludeSubs}
			for v, to := range list[i].verbs() {
				*to = rule.Verbs.Has(v)
			}
		}
		return list
	},
	read: func(p *errs.Fields, path string, r appRight) { r.Entity.read(p, path+".entity", appEntities...) },
	store: func(s *app.Settings, rights []appRight, p *errs.Fields) error {
		rules := make([]access.AppRule, len(rights))
		for i, r := range rights {
			rules[i] = access.AppRule{Entity: r.Entity.read(p, "", appEntities...), IncludeSubs: r.IncludeSubs}
			for v, from := range r.verbs() {
				if *from {
					rules[i].Verbs |= v
				}
			}
		}
		return s.SetAppRules(rules, p)
	},
}

type recordEntity struct {
	Entity      ruleEntity `json:"entity"`
	Viewable    bool       `json:"viewable"`
	Editable    bool       `json:"editable"`
	Deletable   bool       `json:"deletable"`
	IncludeSubs bool       `json:"includeSubs"`
}

// recordRight is a rule about some records. Lost is ours: the condition names what is gone, and keeps everybody out.
type recordRight struct {
	FilterCond Text           `json:"filterCond"`
	Entities   []recordEntity `json:"entities"`
	Lost       bool           `json:"lost,omitempty"`
}

func (e recordEntity) verbs() (v access.Verbs) {
	for verb, on := range map[access.Verbs]bool{access.View: e.Viewable, access.Edit: e.Editable, access.Delete: e.Deletable} {
		if on {
			v |= verb
		}
	}
	return v
}

var ruleEntities = []Text{"USER", "GROUP", "ORGANIZATION", "FIELD_ENTITY"}

var recordPermission = permission[recordRight]{
	show: func(all app.Permissions) []recordRight {
		list := make([]recordRight, len(all.Records))
		for i, rule := range all.Records {
			list[i] = recordRight{FilterCond: Text(rule.Filter), Entities: []recordEntity{}, Lost: rule.Lost}
			for _, e := range rule.Entities {
				list[i].Entities = append(list[i].Entities, recordEntity{
					showRuleEntity(e.Entity), e.Verbs.Has(access.View), e.Verbs.Has(access.Edit), e.Verbs.Has(access.Delete), e.IncludeSubs,
				})
			}
		}
		return list
	},
	read: func(p *errs.Fields, path string, r recordRight) {
		for i, e := range r.Entities {
			e.Entity.read(p, at(path+".entities", i)+".entity", ruleEntities...)
		}
	},
	store: func(s *app.Settings, rights []recordRight, p *errs.Fields) error {
		rules := make([]app.RecordRule, len(rights))
		for i, r := range rights {
			rules[i].Filter = string(r.FilterCond)
			for _, e := range r.Entities {
				right := access.RecordRight{Entity: e.Entity.read(p, "", ruleEntities...), IncludeSubs: e.IncludeSubs, Verbs: e.verbs()}
				rules[i].Entities = append(rules[i].Entities, right)
			}
		}
		return s.SetRecordRules(rules, p)
	},
}

// fieldEntity is what an entity may do with a field. FilterCond and Lost are ours: the records for which that holds, and
// that the condition names what is gone.
type fieldEntity struct {
	Accessibility Text       `json:"accessibility"`
	Entity        ruleEntity `json:"entity"`
	IncludeSubs   bool       `json:"includeSubs"`
	FilterCond    Text       `json:"filterCond,omitempty"`
	Lost          bool       `json:"lost,omitempty"`
}

type fieldRight struct {
	Code     Text          `json:"code"`
	Entities []fieldEntity `json:"entities"`
}

var fieldPermission = permission[fieldRight]{
	show: func(all app.Permissions) []fieldRight {
		list := make([]fieldRight, len(all.Fields))
		for i, rule := range all.Fields {
			list[i] = fieldRight{Code: Text(rule.Code), Entities: []fieldEntity{}}
			for _, e := range rule.Entities {
				list[i].Entities = append(list[i].Entities, fieldEntity{Text(e.Accessibility), showRuleEntity(e.Entity), e.IncludeSubs, Text(e.Filter), e.Lost})
			}
		}
		return list
	},
	read: func(p *errs.Fields, path string, r fieldRight) {
		r.Code.need(p, path+".code")
		for i, e := range r.Entities {
			here := at(path+".entities", i)
			switch e.Accessibility {
			case "READ", "WRITE", "NONE":
			default:
				p.Add(here+".accessibility", "param.enum")
			}
			e.Entity.read(p, here+".entity", ruleEntities...)
		}
	},
	store: func(s *app.Settings, rights []fieldRight, p *errs.Fields) error {
		rules := make([]app.FieldRule, len(rights))
		for i, r := range rights {
			rules[i].Code = string(r.Code)
			for _, e := range r.Entities {
				rules[i].Entities = append(rules[i].Entities, access.FieldRight{
					Entity: e.Entity.read(p, "", ruleEntities...), IncludeSubs: e.IncludeSubs, Accessibility: string(e.Accessibility), Filter: string(e.FilterCond),
				})
			}
		}
		return s.SetFieldRules(rules, p)
	},
}
