package report

import (
	"strconv"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/record"
)

// Data is what a graph came to, as the API tells it and snapshots keep it.
type Data struct {
	Name       string      `json:"name"`
	ChartType  string      `json:"chartType"`
	ChartMode  string      `json:"chartMode"`
	Dimensions []Dimension `json:"dimensions"`
	Measures   []Measure   `json:"measures"`
	Groups     []Group     `json:"groups"`
	Total      []string    `json:"total"`
	GroupCount string      `json:"groupCount"`
	Complete   bool        `json:"complete"` // all groups are among Groups
}

// Dimension is what records were grouped by, with every value that a group has, in order.
type Dimension struct {
	Code  string `json:"code"`
	Label string `json:"label"`
	Type  string `json:"type"`
	Per   string `json:"per,omitempty"`
	Items []Item `json:"items"`
}

// Item is a value of a dimension, what all its groups come to, and a condition that finds its records.
type Item struct {
	Key    string   `json:"key"`
	Label  string   `json:"label"`
	Values []string `json:"values"`
	Query  string   `json:"query"`
}

// Measure is what was reckoned, with how its field shows numbers.
type Measure struct {
	Type         string `json:"type"`
	Code         string `json:"code,omitempty"`
	Label        string `json:"label,omitempty"`
	FieldType    string `json:"fieldType,omitempty"`
	Digit        bool   `json:"digit,omitempty"`
	DisplayScale string `json:"displayScale,omitempty"`
	Unit         string `json:"unit,omitempty"`
	UnitPosition string `json:"unitPosition,omitempty"`
}

// Group is a combination of items, by their places in the dimensions.
type Group struct {
	Items  []int    `json:"items"`
	Values []string `json:"values"`
	Query  string   `json:"query"`
}

// Show is what r came to.
func Show(r app.Report, x record.Aggregated) Data {
	out := Data{
		Name: r.Name, ChartType: r.ChartType, ChartMode: r.ChartMode, Dimensions: []Dimension{}, Measures: []Measure{},
		Groups: []Group{}, Total: x.Total, GroupCount: strconv.Itoa(x.Count), Complete: len(x.Groups) == x.Count,
	}
	for _, d := range x.Dimensions {
		o := Dimension{Code: d.Field.Code, Label: d.Field.Label, Type: string(d.Field.Type), Per: d.Per, Items: []Item{}}
		for _, i := range d.Items {
			o.Items = append(o.Items, Item(i))
		}
		out.Dimensions = append(out.Dimensions, o)
	}
	for _, m := range x.Measures {
		out.Measures = append(out.Measures, showMeasure(m.Type, m.Field))
	}
	for _, g := range x.Groups {
		o := Group(g)
		if o.Items == nil {
			o.Items = []int{}
		}
		out.Groups = append(out.Groups, o)
	}
	return out
}

func showMeasure(kind string, f *field.Field) Measure {
	m := Measure{Type: kind}
	if f == nil {
		return m
	}
	m.Code, m.Label, m.FieldType, m.Digit, m.DisplayScale, m.Unit = f.Code, f.Label, string(f.Type), f.Digit, f.Scale, f.Unit
	switch {
	case f.Unit == "":
	case f.UnitAfter:
		m.UnitPosition = "AFTER"
	default:
		m.UnitPosition = "BEFORE"
	}
	return m
}

// frozen is d without the conditions: they would find the records of today, by codes that may have changed.
func (d Data) frozen() Data {
	for i := range d.Dimensions {
		for j := range d.Dimensions[i].Items {
			d.Dimensions[i].Items[j].Query = ""
		}
	}
	for i := range d.Groups {
		d.Groups[i].Query = ""
	}
	return d
}
