package record

import (
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Match says which of the app's rules of notification a record has come to match: those that it matches after the write and did
// not before. It is found out while the record is written, because afterwards nobody knows any more how it was.
type Match struct {
	Record id.Record `json:"record"`
	Rules  []string  `json:"rules"` // app.RecordNotice.Key
}

// touched is the head of a record that is being changed, and what it was.
type touched struct {
	table.Head
	was table.Head
}

// condition is a rule of notification, for the actor who writes.
type condition struct {
	key  string
	when *query.Checked // of the whole form: whom it tells decides who may know
}

// conditions are the app's rules by condition. One that names what is gone finds nothing.
func (s *Set) conditions() []condition {
	rules := s.live.Settings.Notifications.PerRecord
	if len(rules) == 0 {
		return nil
	}
	list := make([]condition, 0, len(rules))
	for _, r := range rules {
		q, err := query.Parse(r.Filter)
		if err != nil {
			continue
		}
		if when, err := query.Check(q, s.live.Settings, s.queryEnv()); err == nil {
			list = append(list, condition{r.Key(), when})
		}
	}
	return list
}

// come are the rules that a record comes to match; before is nil when it is new.
func come(list []condition, before, now query.Row) rules {
	var keys []string
	for _, c := range list {
		if query.Eval(c.when, now) && (before == nil || !query.Eval(c.when, before)) && !slices.Contains(keys, c.key) {
			keys = append(keys, c.key)
		}
	}
	return rules(strings.Join(keys, " "))
}

// rules are keys of rules with blanks between them.
type rules string

// matches appends what a record has come to match, if anything.
func (r rules) matches(list []Match, record id.Record) []Match {
	if r == "" {
		return list
	}
	return append(list, Match{record, strings.Fields(string(r))})
}
