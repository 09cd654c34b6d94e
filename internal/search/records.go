package search

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record"
)

// maxConditions bounds the query of one app: keywords times fields. Of a form with more, the first fields are searched.
const maxConditions = 900

// sight is what the reader sees of an app that a search needs.
type sight struct {
	app              id.App
	searched         []*field.Field // that like may look into, columns of tables among them
	inner            []*field.Field // columns of tables
	created, creator *field.Field   // nil when they are kept from him
}

// see looks for the fields of a kind: files, or all others.
func see(set *record.Set, r *Request, files bool) sight {
	s := sight{app: set.App().ID}
	room := maxConditions / max(1, r.keywords())
	add := func(f *field.Field) {
		if f.Searchable() && (f.Type == field.File) == files && len(s.searched) < room {
			s.searched = append(s.searched, f)
		}
	}
	for _, f := range set.Lens().Fields() {
		switch f.Type {
		case field.CreatedTime:
			s.created = f
		case field.Creator:
			s.creator = f
		}
		add(f)
		for _, g := range set.Lens().Inner(f) {
			s.inner = append(s.inner, g)
			add(g)
		}
	}
	return s
}

func (r *Request) keywords() (n int) {
	for _, t := range r.Terms {
		n += len(t.Keywords)
	}
	return n
}

// findRecords finds records by the text in their fields, findFiles files by their names and contents: both through the
// query language, as the reader could. stopped is the last record that was looked at when there may be more.
func findRecords(ctx context.Context, set *record.Set, r *Request) (hits []Hit, stopped *Place, err error) {
	if !r.Records {
		return nil, nil, nil
	}
	s := see(set, r, false)
	return s.find(ctx, set, r, s.record)
}

func findFiles(ctx context.Context, set *record.Set, r *Request) (hits []Hit, stopped *Place, err error) {
	if !r.Files {
		return nil, nil, nil
	}
	s := see(set, r, true)
	return s.find(ctx, set, r, s.files)
}

func (s sight) find(ctx context.Context, set *record.Set, r *Request, hitsOf func(Hit, shown, *Request) []Hit) (hits []Hit, stopped *Place, err error) {
	conditions, ok := s.conditions(r)
	if !ok {
		return nil, nil, nil
	}
	limit := r.Limit + 1
	if r.From != nil && r.From.App == s.app {
		limit++ // the one that the page before ended with comes again, for its files
	}
	page, err := set.Query(ctx, strings.Join(conditions, " and ")+s.order(r)+" limit "+strconv.Itoa(limit), nil, false)
	if err != nil {
		return nil, nil, err
	}
	for _, found := range page.Records {
		values, err := flat(found.JSON)
		if err != nil {
			return nil, nil, fmt.Errorf("search: record %d of app %d: %w", found.ID, s.app, err)
		}
		one := s.hit(found.ID, values)
		hits = append(hits, hitsOf(one, values, r)...)
		if len(page.Records) == limit {
			stopped = &Place{At: one.At, App: s.app, Record: found.ID, File: lastFile}
		}
	}
	return slices.DeleteFunc(hits, func(h Hit) bool { return !r.ahead(h.Place) }), stopped, nil
}

// conditions are what a record has to meet; ok is false when none can.
func (s sight) conditions(r *Request) (list []string, ok bool) {
	bounded := !r.After.IsZero() || !r.Before.IsZero()
	from, ok := s.from(r)
	if !ok || len(s.searched) == 0 || bounded && s.created == nil || len(r.Creators) > 0 && s.creator == nil {
		return nil, false
	}
	if from != "" {
		list = append(list, from)
	}
	for _, t := range r.Terms {
		if c := s.term(t); c != "" {
			list = append(list, c)
		}
	}
	if !r.After.IsZero() {
		list = append(list, fmt.Sprintf("%s >= %q", s.created.Code, upToMinute(r.After)))
	}
	if !r.Before.IsZero() {
		list = append(list, fmt.Sprintf("%s <= %q", s.created.Code, r.Before.UTC().Format(time.RFC3339)))
	}
	if len(r.Creators) > 0 {
		list = append(list, s.creator.Code+" in ("+quoted(r.Creators)+")")
	}
	return list, true
}

// upToMinute is the first whole minute that is not before t: records know when they were made to the minute.
func upToMinute(t time.Time) string {
	return t.Add(time.Minute - 1).Truncate(time.Minute).UTC().Format(time.RFC3339)
}

// term is the condition of a term: keywords are in any of the fields, or in none. Whether a table lacks a word is decided
// when its rows are at hand: the language asks for a row without it, and there may be no row.
func (s sight) term(t Term) string {
	not := t.Operator == "NOT"
	op, either, both := " like ", " or ", " and "
	switch t.Operator {
	case "OR":
		both = " or "
	case "NOT":
		op, either = " not like ", " and "
	}
	var list []string
	for _, k := range t.Keywords {
		var fields []string
		for _, f := range s.searched {
			if !not || !slices.Contains(s.inner, f) {
				fields = append(fields, f.Code+op+query.Quote(k))
			}
		}
		if len(fields) > 0 {
			list = append(list, "("+strings.Join(fields, either)+")")
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "(" + strings.Join(list, both) + ")"
}

// from is the condition of what comes after the page before, "" is all; ok is false when the app has nothing more.
func (s sight) from(r *Request) (condition string, ok bool) {
	p := r.From
	if p == nil {
		return "", true
	}
	beyond, within, later := "<", "<=", s.app < p.App // those made at the same time are in the order of their apps
	if r.Oldest {
		beyond, within, later = ">", ">=", s.app > p.App
	}
	if p.Comment != 0 {
		later = r.Oldest // comments come behind records of the same time, or before them
	}
	here := p.Comment == 0 && s.app == p.App
	rest := "$id " + within + " " + id.String(p.Record)
	switch timed := s.created != nil; {
	case timed && p.At.IsZero(), !timed && !p.At.IsZero():
		return "", timed == r.Oldest // records without a time are as if older than all others
	case !timed && here:
		return rest, true
	case !timed:
		return "", later
	}
	at := p.At.UTC().Format(time.RFC3339)
	minute := p.At.Equal(p.At.Truncate(time.Minute)) // else no record is of that time
	switch {
	case minute && here:
		return fmt.Sprintf("(%[1]s %[2]s %[3]q or %[1]s = %[3]q and %[4]s)", s.created.Code, beyond, at, rest), true
	case minute && later, !minute && !r.Oldest:
		return fmt.Sprintf("%s %s %q", s.created.Code, within, at), true
	}
	return fmt.Sprintf("%s %s %q", s.created.Code, beyond, at), true
}

func (s sight) order(r *Request) string {
	direction := " desc"
	if r.Oldest {
		direction = " asc"
	}
	if s.created == nil {
		return " order by $id" + direction
	}
	return " order by " + s.created.Code + direction + ", $id" + direction
}

func quoted(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = query.Quote(s)
	}
	return strings.Join(out, ", ")
}
