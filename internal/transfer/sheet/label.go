package sheet

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/engawa/engawa/internal/errs"
)

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
