package sheet

import (
	"fmt"
	"strings"
	"time"
)

// A date is a day of the calendar. compact says it was written as eight digits, which could be a number.
type date struct {
	year, month, day int
	compact          bool
}

func (d date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

func (d date) valid() bool {
	if d.year < 1 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1 {
		return false
	}
	return d.day <= time.Date(d.year, time.Month(d.month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// eras are the names of Japan's eras since 1868 and the year before each one's first. A date past an era's end
// ("平成33年") is counted on, as forms printed ahead do.
var eras = []struct {
	before int
	names  []string
}{
	{2018, []string{"令和", "㋿", "R", "令"}},
	{1988, []string{"平成", "㍻", "H", "平"}},
	{1925, []string{"昭和", "㍼", "S", "昭"}},
	{1911, []string{"大正", "㍽", "T", "大"}},
	{1867, []string{"明治", "㍾", "M", "明"}},
}

// takeDate takes a date off the front of a folded cell: 2026/4/1, 2026-04-01, 2026.4.1, 20260401,
// 2026年4月1日, 令和8年4月1日, R8.4.1, each with a day of the week in brackets or without.
func takeDate(s *scanner) (d date, ok bool) {
	before, era := 0, false
	for _, e := range eras {
		if s.word(e.names...) >= 0 {
			before, era = e.before, true
			break
		}
	}
	s.spaces()
	if d.year, ok = takeYear(s, era); !ok {
		return d, false
	}
	d.year += before
	if !era && len(s.rest) >= 4 && allDigits(s.rest[:4]) {
		d.compact = true
		d.month, d.day = int(s.rest[0]-'0')*10+int(s.rest[1]-'0'), int(s.rest[2]-'0')*10+int(s.rest[3]-'0')
		s.rest = s.rest[4:]
		return d, d.valid()
	}
	s.spaces()
	marks := [][2]string{{"/", "/"}, {"-", "-"}, {".", "."}, {"年", "月"}}
	form := s.word("/", "-", ".", "年")
	if form < 0 {
		return d, false
	}
	s.spaces()
	d.month = s.number(2)
	s.spaces()
	if s.word(marks[form][1]) < 0 {
		return d, false
	}
	s.spaces()
	if d.day = s.number(2); form == 3 {
		s.spaces()
		if s.word("日") < 0 {
			return d, false
		}
	}
	if !d.valid() {
		return d, false
	}
	takeWeekday(s)
	return d, true
}

// takeYear takes four digits, or the year of an era: up to two, or 元 for the first.
func takeYear(s *scanner, era bool) (year int, ok bool) {
	if era {
		if s.word("元") == 0 {
			return 1, true
		}
		year = s.number(2)
		return year, year > 0
	}
	if len(s.rest) < 4 || !allDigits(s.rest[:4]) {
		return 0, false
	}
	head := scanner{s.rest[:4]}
	s.rest = s.rest[4:]
	return head.number(4), true
}

// takeWeekday passes over "(水)", "(水曜日)" or "(Wed)".
func takeWeekday(s *scanner) {
	trimmed := strings.TrimLeft(s.rest, " ")
	inner, ok := strings.CutPrefix(trimmed, "(")
	if !ok {
		return
	}
	name, rest, ok := strings.Cut(inner, ")")
	if !ok {
		return
	}
	for _, day := range []string{"日", "月", "火", "水", "木", "金", "土", "祝", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"} {
		if len(name) >= len(day) && strings.EqualFold(name[:len(day)], day) && len(name) <= len("水曜日") {
			s.rest = rest
			return
		}
	}
}

// parseDate reads a cell that holds a date and nothing else, save a time of midnight.
func parseDate(cell string) (date, bool) {
	d, c, ok := parseMoment(cell)
	return d, ok && c == clock{}
}
