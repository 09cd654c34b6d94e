package field

import (
	"encoding/json"

	"github.com/engawa/engawa/internal/rawjson"
)

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
				if f.Type.StandsIn(code) {
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
	err := rawjson.Unmarshal(raw, &list)
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
