package sheet

// guessSeparator chooses the separator that cuts the first rows into the most alike pieces. A comma where
// none does: the text has one column.
func (f *file) guessSeparator() (string, error) {
	best, bestScore := ",", 0.0
	for _, sep := range Separators {
		o := f.o
		o.Separator = sep
		recs, err := f.head(o, guessRows)
		if err != nil {
			return "", err
		}
		// On equal terms the earlier of Separators wins.
		if s := separatorScore(recs); s > bestScore*1.0001 {
			best, bestScore = sep, s
		}
	}
	return best, nil
}

// separatorScore is 0 if most rows have one cell, else about the share of rows that have as many cells as
// most have. Rows that cannot be read speak against the separator.
func separatorScore(recs []record) float64 {
	widths := map[int]int{}
	for _, rec := range recs {
		if rec.err == nil {
			widths[len(rec.cells)]++
		}
	}
	usual, rows := 1, 0
	for w, n := range widths {
		if w > 1 && (n > rows || n == rows && w > usual) {
			usual, rows = w, n
		}
	}
	if usual == 1 || 3*rows < len(recs) {
		return 0
	}
	share := float64(rows) / float64(len(recs))
	// Many columns by chance are less likely than two.
	return share * (1 - 0.3/float64(usual))
}
