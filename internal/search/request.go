package search

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/text"
)

// Request is what somebody looks for in all that he may see.
type Request struct {
	Terms          []Term
	Records        bool // look for records by what is in their fields,
	Files          bool // for attachments by their names and contents,
	Comments       bool // for comments on records,
	Spaces         bool // for spaces and
	Threads        bool // threads by their names and bodies,
	ThreadComments bool // for what is said in threads

	Scope    func(app id.App, in id.Space) bool // the apps, and with 0 for the app the spaces, that are meant
	After    time.Time                          // created then or later; zero is no bound
	Before   time.Time                          // created then or earlier; zero is no bound
	Creators []string                           // login names; none is anybody
	Oldest   bool                               // oldest first, else newest first
	Limit    int
	From     *Place // where the page before ended; nil is the beginning
}

// Term is a group of keywords: AND all of them, OR any of them, NOT none of them.
type Term struct {
	Operator string
	Keywords []string
}

// finds reports whether text, which is normalised, is what the terms mean.
func finds(terms []Term, normal string) bool {
	has := func(keyword string) bool { return strings.Contains(normal, text.Normalise(keyword)) }
	for _, t := range terms {
		var ok bool
		switch t.Operator {
		case "AND":
			ok = !slices.ContainsFunc(t.Keywords, func(k string) bool { return !has(k) })
		case "OR":
			ok = slices.ContainsFunc(t.Keywords, has)
		default:
			ok = !slices.ContainsFunc(t.Keywords, has)
		}
		if !ok {
			return false
		}
	}
	return true
}

// wanted are the keywords that a hit may show: those that are not to be missing.
func (r *Request) wanted() (list []string) {
	for _, t := range r.Terms {
		if t.Operator != "NOT" {
			list = append(list, t.Keywords...)
		}
	}
	return list
}

// unwanted are the terms whose keywords must be missing.
func (r *Request) unwanted() (list []Term) {
	for _, t := range r.Terms {
		if t.Operator == "NOT" {
			list = append(list, t)
		}
	}
	return list
}

// Place is where a hit stands among all hits. Records of an app that keeps from the reader when they were made have no time,
// and come last when the newest come first.
type Place struct {
	At      time.Time `json:"t"`
	Comment int64     `json:"c,omitempty"` // 0 for records and their files, spaces and threads
	App     id.App    `json:"a,omitempty"` // 0 in spaces
	Record  id.Record `json:"r,omitempty"`
	Space   id.Space  `json:"s,omitempty"` // 0 in apps
	Thread  id.Thread `json:"h,omitempty"` // 0 for the space itself
	File    int       `json:"f,omitempty"` // 0 for the record or comment itself
}

// compare orders places, newest first.
func compare(a, b Place) int {
	return cmp.Or(b.At.Compare(a.At), cmp.Compare(min(a.Comment, 1), min(b.Comment, 1)), cmp.Compare(b.App, a.App),
		cmp.Compare(b.Record, a.Record), cmp.Compare(b.Comment, a.Comment), cmp.Compare(b.Space, a.Space), cmp.Compare(b.Thread, a.Thread),
		cmp.Compare(a.File, b.File))
}

// compare orders places as r asks.
func (r *Request) compare(a, b Place) int {
	if r.Oldest {
		// The parts of one record stay in their order: the record, then its files.
		same := a.App != 0 && a.At.Equal(b.At) && a.App == b.App && a.Record == b.Record && a.Comment == 0 && b.Comment == 0
		if !same {
			return compare(b, a)
		}
	}
	return compare(a, b)
}

// ahead reports whether a place is on this page or a later one.
func (r *Request) ahead(p Place) bool { return r.From == nil || r.compare(*r.From, p) < 0 }

// span is the instants between which comments are still to come; zero is no bound. ok is false when none are: newest first, what
// has no time comes behind them all.
func (r *Request) span() (after, before time.Time, ok bool) {
	after, before = r.After, r.Before
	if r.From == nil {
		return after, before, true
	}
	switch at := r.From.At; {
	case r.Oldest:
		if at.After(after) {
			after = at
		}
	case at.IsZero():
		return after, before, false
	case before.IsZero() || at.Before(before):
		before = at
	}
	return after, before, true
}

// inTime reports whether an instant is within the bounds.
func (r *Request) inTime(t time.Time) bool {
	return (r.After.IsZero() || !t.Before(r.After)) && (r.Before.IsZero() || !t.After(r.Before))
}
