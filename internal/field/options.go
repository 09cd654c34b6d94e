package field

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/rawjson"
)

// HasOptions reports whether fields of type t are choices.
func (t Type) HasOptions() bool {
	return t == RadioButton || t == CheckBox || t == MultiSelect || t == DropDown
}

// setOptions replaces the options: a key that is a present label keeps its id, so that records keep their
// choice when it is renamed; options not listed go. So do defaults that are no option any more, unless they were chosen
// at the same time: those are for the app to refuse.
func (f *Field) setOptions(raw json.RawMessage, chosen bool, path string, p Problems) {
	var in map[string]struct {
		Label *string         `json:"label"`
		Index json.RawMessage `json:"index"`
	}
	if rawjson.Unmarshal(raw, &in) != nil {
		p.Add(path, "param.object")
		return
	}
	type entry struct {
		Option
		index int
	}
	var list []entry
	seen, renamed := map[string]bool{}, map[string]string{}
	for key, o := range in {
		label := key
		if o.Label != nil {
			label = *o.Label
		}
		n, present := f.OptionID(key)
		s, _ := scalar(o.Index)
		index, err := strconv.Atoi(s)
		switch {
		case err != nil:
			p.Add(fmt.Sprintf("%s[%s].index", path, key), "param.required")
		case label == "" || len([]rune(label)) > 128:
			p.Add(fmt.Sprintf("%s[%s].label", path, key), "app.labelLength")
		case !present && label != key:
			p.Add(fmt.Sprintf("%s[%s].label", path, key), "app.optionKey", errs.Args{"key": key})
		case seen[label]:
			p.Add(fmt.Sprintf("%s[%s].label", path, key), "app.optionTwice", errs.Args{"label": label})
		}
		seen[label], renamed[key] = true, label
		list = append(list, entry{Option{n, label}, index})
	}
	slices.SortFunc(list, func(a, b entry) int {
		if a.index != b.index {
			return a.index - b.index
		}
		return strings.Compare(a.Label, b.Label)
	})
	f.retire(func(o Option) bool { return slices.ContainsFunc(list, func(e entry) bool { return e.ID == o.ID }) })
	f.Options = nil
	for _, e := range list {
		if e.ID == 0 {
			f.NextOption++
			e.ID = f.NextOption
		}
		f.Options = append(f.Options, e.Option)
	}
	f.keepDefaults(renamed, chosen)
}

// retire keeps the options that are deleted, for history.
func (f *Field) retire(kept func(Option) bool) {
	for _, o := range f.Options {
		if !kept(o) {
			f.Retired = append(f.Retired, o)
		}
	}
}

// keepDefaults follows renamed options and drops defaults that are no option any more, unless they are new.
func (f *Field) keepDefaults(renamed map[string]string, chosen bool) {
	var list []string
	for _, d := range f.Default {
		_, present := f.OptionID(d)
		if label, ok := renamed[d]; ok && !(chosen && present) {
			d = label
		}
		if _, present = f.OptionID(d); present || chosen {
			list = append(list, d)
		}
	}
	f.Default = list
}
