package sheet

import (
	"strings"
	"unicode/utf8"
)

// choices are the different values in a column, as long as they are few and short enough to be choices.
type choices struct {
	max   int
	seen  map[string]bool
	order []string
	cells int // looked at
	uses  int // values in them
	multi int // cells with several
	full  bool
}

func newChoices(max int) *choices { return &choices{max: max, seen: map[string]bool{}} }

// addList notes a cell that lists several values between marks. A column that has shown no such cell in
// its first minListCells is not one of them.
func (c *choices) addList(cell, mark string) {
	switch {
	case c.full:
	case strings.Contains(cell, mark):
		values := splitChoices(cell, mark)
		if len(values) > 1 {
			c.multi++
		}
		c.add(values...)
	case c.cells >= minListCells && c.multi == 0:
		c.stop()
	default:
		c.add(cell)
	}
}

// add notes the values of one cell.
func (c *choices) add(values ...string) {
	if c.full {
		return
	}
	c.cells++
	c.uses += len(values)
	for _, v := range values {
		if c.seen[v] {
			continue
		}
		if len(c.order) == c.max || utf8.RuneCountInString(v) > maxChoice || strings.ContainsAny(v, "\r\n") {
			c.stop()
			return
		}
		v = strings.Clone(v) // v is part of a row that need not be kept
		c.seen[v] = true
		c.order = append(c.order, v)
	}
}

func (c *choices) stop() { c.full, c.seen, c.order = true, nil, nil }

// repeated reports whether the values come back often enough to be choices.
func (c *choices) repeated() bool {
	return !c.full && c.cells >= minChoiceRows && c.uses >= minChoiceUses*len(c.order)
}

func (g *columnGuess) isDropDown() bool {
	return g.values.repeated() && len(g.values.order) > 1 && g.numbers == 0 && g.codes == 0
}

// bestList returns the values of cells that list several, if a good part of the cells does.
func (g *columnGuess) bestList() *choices {
	for _, l := range g.lists {
		if l.repeated() && len(l.order) > 1 && l.multi*10 >= l.cells && l.digitsOnly() == 0 {
			return l
		}
	}
	return nil
}

func (c *choices) digitsOnly() int {
	n := 0
	for _, v := range c.order {
		if allDigits(v) {
			n++
		}
	}
	return n
}

// marks are what offices put into a cell to tick it.
var marks = map[string]bool{"○": true, "◯": true, "〇": true, "●": true, "✓": true, "✔": true, "☑": true, "レ": true, "✕": true}

// isMark reports whether the column's cells are ticked or empty.
func (g *columnGuess) isMark() bool {
	return !g.values.full && len(g.values.order) == 1 && marks[g.values.order[0]] && g.n >= 3 && g.empty > 0
}
