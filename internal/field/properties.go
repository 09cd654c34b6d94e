package field

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
)

// setting is one property of a field definition in the API: how to read it from a Field and write it to one.
type setting struct {
	name string
	get  func(f *Field) any
	set  func(f *Field, raw json.RawMessage) bool // false: not a value of the right shape
}

func textSetting(name string, at func(*Field) *string, allowed ...string) setting {
	return setting{name,
		func(f *Field) any {
			if v := *at(f); v != "" || len(allowed) == 0 {
				return v
			}
			return allowed[0]
		},
		func(f *Field, raw json.RawMessage) bool {
			s, ok := scalar(raw)
			if !ok || len(allowed) > 0 && s != "" && !slices.Contains(allowed, s) {
				return false
			}
			*at(f) = s
			return true
		}}
}

func flagSetting(name string, at func(*Field) *bool) setting {
	return setting{name,
		func(f *Field) any { return *at(f) },
		func(f *Field, raw json.RawMessage) bool {
			b, ok := flag(raw)
			if ok {
				*at(f) = b
			}
			return ok
		}}
}

// shortSetting is text of at most so many characters.
func shortSetting(name string, at func(*Field) *string, most int) setting {
	s := textSetting(name, at)
	set := s.set
	s.set = func(f *Field, raw json.RawMessage) bool {
		v, _ := scalar(raw)
		return utf8.RuneCountInString(v) <= most && set(f, raw)
	}
	return s
}

// limitSetting is a whole number from 0 up to max, or "".
func limitSetting(name string, at func(*Field) *string, top int) setting {
	s := textSetting(name, at)
	s.set = func(f *Field, raw json.RawMessage) bool {
		v, ok := scalar(raw)
		if n, err := strconv.Atoi(v); !ok || v != "" && (err != nil || n < 0 || n > top) {
			return false
		}
		*at(f) = v
		return true
	}
	return s
}

func numberSetting(name string, at func(*Field) *string) setting {
	s := textSetting(name, at)
	s.set = func(f *Field, raw json.RawMessage) bool {
		v, ok := scalar(raw)
		c, good := number{}.Literal(f, v, nil)
		if !ok || !good {
			return false
		}
		*at(f) = string(c)
		return true
	}
	return s
}

// flag reads a JSON boolean, also as a string.
func flag(raw json.RawMessage) (value, ok bool) {
	switch strings.Trim(string(raw), `"`) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}

