package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// Categories are the tree under which people file records. The zero Categories were never turned on.
type Categories struct {
	On   bool       `json:"on,omitempty"`
	Tree []Category `json:"tree,omitempty"` // in its order
}

// Category is one category. Records keep its ID, so renaming or moving it touches no record. No other category of the app,
// anywhere in the tree, has its name: names alone say in records and conditions which one is meant.
type Category struct {
	ID       int64      `json:"id"`
	Name     string     `json:"name"`
	Children []Category `json:"children,omitempty"`
}

// What a tree of categories may be, and how long a name, in characters.
const (
	MaxCategories    = 1000
	MaxCategoryDepth = 5
	maxCategoryName  = 128
)

// CategoriesChange changes the categories. What is nil stays as it is.
type CategoriesChange struct {
	Enable *bool
	Tree   map[string]CategoryChange // all of them, by present name, at the top
}

// CategoryChange is a category as it shall be. A key that no category has is a new one, whose name is its key; one that is
// there already moves to where the key stands.
type CategoryChange struct {
	Name     string // "" is the key
	Index    int64  // among its siblings
	Children map[string]CategoryChange
}

// CategoriesRemoved is the event app.categories: records may still be in categories that are gone since a deployment.
type CategoriesRemoved struct {
	App     id.App  `json:"app"`
	Removed []int64 `json:"removed"`
}

// SetCategories changes the categories. Conditions follow those that get another name. Those that are not listed leave
// conditions, unless a permission asks for them, and once that is deployed records are taken out of them.
//
// Errors: Invalid "app.categoryKey" for a new category whose key is not its name.
func (s *Settings) SetCategories(c CategoriesChange, p *errs.Fields) error {
	if c.Enable != nil {
		s.Categories.On = *c.Enable
	}
	f := s.System(field.Category)
	f.Off = !s.Categories.On
	s.forgetOff()
	if c.Tree == nil {
		return nil
	}
	g := graft{p: p, before: f.Options, next: f.NextOption, kept: map[int64]bool{}, names: map[string]bool{}, renamed: map[string]string{}}
	if n := countCategories(c.Tree); n > MaxCategories {
		p.Add("categories", "param.size", errs.Args{"min": 0, "max": MaxCategories})
		return nil
	}
	tree, err := g.level(c.Tree, "categories", 1)
	if err != nil {
		return err
	}
	s.Categories.Tree = tree
	f.SetCategories(options(tree))
	s.forgetValues(f.Code, dropped(g.before, f), "categories", p)
	s.renameValues(f.Code, g.renamed)
	return nil
}

func countCategories(level map[string]CategoryChange) int {
	n := len(level)
	for _, c := range level {
		n += countCategories(c.Children)
	}
	return n
}

// graft makes a tree of what is to be, from the categories that there are.
type graft struct {
	p       *errs.Fields
	before  []field.Option
	next    int64             // the last id given
	kept    map[int64]bool    // the ids that have their place
	names   map[string]bool   // of the new tree
	renamed map[string]string // new names by old ones
}

func (g *graft) level(in map[string]CategoryChange, path string, depth int) (list []Category, err error) {
	if depth > MaxCategoryDepth && len(in) > 0 {
		g.p.Add(path, "app.categoryDepth", errs.Args{"max": MaxCategoryDepth})
		return nil, nil
	}
	index := map[string]int64{}
	for _, key := range sortedKeys(in) {
		at := path + "[" + key + "]"
		c, err := g.category(key, in[key], at)
		if err != nil {
			return nil, err
		}
		if c.Children, err = g.level(in[key].Children, at+".children", depth+1); err != nil {
			return nil, err
		}
		index[c.Name] = in[key].Index
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b Category) int { return cmp.Compare(index[a.Name], index[b.Name]) })
	return list, nil
}

// category is the category with a key, or a new one, without those below it.
func (g *graft) category(key string, in CategoryChange, path string) (c Category, err error) {
	c.Name = cmp.Or(in.Name, key)
	i := slices.IndexFunc(g.before, func(o field.Option) bool { return o.Label == key })
	switch {
	case i < 0 && c.Name != key:
		return c, errs.E(errs.Invalid, "app.categoryKey", errs.Args{"key": key, "name": c.Name})
	case i < 0:
		g.next++
		c.ID = g.next
	case g.kept[g.before[i].ID]:
		g.p.Add(path, "app.categoryTwice", errs.Args{"name": key})
	default:
		c.ID = g.before[i].ID
		if c.Name != key {
			g.renamed[key] = c.Name
		}
	}
	if n := len([]rune(c.Name)); strings.TrimSpace(c.Name) == "" || n > maxCategoryName {
		g.p.Add(path+".name", "param.length", errs.Args{"min": 1, "max": maxCategoryName})
	}
	if g.names[c.Name] {
		g.p.Add(path+".name", "app.categoryTwice", errs.Args{"name": c.Name})
	}
	g.kept[c.ID], g.names[c.Name] = true, true
	return c, nil
}

// options are the categories of a tree, each before those below it.
func options(tree []Category) (list []field.Option) {
	for _, c := range tree {
		list = append(list, field.Option{ID: c.ID, Label: c.Name})
		list = append(list, options(c.Children)...)
	}
	return list
}

// unfile leaves the event that records have to be taken out of the categories that next has no more.
func unfile(ctx context.Context, tx *db.Tx, app id.App, old, next *Settings) error {
	e := CategoriesRemoved{App: app}
	kept := options(next.Categories.Tree)
	for _, o := range options(old.Categories.Tree) {
		if !slices.ContainsFunc(kept, func(k field.Option) bool { return k.ID == o.ID }) {
			e.Removed = append(e.Removed, o.ID)
		}
	}
	if len(e.Removed) == 0 {
		return nil
	}
	if err := job.Emit(ctx, tx, "app.categories", e); err != nil {
		return fmt.Errorf("app: deploy %d: %w", app, err)
	}
	return nil
}
