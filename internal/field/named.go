package field

import "strconv"

// Namer is the ability of a type whose values name users, organisations or groups.
type Namer interface {
	// Named returns whom a value names, in its order. Whoever was deleted has no code and is left out.
	Named(f *Field, v Value, dir Directory) []Entity
}

// Named returns whom the members of a selection are.
func (k principals) Named(f *Field, v Value, dir Directory) []Entity {
	kind := principalTypes[f.Type]
	if kind == "" {
		kind = "USER"
	}
	var list []Entity
	for n := range Members(string(v)) {
		if code, _ := k.byID(dir, n); code != "" {
			list = append(list, Entity{kind, code})
		}
	}
	return list
}

// Named returns who created or changed the record.
func (person) Named(_ *Field, v Value, dir Directory) []Entity {
	n, _ := strconv.ParseInt(string(v), 10, 64)
	if code, _ := users.byID(dir, n); code != "" {
		return []Entity{{"USER", code}}
	}
	return nil
}
