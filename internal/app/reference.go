package app

import (
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/rawjson"
)

// matchIn is one pair of fields as the API defines it; kintone's has no operator.
type matchIn struct {
	Field        string `json:"field"`
	Operator     string `json:"operator"`
	RelatedField string `json:"relatedField"`
}

// referenceIn is a list of related records as the API defines it: conditions and aggregates are ours.
type referenceIn struct {
	RelatedApp *relatedApp `json:"relatedApp"`
	Condition  *matchIn    `json:"condition"`
	Conditions *[]matchIn  `json:"conditions"`
	Filter     *string     `json:"filterCond"`
	Display    *[]string   `json:"displayFields"`
	Sort       *string     `json:"sort"`
	Size       *numeral    `json:"size"`
	Aggregates *[]struct {
		Field    string `json:"field"`
		Function string `json:"function"`
	} `json:"aggregates"`
}

// linkReference reads what a definition says of the related records of a field.
// Source: kintone REST reference, form field definitions.
func (s *Settings) linkReference(u unlinked, p *errs.Fields) error {
	raw, ok := u.def["referenceTable"]
	if !ok {
		return nil
	}
	path := u.path + ".referenceTable"
	var in referenceIn
	if rawjson.Unmarshal(raw, &in) != nil {
		p.Add(path, "param.object")
		return nil
	}
	ref := *u.field.Reference
	var l *linked
	var err error
	if in.RelatedApp != nil || ref.App == 0 {
		l, err = s.related(in.RelatedApp, path+".relatedApp", p)
	} else {
		l, err = s.linkedApp(ref.App, "", path+".relatedApp", p)
	}
	if err != nil || l == nil {
		return err
	}
	if ref.App != l.app {
		ref = field.Reference{App: l.app, Size: ref.Size} // the fields were another app's
	} else if in, err = news[referenceIn](s, u.field, raw); err != nil {
		return err
	}
	if err := s.matches(&ref, l, in, path, p); err != nil {
		return err
	}
	if in.Filter != nil {
		ref.Filter = s.filter(l, *in.Filter, path+".filterCond", p)
	}
	if in.Sort != nil {
		ref.Sort = s.sort(l, *in.Sort, path+".sort", p)
	}
	if in.Size != nil {
		if ref.Size = string(*in.Size); !slices.Contains(field.ReferenceSizes, ref.Size) {
			p.Add(path+".size", "param.enum")
		}
	}
	if in.Display != nil {
		if ref.Display, err = shown(l, *in.Display); err != nil {
			return err
		}
	}
	if in.Aggregates != nil {
		ref.Aggregates = nil
		for i, a := range *in.Aggregates {
			f := l.field(a.Field)
			if f == nil {
				return errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": a.Field})
			}
			if at := path + ".aggregates[" + strconv.Itoa(i) + "]"; f.Kind().Storage() != field.Decimal {
				p.Add(at+".field", "app.aggregateField")
			} else if !slices.Contains(field.AggregateFuncs, a.Function) {
				p.Add(at+".function", "param.enum")
			}
			ref.Aggregates = append(ref.Aggregates, field.Aggregate{Field: f.ID, Func: a.Function})
		}
	}
	u.field.Reference = &ref
	return nil
}

// matches reads the pairs: the list when there is one, else kintone's single condition.
func (s *Settings) matches(ref *field.Reference, l *linked, in referenceIn, path string, p *errs.Fields) error {
	var list []matchIn
	single := false
	switch {
	case in.Conditions != nil:
		list = *in.Conditions
		path += ".conditions"
	case in.Condition != nil:
		list, single = []matchIn{*in.Condition}, true
		path += ".condition"
	case len(ref.Matches) > 0:
		return nil
	}
	if len(list) == 0 {
		p.Add(path, "param.required")
		return nil
	}
	ref.Matches = nil
	for i, m := range list {
		at := path
		if !single {
			at += "[" + strconv.Itoa(i) + "]"
		}
		if m.Operator == "" || single {
			m.Operator = "="
		}
		own, err := s.matchOwn(m.Field)
		if err != nil {
			return err
		}
		other := l.field(m.RelatedField)
		switch {
		case other == nil:
			return errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": m.RelatedField})
		case !slices.Contains(field.MatchOps, m.Operator):
			p.Add(at+".operator", "param.enum")
		case !own.Matches(other) || m.Operator != "=" && m.Operator != "!=" && !haveOrder(own, other):
			p.Add(at, "app.matchPair")
		}
		ref.Matches = append(ref.Matches, field.Match{Own: own.ID, Op: m.Operator, Related: other.ID})
	}
	return nil
}

func (s *Settings) matchOwn(code string) (*field.Field, error) {
	f, table := s.Field(code)
	if f == nil || table != nil {
		return nil, errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": code})
	}
	return f, nil
}

// haveOrder reports whether one value of each field can come before the other.
func haveOrder(a, b *field.Field) bool {
	return a.Kind().Ops()&b.Kind().Ops()&field.OpOrder != 0
}
