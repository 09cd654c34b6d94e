package query

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
