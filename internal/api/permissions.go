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
	IncludeSubs      Bool       `json:"includeSubs"`
	AppEditable      Bool       `json:"appEditable"`
	RecordViewable   Bool       `json:"recordViewable"`
	RecordAddable    Bool       `json:"recordAddable"`
	RecordEditable   Bool       `json:"recordEditable"`
	RecordDeletable  Bool       `json:"recordDeletable"`
	RecordImportable Bool       `json:"recordImportable"`
	RecordExportable Bool       `json:"recordExportable"`
}

// verbPart is a right as the API has it.
type verbPart struct {
	verb access.Verbs
	name string
	on   *Bool
}

// verbs pairs the rights of the API with ours.
func (r *appRight) verbs() []verbPart {
	return []verbPart{
		{access.Manage, "appEditable", &r.AppEditable}, {access.View, "recordViewable", &r.RecordViewable}, {access.Add, "recordAddable", &r.RecordAddable},
		{access.Edit, "recordEditable", &r.RecordEditable}, {access.Delete, "recordDeletable", &r.RecordDeletable},
		{access.Import, "recordImportable", &r.RecordImportable}, {access.Export, "recordExportable", &r.RecordExportable},
	}
}

// readVerbs returns the rights that are given, and reports those that are neither true nor false.
func readVerbs(parts []verbPart, p *errs.Fields, path string) (v access.Verbs) {
	for _, part := range parts {
		if part.on.or(p, path+"."+part.name, false) {
			v |= part.verb
		}
	}
	return v
}

var appEntities = []Text{"USER", "GROUP", "ORGANIZATION", "CREATOR"}

var appPermission = permission[appRight]{
	show: func(all app.Permissions) []appRight {
		list := make([]appRight, len(all.App))
		for i, rule := range all.App {
			list[i] = appRight{Entity: showRuleEntity(rule.Entity), IncludeSubs: is(rule.IncludeSubs)}
			for _, part := range list[i].verbs() {
				*part.on = is(rule.Verbs.Has(part.verb))
			}
		}
		return list
	},
	read: func(p *errs.Fields, path string, r appRight) {
		r.Entity.read(p, path+".entity", appEntities...)
		r.IncludeSubs.or(p, path+".includeSubs", false)
		readVerbs(r.verbs(), p, path)
	},
	store: func(s *app.Settings, rights []appRight, p *errs.Fields) error {
		rules := make([]access.AppRule, len(rights))
		for i, r := range rights {
			rules[i] = access.AppRule{Entity: r.Entity.read(p, "", appEntities...), IncludeSubs: r.IncludeSubs.is, Verbs: readVerbs(r.verbs(), p, "")}
		}
		return s.SetAppRules(rules, p)
	},
}

type recordEntity struct {
	Entity      ruleEntity `json:"entity"`
	Viewable    Bool       `json:"viewable"`
	Editable    Bool       `json:"editable"`
	Deletable   Bool       `json:"deletable"`
	IncludeSubs Bool       `json:"includeSubs"`
}

// recordRight is a rule about some records. Lost is ours: the condition names what is gone, and keeps everybody out.
type recordRight struct {
	FilterCond Text           `json:"filterCond"`
	Entities   []recordEntity `json:"entities"`
	Lost       bool           `json:"lost,omitempty"`
}

func (e *recordEntity) verbs() []verbPart {
	return []verbPart{{access.View, "viewable", &e.Viewable}, {access.Edit, "editable", &e.Editable}, {access.Delete, "deletable", &e.Deletable}}
}

var ruleEntities = []Text{"USER", "GROUP", "ORGANIZATION", "FIELD_ENTITY"}

var recordPermission = permission[recordRight]{
	show: func(all app.Permissions) []recordRight {
		list := make([]recordRight, len(all.Records))
		for i, rule := range all.Records {
			list[i] = recordRight{FilterCond: Text(rule.Filter), Entities: []recordEntity{}, Lost: rule.Lost}
			for _, e := range rule.Entities {
				list[i].Entities = append(list[i].Entities, recordEntity{
					showRuleEntity(e.Entity), is(e.Verbs.Has(access.View)), is(e.Verbs.Has(access.Edit)), is(e.Verbs.Has(access.Delete)), is(e.IncludeSubs),
				})
			}
		}
		return list
	},
	read: func(p *errs.Fields, path string, r recordRight) {
		for i, e := range r.Entities {
			here := at(path+".entities", i)
			e.Entity.read(p, here+".entity", ruleEntities...)
			e.IncludeSubs.or(p, here+".includeSubs", false)
			readVerbs(e.verbs(), p, here)
		}
	},
	store: func(s *app.Settings, rights []recordRight, p *errs.Fields) error {
		rules := make([]app.RecordRule, len(rights))
		for i, r := range rights {
			rules[i].Filter = string(r.FilterCond)
			for _, e := range r.Entities {
				right := access.RecordRight{Entity: e.Entity.read(p, "", ruleEntities...), IncludeSubs: e.IncludeSubs.is, Verbs: readVerbs(e.verbs(), p, "")}
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
	IncludeSubs   Bool       `json:"includeSubs"`
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
				list[i].Entities = append(list[i].Entities, fieldEntity{Text(e.Accessibility), showRuleEntity(e.Entity), is(e.IncludeSubs), Text(e.Filter), e.Lost})
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
			case "":
				p.Add(here+".accessibility", "param.required")
			default:
				p.Add(here+".accessibility", "param.enum")
			}
			e.Entity.read(p, here+".entity", ruleEntities...)
			e.IncludeSubs.or(p, here+".includeSubs", false)
		}
	},
	store: func(s *app.Settings, rights []fieldRight, p *errs.Fields) error {
		rules := make([]app.FieldRule, len(rights))
		for i, r := range rights {
			rules[i].Code = string(r.Code)
			for _, e := range r.Entities {
				rules[i].Entities = append(rules[i].Entities, access.FieldRight{
					Entity: e.Entity.read(p, "", ruleEntities...), IncludeSubs: e.IncludeSubs.is, Accessibility: string(e.Accessibility), Filter: string(e.FilterCond),
				})
			}
		}
		return s.SetFieldRules(rules, p)
	},
}
