package identity

import (
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
)

// register is the groups, or the titles, at one moment. That of a directory is never changed.
type register[T any] struct {
	noun  string // of its errors: group, title
	order []*T   // by id
	byID  map[int64]*T
	byKey map[string]*T // by folded code
	of    func(*T) (n int64, code string, builtin bool)
}

func newGroups(list []*Group) *register[Group] {
	return fill(&register[Group]{noun: "group", of: func(g *Group) (int64, string, bool) { return int64(g.ID), g.Code, g.Builtin }}, list)
}

func newTitles(list []*Title) *register[Title] {
	return fill(&register[Title]{noun: "title", of: func(t *Title) (int64, string, bool) { return int64(t.ID), t.Code, false }}, list)
}

func fill[T any](r *register[T], list []*T) *register[T] {
	r.byID, r.byKey = make(map[int64]*T, len(list)), make(map[string]*T, len(list))
	for _, one := range list {
		r.put(one)
	}
	return r
}

func (r *register[T]) put(one *T) {
	n, code, _ := r.of(one)
	if r.byID[n] == nil {
		r.order = append(r.order, one)
	}
	r.byID[n], r.byKey[foldCode(code)] = one, one
}

// drop forgets the code of one, which has another one from now on or is deleted.
func (r *register[T]) drop(one *T) {
	_, code, _ := r.of(one)
	delete(r.byKey, foldCode(code))
}

// find returns the one with exactly this code, or nil.
func (r *register[T]) find(code string) *T {
	one := r.byKey[foldCode(code)]
	if one == nil {
		return nil
	}
	if _, exact, _ := r.of(one); exact != code {
		return nil
	}
	return one
}

// own returns the one with a code, which must not be the product's.
//
// Errors: NotFound; Conflict "group.builtin".
func (r *register[T]) own(code string) (*T, error) {
	one := r.find(code)
	if one == nil {
		return nil, unknown(r.noun, code)
	}
	if _, _, builtin := r.of(one); builtin {
		return nil, errs.E(errs.Conflict, "group.builtin", errs.Args{"code": code})
	}
	return one, nil
}

// check reports whether draft may have its code, and notes why not at path.
func (r *register[T]) check(draft T, p *errs.Fields, path string) bool {
	n, code, _ := r.of(&draft)
	known := p.Len()
	checkUnitCode(p, path, code)
	if other := r.byKey[foldCode(code)]; other != nil {
		if m, _, _ := r.of(other); m != n {
			p.Add(path, "unit.code.taken")
		}
	}
	return p.Len() == known
}

func unknown(noun, code string) error {
	return errs.E(errs.NotFound, noun+".unknown", errs.Args{"code": code})
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// values are what pointers of a directory point at, copied.
func values[T any](list []*T) []T {
	out := make([]T, len(list))
	for i, one := range list {
		out[i] = *one
	}
	return out
}

// pick returns the page of all, which keeps its order, that f asks for.
//
// Errors: Invalid by the paths ids, codes, offset and size.
func pick[T any](f Filter, all []*T, of func(*T) (n int64, code string)) ([]*T, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	found := all
	if len(f.IDs)+len(f.Codes) > 0 {
		found = nil
		for _, one := range all {
			if n, code := of(one); slices.Contains(f.IDs, n) || slices.Contains(f.Codes, code) {
				found = append(found, one)
			}
		}
	}
	found = found[min(f.Offset, len(found)):]
	return found[:min(f.size(), len(found))], nil
}
