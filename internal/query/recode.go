package query

import "slices"

// Recode replaces texts that a condition on a field compares with: to returns what stands for a text in a field, which
// may be the text itself.
func (q *Query) Recode(to func(field Name, text string) string) {
	if q.Where != nil {
		recode(q.Where, to)
	}
}

func recode(c Cond, to func(field Name, text string) string) {
	switch c := c.(type) {
	case And:
		for _, member := range c {
			recode(member, to)
		}
	case Or:
		for _, member := range c {
			recode(member, to)
		}
	case *Predicate:
		for i, v := range c.Values {
			if v.Kind == String {
				c.Values[i].Text = to(c.Field, v.Text)
			}
		}
	}
}

// Forget takes texts that no record holds any more out of what conditions on a field compare with, and reports whether there
// were any. The conditions go on to find the same records: a list that is left empty finds nothing, its complement everything.
func (q *Query) Forget(gone func(field Name, text string) bool) (found bool) {
	if q.Where == nil {
		return false
	}
	return forget(q.Where, gone)
}

func forget(c Cond, gone func(field Name, text string) bool) (found bool) {
	switch c := c.(type) {
	case And:
		for _, member := range c {
			found = forget(member, gone) || found
		}
	case Or:
		for _, member := range c {
			found = forget(member, gone) || found
		}
	case *Predicate:
		before := len(c.Values)
		c.Values = slices.DeleteFunc(c.Values, func(v Value) bool { return v.Kind == String && gone(c.Field, v.Text) })
		if found = len(c.Values) < before; !found {
			return false
		}
		switch c.Op { // of one value, of which there is none now
		case Equal:
			c.Op = In
		case NotEqual:
			c.Op = NotIn
		}
	}
	return found
}
