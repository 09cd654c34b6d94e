package app

import (
	"cmp"
	"maps"
	"slices"

	"github.com/engawa/engawa/internal/errs"
)

// collection is what an app has several of by name and in an order: views, reports, actions. The API replaces it as a whole
// by an object whose keys are the names of now, or those of new members.
type collection[C, T any] struct {
	path     string         // of the object in the request
	twice    string         // the error of a name that is there twice
	distinct bool           // no two members at one place; else those at one place follow each other by their keys
	place    func(C) int64  // among the others
	name     func(T) string // as it shall be
	change   func(key, path string, c C) (T, error)
}

// arrange returns what becomes of the members of in, in their order, and the same by their keys. Names and places that
// have to be there once are noted in p when they are not.
func (l collection[C, T]) arrange(in map[string]C, p *errs.Fields) (list []T, byKey map[string]T, err error) {
	byKey = map[string]T{}
	names, places := map[string]bool{}, map[int64]bool{}
	for _, key := range slices.SortedFunc(maps.Keys(in), func(a, b string) int {
		return cmp.Or(cmp.Compare(l.place(in[a]), l.place(in[b])), cmp.Compare(a, b))
	}) {
		path, place := l.path+"["+key+"]", l.place(in[key])
		m, err := l.change(key, path, in[key])
		if err != nil {
			return nil, nil, err
		}
		name := l.name(m)
		if names[name] {
			p.Add(path+".name", l.twice, errs.Args{"name": name})
		}
		if l.distinct && places[place] {
			p.Add(path+".index", "app.indexTwice")
		}
		names[name], places[place] = true, true
		list = append(list, m)
		byKey[key] = m
	}
	return list, byKey, nil
}
