package sheet

import (
	"slices"
	"strings"
	"unicode"
)

// headerWords are parts of the names that columns have in Japanese and English offices.
var headerWords = []string{
	"名", "番号", "コード", "日付", "年月日", "住所", "電話", "郵便", "金額", "数量", "単価", "区分", "種別", "備考", "担当",
	"状態", "メール", "カナ", "ﾅﾏｴ", "name", "code", "date", "address", "phone", "mail", "amount", "price", "note", "status", "no.",
}

// looksLikeHeader reports whether the first row names the columns: its cells are words where those below
// are numbers or dates, and do not come back below. In doubt it does, since most files have a header.
func looksLikeHeader(recs []record) bool {
	if len(recs) == 0 {
		return false
	}
	score := 0.0
	for col, name := range recs[0].cells {
		name = strings.TrimSpace(name)
		score += headerScore(name, column(recs[1:], col))
		if slices.ContainsFunc(headerWords, func(w string) bool { return strings.Contains(strings.ToLower(name), w) }) {
			score++
		}
	}
	return score >= 0
}

// headerScore says how much speaks for name being the name of a column with these cells.
func headerScore(name string, cells []string) float64 {
	typed := isValue(name)
	if len(cells) == 0 {
		if typed {
			return -2
		}
		return 0
	}
	if name == "" {
		return -0.5
	}
	values, digits, same := 0, 0, 0
	for _, c := range cells {
		if isValue(c) {
			values++
		}
		if strings.ContainsFunc(c, unicode.IsDigit) {
			digits++
		}
		if c == name {
			same++
		}
	}
	mostly := func(n int) bool { return n*10 >= len(cells)*8 }
	switch {
	case same > 0:
		return -2
	case typed && mostly(values):
		return -2
	case !typed && mostly(values):
		return 2
	case mostly(digits) && !strings.ContainsFunc(name, unicode.IsDigit):
		return 1
	}
	return 0
}

// isValue reports whether s is a value rather than a word.
func isValue(s string) bool {
	c := classify(s)
	return c.number || c.date || c.timed || c.clock || c.url || c.mail
}

// column returns the cells of one column that have something in them.
func column(recs []record, col int) []string {
	var out []string
	for _, rec := range recs {
		if col < len(rec.cells) {
			if c := strings.TrimSpace(rec.cells[col]); c != "" {
				out = append(out, c)
			}
		}
	}
	return out
}
