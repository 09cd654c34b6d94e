package app

import (
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/query"
)

// rename rewrites every place that names fields by code.
func (s *Settings) rename(to map[string]string) {
	code := func(c *string) {
		if n, ok := to[*c]; ok {
			*c = n
		}
	}
	eachPlace(s.Layout, func(r *Row) { code(&r.Code) }, func(pl *Place) { code(&pl.Code) })
	code(&s.TitleField)
	for i := range s.Views {
		v := &s.Views[i]
		for j := range v.Fields {
			code(&v.Fields[j])
		}
		code(&v.Date)
		code(&v.Title)
		v.Filter = renameFilter(v.Filter, to)
		v.Sort = renameSort(v.Sort, to)
	}
	for i := range s.FieldRules {
		code(&s.FieldRules[i].Code)
	}
	for i := range s.RecordRules {
		s.RecordRules[i].Filter = renameFilter(s.RecordRules[i].Filter, to)
	}
}

func renameFilter(filter string, to map[string]string) string {
	q, err := query.Parse(filter)
	if filter == "" || err != nil {
		return filter
	}
	q.Rename(to)
	return q.String()
}

func renameSort(sort string, to map[string]string) string {
	if sort == "" {
		return ""
	}
	return strings.TrimPrefix(renameFilter("order by "+sort, to), "order by ")
}

// forget removes deleted fields from all that names them. A view's filter or sort that used one is
// dropped whole: half a condition would show other records than its author meant. A record rule that
// used one closes instead (see Policy), so that no rule turns into permission by itself.
func (s *Settings) forget(gone map[string]bool) {
	if gone[s.TitleField] {
		s.TitleField = ""
	}
	for i := range s.Views {
		v := &s.Views[i]
		v.Fields = slices.DeleteFunc(v.Fields, func(c string) bool { return gone[c] })
		if names(v.Filter, gone) {
			v.Filter = ""
		}
		if v.Sort != "" && names("order by "+v.Sort, gone) {
			v.Sort = ""
		}
	}
	s.FieldRules = slices.DeleteFunc(s.FieldRules, func(r FieldRule) bool { return gone[r.Code] })
}

// names reports whether a query uses one of the fields.
func names(text string, codes map[string]bool) bool {
	q, err := query.Parse(text)
	return err == nil && text != "" && slices.ContainsFunc(q.FieldCodes(), func(c string) bool { return codes[c] })
}
