package app

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/rawjson"
)

// lookupIn is a lookup as the API defines it. What it does not mention stays.
type lookupIn struct {
	RelatedApp      *relatedApp `json:"relatedApp"`
	RelatedKeyField *string     `json:"relatedKeyField"`
	FieldMappings   *[]struct {
		Field        string `json:"field"`
		RelatedField string `json:"relatedField"`
	} `json:"fieldMappings"`
	Picker *[]string `json:"lookupPickerFields"`
	Filter *string   `json:"filterCond"`
	Sort   *string   `json:"sort"`
	Live   *bool     `json:"live"` // our extension
}

// linkLookup reads what a definition says of the lookup of a field. Who changes it, or says that it is live, answers for what
// it gives from then on.
// Source: kintone REST behaviour, lookup copy and form errors.
func (s *Settings) linkLookup(u unlinked, p *errs.Fields) error {
	raw, ok := u.def["lookup"]
	if !ok {
		return nil
	}
	path := u.path + ".lookup"
	var in lookupIn
	if rawjson.Unmarshal(raw, &in) != nil {
		p.Add(path, "param.object")
		return nil
	}
	look, was := *u.field.Lookup, *u.field.Lookup
	var l *linked
	var err error
	if in.RelatedApp != nil || look.App == 0 {
		l, err = s.related(in.RelatedApp, path+".relatedApp", p)
	} else {
		l, err = s.linkedApp(look.App, "", path+".relatedApp", p)
	}
	if err != nil || l == nil {
		return err
	}
	saysLive := in.Live != nil // also when it was live already
	if look.App != l.app {
		look = field.Lookup{App: l.app, Live: look.Live} // the fields were another app's
	} else if in, err = news[lookupIn](s, u.field, raw); err != nil {
		return err
	}
	if in.RelatedKeyField != nil || look.Key == 0 {
		if look.Key, err = s.lookupKey(u.field, l, in.RelatedKeyField, path+".relatedKeyField", p); err != nil {
			return err
		}
	}
	if in.FieldMappings != nil {
		look.Copies = nil
		for i, m := range *in.FieldMappings {
			c, err := s.lookupCopy(u, l, m.Field, m.RelatedField, path+".fieldMappings["+strconv.Itoa(i)+"]", p)
			if err != nil {
				return err
			}
			look.Copies = append(look.Copies, c)
		}
	}
	if in.Picker != nil {
		if look.Picker, err = shown(l, *in.Picker); err != nil {
			return err
		}
	}
	if in.Filter != nil {
		look.Filter = s.filter(l, *in.Filter, path+".filterCond", p)
	}
	if in.Sort != nil {
		look.Sort = s.sort(l, *in.Sort, path+".sort", p)
	}
	if in.Live != nil {
		look.Live = *in.Live
	}
	if look.Live && saysLive || !reflect.DeepEqual(look, was) {
		look.Giver = s.env.Me
	}
	u.field.Lookup = &look
	s.copiedOnce(u, path, p)
	return nil
}

func (s *Settings) lookupKey(f *field.Field, l *linked, code *string, path string, p *errs.Fields) (id.Field, error) {
	switch {
	case code == nil || *code == "":
		p.Add(path, "param.required")
		return 0, nil
	case *code == query.ID:
		p.Add(path, "app.lookupKey")
		return 0, nil
	}
	key := l.field(*code)
	if key == nil {
		return 0, errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": *code})
	}
	if !f.KeyOf(key) {
		p.Add(path, "app.lookupKey")
	}
	return key.ID, nil
}

// lookupCopy checks one pair of fields: the target stands where the lookup stands, and nothing else fills it.
func (s *Settings) lookupCopy(u unlinked, l *linked, to, from, path string, p *errs.Fields) (c field.Copy, err error) {
	target, table := s.Field(to)
	if target == nil || table != u.table {
		return c, errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": to})
	}
	source := l.field(from)
	if source == nil {
		return c, errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": from})
	}
	if target.Lookup != nil || !target.Takes(source) {
		p.Add(path, "app.fieldPair")
	}
	return field.Copy{From: source.ID, To: target.ID}, nil
}

// copiedOnce notes targets that two copies fill, of one lookup or of two.
func (s *Settings) copiedOnce(u unlinked, path string, p *errs.Fields) {
	siblings := s.Form
	if u.table != nil {
		siblings = u.table.Fields
	}
	var seen []id.Field
	for _, f := range field.Lookups(siblings) {
		if f != u.field {
			for _, c := range f.Lookup.Copies {
				seen = append(seen, c.To)
			}
		}
	}
	for i, c := range u.field.Lookup.Copies {
		if slices.Contains(seen, c.To) {
			p.Add(path+".fieldMappings["+strconv.Itoa(i)+"].field", "app.lookupTargetTwice")
		}
		seen = append(seen, c.To)
	}
}

// shown finds the fields of another app that are to be shown.
func shown(l *linked, codes []string) ([]id.Field, error) {
	var list []id.Field
	for _, code := range codes {
		f := l.field(code)
		if f == nil {
			return nil, errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": code})
		}
		list = append(list, f.ID)
	}
	return list, nil
}
