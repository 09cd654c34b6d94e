package sheet

import (
	"slices"
	"strings"
)

// guessTable completes Options.Header, with it Skip, and Width.
func (f *file) guessTable() error {
	if f.o.Header != HeaderGuess && f.o.Width > 0 {
		return nil
	}
	recs, err := f.head(f.o, guessRows)
	if err != nil {
		return err
	}
	if f.o.Header == HeaderGuess {
		if title := titleRows(recs); title > 0 {
			f.o.Skip = recs[title].line - 1
			recs = recs[title:]
		}
		f.o.Header = HeaderNo
		if looksLikeHeader(recs) {
			f.o.Header = HeaderYes
		}
	}
	switch {
	case len(recs) == 0 && f.kind == Text && f.o.Skip == 0:
		return invalid("import.empty")
	case f.o.Width == 0 && len(recs) > 0:
		f.o.Width = max(f.tableWidth(recs), 1)
	}
	if f.o.Width > maxColumns {
		return tooManyColumns(f.o.Width)
	}
	return nil
}

// tableWidth returns how many columns the table has. Those with a name always count. Of the others, in a text
// those that most rows have room for, since a row that is longer than most may have a separator too many; in
// a worksheet those that two rows fill. Below a header a column without a name must also be in use.
func (f *file) tableWidth(recs []record) int {
	lengths := make([]int, len(recs))
	for i, rec := range recs {
		lengths[i] = len(rec.cells)
	}
	slices.Sort(lengths)
	agree := len(recs)/2 + 1
	if f.kind == XLSX {
		agree = min(2, len(recs))
	}
	room, used := lengths[len(lengths)-agree], 0
	if f.o.Header == HeaderYes {
		room = max(room, len(recs[0].cells))
		used = len(trimEmpty(recs[0].cells))
	} else if f.kind == Text {
		return room
	}
	for _, rec := range recs {
		used = max(used, min(len(trimEmpty(rec.cells)), room))
	}
	return used
}

// titleRows counts the rows above the table, such as "Sales, April" in the first cell and nothing beside it:
// far emptier than the usual row.
func titleRows(recs []record) int {
	filled := make([]int, 0, len(recs))
	for _, rec := range recs {
		n := 0
		for _, c := range rec.cells {
			if strings.TrimSpace(c) != "" {
				n++
			}
		}
		filled = append(filled, n)
	}
	sorted := slices.Clone(filled)
	slices.Sort(sorted)
	if len(sorted) == 0 || sorted[len(sorted)/2] < 3 {
		return 0
	}
	usual := sorted[len(sorted)/2]
	for i, n := range filled[:min(len(filled), 20)] {
		if n*2 >= usual {
			return i
		}
	}
	return 0
}
