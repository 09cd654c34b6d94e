package field

import "maps"

// Names are what something is called in other languages than its own: ja, en, zh, zh-TW, es. A language that is missing has the
// name of its own.
type Names map[string]string

// In returns the name in a language, of something called name.
func (n Names) In(lang, name string) string {
	if other := n[lang]; other != "" {
		return other
	}
	return name
}

// With returns n after a change, in which "" takes a name away.
func (n Names) With(change Names) Names {
	out := maps.Clone(n)
	if out == nil {
		out = Names{}
	}
	maps.Copy(out, change)
	maps.DeleteFunc(out, func(_, name string) bool { return name == "" })
	if len(out) == 0 {
		return nil
	}
	return out
}

// In returns f with the labels that it and its inner fields have in a language.
func (f *Field) In(lang string) *Field {
	out := *f
	out.Label = f.Names.In(lang, f.Label)
	out.Fields = nil
	for _, g := range f.Fields {
		out.Fields = append(out.Fields, g.In(lang))
	}
	return &out
}
