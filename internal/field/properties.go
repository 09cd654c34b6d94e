package field

import (
	"encoding/json"
	"strconv"
)

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