var (
	sNoLabel   = flagSetting("noLabel", func(f *Field) *bool { return &f.NoLabel })
	sRequired  = flagSetting("required", func(f *Field) *bool { return &f.Required })
	sUnique    = flagSetting("unique", func(f *Field) *bool { return &f.Unique })
	sNow       = flagSetting("defaultNowValue", func(f *Field) *bool { return &f.DefaultNow })
	sMinLength = limitSetting("minLength", func(f *Field) *string { return &f.Min }, maxLengthLimit)
	sMaxLength = limitSetting("maxLength", func(f *Field) *string { return &f.Max }, maxLengthLimit)
	sMinValue  = numberSetting("minValue", func(f *Field) *string { return &f.Min })
	sMaxValue  = numberSetting("maxValue", func(f *Field) *string { return &f.Max })
	sDigit     = flagSetting("digit", func(f *Field) *bool { return &f.Digit })
	sScale     = limitSetting("displayScale", func(f *Field) *string { return &f.Scale }, maxScale)
	sUnit      = shortSetting("unit", func(f *Field) *string { return &f.Unit }, maxUnit)
	sProtocol  = textSetting("protocol", func(f *Field) *string { return &f.Protocol }, "WEB", "CALL", "MAIL")
	sAlign     = textSetting("align", func(f *Field) *string { return &f.Align }, "HORIZONTAL", "VERTICAL")
	sThumbnail = textSetting("thumbnailSize", func(f *Field) *string { return &f.ThumbnailSize }, "150", "50", "250", "500")
	sOpen      = flagSetting("openGroup", func(f *Field) *bool { return &f.OpenGroup })

	sExpression     = textSetting("expression", func(f *Field) *string { return &f.Expression })
	sHideExpression = flagSetting("hideExpression", func(f *Field) *bool { return &f.HideExpression })

	sFormat = textSetting("format", func(f *Field) *string { return &f.Format },
		CalcNumber, CalcNumberDigit, CalcDateTime, CalcDate, CalcTime, CalcHourMinute, CalcDayHourMinute)

	// sEnabled is written by turning the feature on, not by defining the field.
	sEnabled = setting{"enabled",
		func(f *Field) any { return !f.Off },
		func(_ *Field, raw json.RawMessage) bool {
			_, ok := flag(raw)
			return ok
		}}

	sUnitPosition = setting{"unitPosition",
		func(f *Field) any {
			if f.UnitAfter {
				return "AFTER"
			}
			return "BEFORE"
		},
		func(f *Field, raw json.RawMessage) bool {
			s, ok := scalar(raw)
			f.UnitAfter = s == "AFTER"
			return ok && (s == "AFTER" || s == "BEFORE" || s == "")
		}}

	sDefault = setting{"defaultValue",
		func(f *Field) any { return string(first(f)) },
		func(f *Field, raw json.RawMessage) bool {
			s, ok := scalar(raw)
			f.Default = nil
			if s != "" {
				f.Default = []string{s}
			}
			return ok
		}}
	sDefaultHTML = setting{"defaultValue", sDefault.get,
		func(f *Field, raw json.RawMessage) bool {
			ok := sDefault.set(f, raw)
			for i, s := range f.Default {
				f.Default[i] = CleanHTML(s) // what records are made with is as clean as what people write into them
			}
			return ok
		}}
	sDefaults = setting{"defaultValue",
		func(f *Field) any { return append([]string{}, f.Default...) },
		func(f *Field, raw json.RawMessage) bool {
			list, ok := stringList(raw)
			f.Default = list
			return ok
		}}
	sDefaultPeople = setting{"defaultValue",
		func(f *Field) any {
			list := []Entity{}
			for _, code := range f.Default {
				t := principalTypes[f.Type]
				if code == LoginUser || code == PrimaryOrganization {
					t = "FUNCTION"
				}
				list = append(list, Entity{Type: t, Code: code})
			}
			return list
		},
		func(f *Field, raw json.RawMessage) bool {
			list, ok := entityList(raw)
			f.Default = nil
			for _, e := range list {
				f.Default = append(f.Default, e.Code)
			}
			return ok
		}}
	sEntities = setting{"entities",
		func(f *Field) any { return append([]Entity{}, f.Entities...) },
		func(f *Field, raw json.RawMessage) (ok bool) {
			f.Entities, ok = entityList(raw)
			return ok
		}}
)

func entityList(raw json.RawMessage) ([]Entity, bool) {
	var list []Entity
	err := json.Unmarshal(raw, &list)
	return list, err == nil
}

// settingsOf lists the properties of each type beside type, code, label, options and inner fields.
// Source: kintone REST reference, form field definitions.
var settingsOf = map[Type][]setting{
	RecordNumber: {sNoLabel}, Creator: {sNoLabel}, CreatedTime: {sNoLabel}, Modifier: {sNoLabel}, UpdatedTime: {sNoLabel},
	Status: {sEnabled}, StatusAssignee: {sEnabled}, Category: {sEnabled},
	SingleLineText: {sNoLabel, sRequired, sMinLength, sMaxLength, sExpression, sHideExpression, sUnique, sDefault},
	MultiLineText:  {sNoLabel, sRequired, sDefault},
	RichText:       {sNoLabel, sRequired, sDefaultHTML},
	Number:         {sNoLabel, sRequired, sMinValue, sMaxValue, sDigit, sUnique, sDefault, sScale, sUnit, sUnitPosition},
	Calc:           {sNoLabel, sRequired, sExpression, sFormat, sScale, sHideExpression, sUnit, sUnitPosition},
	RadioButton:    {sNoLabel, sRequired, sDefault, sAlign},
	CheckBox:       {sNoLabel, sRequired, sDefaults, sAlign},
	MultiSelect:    {sNoLabel, sRequired, sDefaults},
	DropDown:       {sNoLabel, sRequired, sDefault},
	Date:           {sNoLabel, sRequired, sUnique, sDefault, sNow},
	Time:           {sNoLabel, sRequired, sDefault, sNow},
	DateTime:       {sNoLabel, sRequired, sUnique, sDefault, sNow},
	Link:           {sNoLabel, sRequired, sProtocol, sMinLength, sMaxLength, sUnique, sDefault},
	File:           {sNoLabel, sRequired, sThumbnail},
	UserSelect:     {sNoLabel, sRequired, sEntities, sDefaultPeople},

	OrganizationSelect: {sNoLabel, sRequired, sEntities, sDefaultPeople},
	GroupSelect:        {sNoLabel, sRequired, sEntities, sDefaultPeople},

	Subtable: {sNoLabel},
	Group:    {sNoLabel, sOpen},

	ReferenceTable: {sNoLabel},
}

