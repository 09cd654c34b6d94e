package formula

import (
	"slices"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

const (
	numbers  = tNumber | tNumbers
	anything = scalars | tNumbers | tTexts
)

// listFunctions look at many values at once: columns of tables, chosen options, or arguments one by one. Empty numbers
// count as 0 in a sum and not at all elsewhere.
var listFunctions = map[string]*function{
	"SUM": {min: 1, takes: must(numbers), result: tNumber, call: func(f *frame, a []value) value { return sum(f, each(a)) }},
	"AVERAGE": {min: 1, takes: must(numbers), result: tNumber, call: func(f *frame, a []value) value {
		return average(f, filled(each(a)))
	}},
	"MIN":    {min: 1, takes: must(numbers), result: tNumber, call: func(_ *frame, a []value) value { return extreme(filled(each(a)), -1) }},
	"MAX":    {min: 1, takes: must(numbers), result: tNumber, call: func(_ *frame, a []value) value { return extreme(filled(each(a)), 1) }},
	"MEDIAN": {min: 1, takes: must(numbers), result: tNumber, call: func(f *frame, a []value) value { return median(f, filled(each(a))) }},

	"COUNT": {min: 1, takes: must(anything), result: tNumber, call: func(_ *frame, a []value) value {
		return ofInt(int64(len(slices.DeleteFunc(filled(each(a)), func(v value) bool { return v.is != tNumber }))))
	}},
	"COUNTA": {min: 1, takes: must(anything), result: tNumber, call: func(_ *frame, a []value) value { return ofInt(int64(len(filled(each(a))))) }},
	"COUNTBLANK": {min: 1, takes: must(anything), result: tNumber, call: func(_ *frame, a []value) value {
		all := each(a)
		return ofInt(int64(len(all) - len(filled(all))))
	}},

	"SUMPRODUCT": {min: 1, takes: must(tNumbers), result: tNumber, call: sumProduct},
	"INDEX":      {min: 2, max: 2, takes: must(tNumbers|tTexts, tNumber), result: scalars &^ tBool, call: index},
	"JOIN":       {min: 2, takes: must(tText, anyText|tNumbers|tTexts), result: tText, call: joinAll},

	"CONTAINS": {min: 2, max: 2, takes: must(tText|tTexts, tText), result: tBool, call: contains},

	"COUNTIF":   {min: 2, max: 2, takes: must(tNumbers|tTexts, scalars), result: tNumber, call: countIfs},
	"SUMIF":     {min: 2, max: 3, takes: must(tNumbers|tTexts, scalars, tNumbers), result: tNumber, call: onePair(sum)},
	"AVERAGEIF": {min: 2, max: 3, takes: must(tNumbers|tTexts, scalars, tNumbers), result: tNumber, call: onePair(average)},

	// NAME(numbers, list, condition, list, condition, …)
	"SUMIFS":     {min: 3, takes: must(tNumbers, scalars|tNumbers|tTexts), result: tNumber, call: manyPairs(sum)},
	"AVERAGEIFS": {min: 3, takes: must(tNumbers, scalars|tNumbers|tTexts), result: tNumber, call: manyPairs(average)},
	"MINIFS":     {min: 3, takes: must(tNumbers, scalars|tNumbers|tTexts), result: tNumber, call: manyPairs(least)},
	"MAXIFS":     {min: 3, takes: must(tNumbers, scalars|tNumbers|tTexts), result: tNumber, call: manyPairs(greatest)},
	"COUNTIFS":   {min: 2, takes: must(scalars | tNumbers | tTexts), result: tNumber, call: countIfs},
}

// each is the values with the items of lists in their place.
func each(a []value) []value {
	if len(a) == 1 && a[0].is&lists != 0 {
		return slices.Clone(a[0].list)
	}
	var all []value
	for _, v := range a {
		if v.is&lists == 0 {
			all = append(all, v)
		} else {
			all = append(all, v.list...)
		}
	}
	return all
}

// filled is list without what is blank.
func filled(list []value) []value { return slices.DeleteFunc(list, value.blank) }

func sum(_ *frame, list []value) value {
	d := new(apd.Decimal)
	for _, v := range list {
		if _, err := working.Add(d, d, v.number); err != nil {
			return failed
		}
	}
	return ofNumber(d)
}

// average fails when there is nothing.
func average(f *frame, list []value) value {
	list = filled(slices.Clone(list))
	s := sum(f, list)
	if s.failed() {
		return failed
	}
	return compute((*apd.Context).Quo).of(s, ofInt(int64(len(list))))
}

// extreme is the greatest number (side 1) or the least (-1); of none it is an empty number.
func extreme(list []value, side int) value {
	out := value{is: tNumber, number: zero, empty: true}
	for i, v := range list {
		if i == 0 || v.number.Cmp(out.number) == side {
			out = v
		}
	}
	return out
}

func least(_ *frame, list []value) value    { return extreme(filled(slices.Clone(list)), -1) }
func greatest(_ *frame, list []value) value { return extreme(filled(slices.Clone(list)), 1) }

func median(f *frame, list []value) value {
	if len(list) == 0 {
		return failed
	}
	slices.SortFunc(list, func(a, b value) int { return a.number.Cmp(b.number) })
	half := len(list) / 2
	if len(list)%2 == 1 {
		return list[half]
	}
	return average(f, list[half-1:half+1])
}

func sumProduct(f *frame, a []value) value {
	products := slices.Clone(a[0].list)
	for _, more := range a[1:] {
		if len(more.list) != len(products) {
			return failed
		}
		for i, v := range more.list {
			if products[i] = compute((*apd.Context).Mul).of(products[i], v); products[i].failed() {
				return failed
			}
		}
	}
	return sum(f, products)
}

// index is the n-th item from 1, or from the end with n below 0.
func index(_ *frame, a []value) value {
	n, ok := a[1].whole(int64(len(a[0].list)))
	switch {
	case !ok || n == 0:
		return failed
	case n < 0:
		n += int64(len(a[0].list)) + 1
	}
	return a[0].list[n-1]
}

// joinAll writes values with a separator between those that are not blank.
func joinAll(f *frame, a []value) value {
	var out strings.Builder
	for i, v := range filled(each(a[1:])) {
		s, ok := f.textOf(v)
		if !ok || out.Len()+len(s)+len(a[0].text) > maxText {
			return failed
		}
		if i > 0 {
			out.WriteString(a[0].text)
		}
		out.WriteString(s)
	}
	f.spend(out.Len())
	return ofText(out.String())
}

// contains reports whether one of several texts is the one looked for, or a single text has it as a part.
// Source: kintone REST behaviour, calculation functions; that it looks into a single text is ours.
func contains(f *frame, a []value) value {
	if a[0].is == tText {
		f.spend(len(a[0].text))
		return ofBool(strings.Contains(a[0].text, a[1].text))
	}
	return ofBool(slices.ContainsFunc(a[0].list, func(v value) bool { return v.text == a[1].text }))
}
