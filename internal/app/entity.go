package app

import (
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/identity"
)

// FieldEntity is the type of an entity that stands for whoever a field of the record names; its code is the field's.
const FieldEntity = "FIELD_ENTITY"

// CustomField is the type of an entity that stands for whom a custom item of the acting user's profile names; its code is
// the item's.
const CustomField = "CUSTOM_FIELD"

// customItems is a directory of people whose profiles have custom items.
type customItems interface {
	CustomItem(code string) bool // whether there is one with a code
}

// namers are the types of field whose values name people.
var namers = []field.Type{field.Creator, field.Modifier, field.UserSelect, field.OrganizationSelect, field.GroupSelect, field.StatusAssignee}

// checkEntity refuses an entity that is not there: somebody whom the site does not know, or a field that names nobody.
//
// Errors: Invalid "entity.unknownUser", "entity.unknownOrganization", "entity.unknownGroup" or "entity.unknownItem"; "app.unknownField" for a field.
// Source: kintone REST behaviour, GAIA_IL26 and GAIA_FC01.
func (s *Settings) checkEntity(e access.Entity) error {
	dir := s.env.Directory
	key, known := "", true
	switch e.Type {
	case "USER":
		var u field.Person
		u, known = dir.UserByCode(e.Code)
		known = known && (u.Code == e.Code || identity.IsGone(e.Code)) // rules compare login names by their letters
		key = "entity.unknownUser"
	case "ORGANIZATION":
		_, known = dir.OrganizationByCode(e.Code)
		key = "entity.unknownOrganization"
	case "GROUP":
		_, known = dir.GroupByCode(e.Code)
		known = known || e.Code == access.Everyone
		key = "entity.unknownGroup"
	case CustomField:
		items, ok := dir.(customItems)
		known = ok && items.CustomItem(e.Code)
		key = "entity.unknownItem"
	case FieldEntity:
		f, table := s.Field(e.Code)
		known = f != nil && table == nil && slices.Contains(namers, f.Type)
		key = "app.unknownField"
	}
	if !known {
		return errs.E(errs.Invalid, key, errs.Args{"code": e.Code})
	}
	return nil
}

func visitEntity(e *access.Entity, n names) {
	if e.Type == FieldEntity {
		n.code(&e.Code)
	}
}

// isGone reports whether e is a field that was deleted.
func isGone(e access.Entity, gone map[string]bool) bool { return e.Type == FieldEntity && gone[e.Code] }