// lookupSettings are the properties of a lookup: it has not those of its type.
// Source: kintone REST behaviour, lookup copy.
var lookupSettings = []setting{sNoLabel, sRequired}

func (f *Field) settings() []setting {
	if f.Lookup != nil {
		return lookupSettings
	}
	return settingsOf[f.Type]
}

// HasOptions reports whether fields of type t are choices.
func (t Type) HasOptions() bool {
	return t == RadioButton || t == CheckBox || t == MultiSelect || t == DropDown
}

// Properties is f as the API shows its definition. What links to another app is null: whether a reader may know it depends
// on that app.
func (f *Field) Properties() map[string]any {
	m := map[string]any{"type": f.Type, "code": f.Code, "label": f.Label}
	for _, s := range f.settings() {
		m[s.name] = s.get(f)
	}
	if f.Lookup != nil {
		m["lookup"] = nil
	}
	if f.Type == ReferenceTable {
		m["referenceTable"] = nil
	}
	if f.Type.HasOptions() {
		options := map[string]any{}
		for i, o := range f.Options {
			options[o.Label] = map[string]string{"label": o.Label, "index": strconv.Itoa(i)}
		}
		m["options"] = options
	}
	if f.Type == Subtable {
		inner := map[string]any{}
		for _, g := range f.Fields {
			inner[g.Code] = g.Properties()
		}
		m["fields"] = inner
	}
	return m
}

// SetProperties changes f as the definition in says, and reports what is wrong with it under path.
// What in does not mention stays. Inner fields and links to other apps are for the app.
func (f *Field) SetProperties(in map[string]json.RawMessage, path string, p Problems) {
	if raw, ok := in["label"]; ok {
		if s, ok := scalar(raw); ok && s != "" && len([]rune(s)) <= 128 {
			f.Label = s
		} else {
			p.Add(path+".label", "app.labelLength")
		}
	}
	for _, s := range f.settings() {
		if raw, ok := in[s.name]; ok && !s.set(f, raw) {
			key, args := malformed(s.name, raw)
			p.Add(path+"."+s.name, key, args)
		}
	}
	if raw, ok := in["options"]; ok && f.Type.HasOptions() {
		_, chosen := in["defaultValue"]
		f.setOptions(raw, chosen, path+".options", p)
	}
	if f.Type == SingleLineText && f.Computed() {
		f.Unique, f.Default = false, nil // kintone drops both there without a word
	}
	if f.Type == RadioButton {
		f.Required = true
		if len(f.Default) == 0 && len(f.Options) > 0 {
			f.Default = []string{f.Options[0].Label}
		}
	}
}

// malformed says what is wrong with a property that was refused.
func malformed(name string, raw json.RawMessage) (key string, args errs.Args) {
	switch name {
	case "noLabel", "required", "unique", "defaultNowValue", "digit", "openGroup", "hideExpression":
		return "param.boolean", nil
	case "minLength", "maxLength", "displayScale":
		s, _ := scalar(raw)
		if _, err := strconv.Atoi(s); err != nil {
			return "param.integer", nil
		}
		if strings.HasPrefix(s, "-") {
			return "param.min", errs.Args{"min": 0}
		}
		if name == "displayScale" {
			return "param.max", errs.Args{"max": maxScale}
		}
		return "param.max", errs.Args{"max": maxLengthLimit}
	case "minValue", "maxValue":
		return "field.notNumber", nil
	case "unit":
		return "param.length", errs.Args{"min": 0, "max": maxUnit}
	}
	return "param.enum", nil
}

// maxLengthLimit is how long the limits of texts may say that they may be, maxScale how many decimals a screen may show,
// maxUnit how many characters a unit may have.
const (
	maxLengthLimit = 64000
	maxScale       = 10
	maxUnit        = 128
)

// setOptions replaces the options: a key that is a present label keeps its id, so that records keep their
// choice when it is renamed; options not listed go. So do defaults that are no option any more, unless they were chosen
// at the same time: those are for the app to refuse.
func (f *Field) setOptions(raw json.RawMessage, chosen bool, path string, p Problems) {
	var in map[string]struct {
		Label *string
		Index json.RawMessage
	}
	if json.Unmarshal(raw, &in) != nil {
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
