package identity

import (
	"cmp"
	"context"
	"slices"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// maxDepth is how many organisations may be above one another.
const maxDepth = 100

// tree is the organisations at one moment. Those of a directory are never changed.
type tree struct {
	order    []*Organization // by id
	byID     map[id.Organization]*Organization
	byKey    map[string]*Organization // by folded code
	children map[id.Organization][]*Organization
}

func newTree(list []*Organization) *tree {
	t := &tree{
		byID: make(map[id.Organization]*Organization, len(list)), byKey: make(map[string]*Organization, len(list)),
		children: map[id.Organization][]*Organization{},
	}
	for _, o := range list {
		t.put(o)
	}
	for _, o := range list {
		if parent := t.byID[o.Parent]; parent != nil {
			o.ParentCode = parent.Code
		}
	}
	for _, siblings := range t.children {
		slices.SortStableFunc(siblings, inOrder)
	}
	return t
}

func inOrder(a, b *Organization) int {
	last := int64(1<<63 - 1)
	return cmp.Compare(*cmp.Or(a.SortOrder, &last), *cmp.Or(b.SortOrder, &last))
}

func (t *tree) put(o *Organization) {
	t.order = append(t.order, o)
	t.byID[o.ID] = o
	t.byKey[foldCode(o.Code)] = o
	t.children[o.Parent] = append(t.children[o.Parent], o)
}

// find returns the organisation with exactly this code, or nil.
func (t *tree) find(code string) *Organization {
	if o := t.byKey[foldCode(code)]; o != nil && o.Code == code {
		return o
	}
	return nil
}

// below returns o and all organisations below it, each after the one above it.
func (t *tree) below(o *Organization) []*Organization {
	list := []*Organization{o}
	for i := 0; i < len(list); i++ {
		list = append(list, t.children[list[i].ID]...)
	}
	return list
}

// above returns the organisations above o, the nearest first.
func (t *tree) above(o *Organization) []*Organization {
	var list []*Organization
	for up := t.byID[o.Parent]; up != nil; up = t.byID[up.Parent] {
		list = append(list, up)
	}
	return list
}

// walk calls fn for every organisation from the top down, siblings in their order.
func (t *tree) walk(top id.Organization, fn func(*Organization)) {
	for _, o := range t.children[top] {
		fn(o)
		t.walk(o.ID, fn)
	}
}

// height is how many organisations are below one another from o down, o included.
func (t *tree) height(o *Organization) int {
	h := 0
	if o.ID == 0 { // a new one
		return 1
	}
	for _, child := range t.children[o.ID] {
		h = max(h, t.height(child))
	}
	return h + 1
}

// add puts a new organisation into the database and the tree, unless it notes what is wrong with it.
func (t *tree) add(ctx context.Context, tx *db.Tx, c OrganizationChange, p *errs.Fields, path string) error {
	o := &Organization{Code: c.Code}
	known := p.Len()
	c.NewCode = nil
	if c.Name == nil {
		c.Name = new(string)
	}
	if t.set(o, c, p, path); p.Len() > known {
		return nil
	}
	if err := insertOrganization(ctx, tx, o); err != nil {
		return err
	}
	t.put(o)
	return nil
}

// change sets on o what c says, unless it notes what is wrong with it.
func (t *tree) change(o *Organization, c OrganizationChange, p *errs.Fields, path string) {
	draft := *o
	known := p.Len()
	if t.set(&draft, c, p, path); p.Len() > known {
		return
	}
	delete(t.byKey, foldCode(o.Code))
	if draft.Parent != o.Parent {
		t.children[o.Parent] = slices.DeleteFunc(t.children[o.Parent], func(x *Organization) bool { return x == o })
		t.children[draft.Parent] = append(t.children[draft.Parent], o)
	}
	*o = draft
	t.byKey[foldCode(o.Code)] = o
}

// set sets on o, which is not yet or not itself in the tree, what c says, and notes what is wrong with it there.
func (t *tree) set(o *Organization, c OrganizationChange, p *errs.Fields, path string) {
	codePath := path + ".code"
	if c.NewCode != nil {
		o.Code, codePath = *c.NewCode, path+".newCode"
	}
	checkUnitCode(p, codePath, o.Code)
	if other := t.byKey[foldCode(o.Code)]; other != nil && (other.ID != o.ID || o.ID == 0) {
		p.Add(codePath, "unit.code.taken")
	}
	set(&o.Name, c.Name)
	set(&o.LocalName, c.LocalName)
	set(&o.LocalNameLocale, c.LocalNameLocale)
	set(&o.Description, c.Description)
	set(&o.SortOrder, c.SortOrder)
	checkText(p, path+".name", o.Name, true)
	checkText(p, path+".localName", o.LocalName, false)
	checkLocalLocale(p, path+".localNameLocale", o.LocalNameLocale)
	checkLong(p, path+".description", o.Description)
	if c.ParentCode != nil {
		t.move(o, *c.ParentCode, p, path+".parentCode")
	}
}

// move puts o below the organisation with a code, unless it notes why not.
func (t *tree) move(o *Organization, code string, p *errs.Fields, path string) {
	o.Parent, o.ParentCode = 0, code
	if code == "" {
		return
	}
	parent := t.find(code)
	if parent == nil {
		p.Add(path, "organization.unknown", errs.Args{"code": code})
		return
	}
	up := t.above(parent)
	if o.ID != 0 && (parent.ID == o.ID || slices.ContainsFunc(up, func(x *Organization) bool { return x.ID == o.ID })) {
		p.Add(path, "organization.cycle")
		return
	}
	if len(up)+1+t.height(o) > maxDepth {
		p.Add(path, "organization.tooDeep", errs.Args{"max": maxDepth})
	}
	o.Parent = parent.ID
}
