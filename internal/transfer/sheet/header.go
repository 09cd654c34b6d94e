package sheet

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/engawa/engawa/internal/errs"
)

// guessHeader completes Options.Header and, with it, Skip.
func (f *file) guessHeader() error {
	if f.o.Header != HeaderGuess {
		return nil
	}
	recs, err := f.head(f.o, guessRows)
	if err != nil {
		return err
	}
	if title := titleRows(recs); title > 0 {
		f.o.Skip = recs[title].line - 1
		recs = recs[title:]
	}
	f.o.Header = HeaderNo
	if looksLikeHeader(recs) {
		f.o.Header = HeaderYes
	}
	return nil
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

// maxLabel is how long a column's label may be, in characters: the longest name of a field.
const maxLabel = 128

// labels gives each of width columns a label no other has, from the names in the header, and says which
// names it had to change.
func labels(header []string, width int, unnamed string) (out []string, notices []Notice) {
	if unnamed == "" {
		unnamed = "Column "
	}
	given := make([]string, width)
	taken := map[string]bool{}
	for i := range given {
		if i < len(header) {
			given[i] = cleanLabel(header[i])
		}
		taken[given[i]] = true
	}
	used := map[string]bool{}
	for i, name := range given {
		label, key := name, "import.notice.duplicateLabel"
		if name == "" {
			label, key = unnamed+strconv.Itoa(i+1), "import.notice.emptyLabel"
		}
		base := label
		for n := 2; used[label] || label != name && taken[label]; n++ {
			suffix := " (" + strconv.Itoa(n) + ")"
			label = cut(base, maxLabel-len(suffix)) + suffix
		}
		used[label] = true
		out = append(out, label)
		if label != name && header != nil {
			notices = append(notices, Notice{key, errs.Args{"column": i + 1, "name": name, "label": label}})
		}
	}
	return out, notices
}

func cleanLabel(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	return cut(s, maxLabel)
}

// cut returns the first n characters of s.
func cut(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
