package sheet

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Column is a column of the table and the field it looks like.
type Column struct {
	Label      string   // not empty, and no other column's
	Given      string   // what the header calls it
	Type       Type     // a guess
	Confidence float64  // in the guess, from 0 to 1
	Protocol   string   // of a LINK: WEB, MAIL or CALL
	Choices    []string // of a DROP_DOWN, CHECK_BOX or MULTI_SELECT, in the order they first occur
	Filled     int      // cells looked at that are not empty
	Empty      int      // and that are
}

// Limits of the guesses about choices.
const (
	maxDropDown    = 50 // different values of a drop-down
	maxBoxes       = 20 // different values of cells that list several
	maxChoice      = 32 // characters of a choice
	minChoiceRows  = 20 // rows before anything is taken for a choice
	minChoiceUses  = 5  // times each value occurs on average
	minListCells   = 200
	enough         = 0.98
	longSingleLine = 255 // characters; longer texts want a field of several lines
)

// columnGuess gathers what the cells of one column are.
type columnGuess struct {
	name  string
	empty int
	n     int // not empty

	numbers, integers, codes, dates, compacts, timed, clocks, urls, mails, phones int
	lines, longest                                                                int
	shortestDigits, longestDigits                                                 int

	values *choices   // whole cells
	lists  []*choices // cells taken apart at each of choiceMarks
}

func newColumnGuess(name string) *columnGuess {
	g := &columnGuess{name: name, values: newChoices(maxDropDown), shortestDigits: math.MaxInt}
	for range choiceMarks {
		g.lists = append(g.lists, newChoices(maxBoxes))
	}
	return g
}

// addValue notes a cell's text only: for rows that are not looked at closely. It keeps choices complete.
func (g *columnGuess) addValue(cell string) {
	if g.values.full && g.listsFull() {
		return
	}
	if cell = strings.TrimSpace(cell); cell != "" {
		g.addChoices(cell)
	}
}

// add looks at a cell closely.
func (g *columnGuess) add(cell string) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		g.empty++
		return
	}
	g.n++
	g.addChoices(cell)
	g.longest = max(g.longest, utf8.RuneCountInString(cell))
	if strings.ContainsAny(cell, "\r\n") {
		g.lines++
	}
	c := classify(cell)
	count := func(n *int, is bool) {
		if is {
			*n++
		}
	}
	count(&g.numbers, c.number)
	count(&g.integers, c.integer)
	count(&g.codes, c.code)
	count(&g.dates, c.date)
	count(&g.compacts, c.compact)
	count(&g.timed, c.timed)
	count(&g.clocks, c.clock)
	count(&g.urls, c.url)
	count(&g.mails, c.mail)
	count(&g.phones, c.phone)
	if c.integer {
		g.shortestDigits, g.longestDigits = min(g.shortestDigits, len(cell)), max(g.longestDigits, len(cell))
	}
}

func (g *columnGuess) addChoices(cell string) {
	g.values.add(cell)
	for i, l := range g.lists {
		l.addList(cell, choiceMarks[i])
	}
}

func (g *columnGuess) listsFull() bool {
	for _, l := range g.lists {
		if !l.full {
			return false
		}
	}
	return true
}

// guess decides. A type other than text needs nearly every cell; what could be a code stays text, since
// text loses nothing.
func (g *columnGuess) guess() Column {
	c := Column{Type: SingleLine, Filled: g.n, Empty: g.empty}
	share := func(n int) float64 { return float64(n) / float64(max(g.n, 1)) }
	take := func(t Type, sure float64) Column {
		c.Type, c.Confidence = t, sure*float64(g.n)/float64(g.n+2) // few rows prove little
		return c
	}
	dated := share(g.dates + g.timed)
	switch {
	case g.n == 0:
		return c
	case dated >= enough && g.integers == g.compacts:
		if g.timed > 0 {
			return take(DateTime, dated)
		}
		return take(Date, dated)
	case share(g.clocks) >= enough:
		return take(Time, share(g.clocks))
	case share(g.numbers) >= enough && !g.looksLikeCodes():
		return take(Number, share(g.numbers))
	case share(g.urls) >= enough:
		c.Protocol = "WEB"
		return take(Link, share(g.urls))
	case share(g.mails) >= enough:
		c.Protocol = "MAIL"
		return take(Link, share(g.mails))
	case share(g.phones) >= enough && g.named("電話", "携帯", "tel", "phone", "mobile"):
		c.Protocol = "CALL"
		return take(Link, share(g.phones))
	}
	if list := g.bestList(); list != nil {
		c.Choices = list.order
		if len(c.Choices) > 10 {
			return take(MultiSelect, 0.7)
		}
		return take(CheckBox, 0.7)
	}
	switch {
	case g.lines > 0:
		return take(MultiLine, 0.95)
	case g.isDropDown():
		c.Choices = g.values.order
		return take(DropDown, 0.8)
	case g.isMark():
		c.Choices = g.values.order
		return take(CheckBox, 0.6)
	case g.longest > longSingleLine:
		return take(MultiLine, 0.7)
	}
	return take(SingleLine, 1-max(share(g.numbers), dated, share(g.clocks))/2)
}

// looksLikeCodes reports whether numbers name something rather than count it: leading zeros, a telling
// header, or all of them equally long and longer than amounts are.
func (g *columnGuess) looksLikeCodes() bool {
	if g.codes > 0 {
		return true
	}
	if g.integers < g.n {
		return false
	}
	return g.named("コード", "番号", "郵便", "電話", "携帯", "品番", "型番", "code", "zip", "postal", "tel", "phone", "fax", "jan") ||
		g.n > 2 && g.shortestDigits == g.longestDigits && g.longestDigits >= 8
}

func (g *columnGuess) named(words ...string) bool {
	name := strings.ToLower(g.name)
	for _, w := range words {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}
