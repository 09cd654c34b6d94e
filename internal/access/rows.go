package access

import "github.com/engawa/engawa/internal/query"

// RowRules are record rules in order: the first whose When matches a row decides. Rows that none matches are
// open. Several RowRules must all allow.
type RowRules []RowRule

// RowRule says what may be done with the rows that match When; nil is all.
type RowRule struct {
	When  *query.Checked
	Verbs Verbs
}

// For returns the condition of the rows with which all of v may be done.
func (rules RowRules) For(v Verbs) *query.Checked {
	list := make([]query.Case, len(rules))
	for i, r := range rules {
		list[i] = query.Case{When: r.When, Then: r.Verbs.Has(v)}
	}
	return query.First(true, list...)
}

// may reports whether all of v may be done with a row.
func (rules RowRules) may(v Verbs, row query.Row) bool {
	for _, r := range rules {
		if r.When == nil || query.Eval(r.When, row) {
			return r.Verbs.Has(v)
		}
	}
	return true
}

// within returns the least rules that decide alike for somebody who may do at most what is in most: without those that
// no row reaches, and without last ones that forbid nothing.
func (rules RowRules) within(most Verbs) RowRules {
	most &= View | Edit | Delete
	var out RowRules
	for _, r := range rules {
		every, known := r.When.Constant()
		if known && !every {
			continue
		}
		out = append(out, RowRule{r.When, r.Verbs & most})
		if known {
			break
		}
	}
	for n := len(out); n > 0 && out[n-1].Verbs == most; n-- {
		out = out[:n-1]
	}
	return out
}
