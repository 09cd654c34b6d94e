package field

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// GroupName is how the records with one value, or with one member of a list, are named and put in order.
type GroupName struct {
	Key   string // as a query names the value
	Label string // as people read it
	rank  int    // among options
}

// Grouper is the ability of a type whose stored values are not what people call them.
type Grouper interface {
	// GroupName names a stored id; ok is false for what is gone and shown as empty.
	GroupName(f *Field, n int64, dir Directory) (g GroupName, ok bool)
}

// GroupsOf names the groups that a record with a stored value is in: of a list one for each member, else one. An empty
// value is in none.
func (f *Field) GroupsOf(v Value, dir Directory) []GroupName {
	if v == "" {
		return nil
	}
	grouper, ok := f.Kind().(Grouper)
	if !ok {
		return []GroupName{{Key: string(v), Label: f.Amounted(v)}}
	}
	var list []GroupName
	for n := range Members(string(v)) { // a single id is a list of one
		g, ok := grouper.GroupName(f, n, dir)
		if ok && !slices.Contains(list, g) {
			list = append(list, g)
		}
	}
	return list
}

// CompareGroups puts groups in order: options as they stand, numbers by value, people by name, all else as text.
func (f *Field) CompareGroups(a, b GroupName) int {
	if _, named := f.Kind().(Grouper); !named && (f.Kind().Storage() == Decimal || f.Kind().Storage() == Integer) {
		return CompareDecimals(Value(a.Key), Value(b.Key))
	}
	return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(a.Label, b.Label), strings.Compare(a.Key, b.Key))
}

// GroupName names an option.
func (choice) GroupName(f *Field, n int64, _ Directory) (GroupName, bool) { return optionGroup(f, n) }

// GroupName names an option.
func (choices) GroupName(f *Field, n int64, _ Directory) (GroupName, bool) { return optionGroup(f, n) }

func optionGroup(f *Field, n int64) (GroupName, bool) {
	for i, o := range f.Options {
		if o.ID == n {
			return GroupName{Key: o.Label, Label: o.Label, rank: i}, true
		}
	}
	return GroupName{}, false
}

// GroupName names a user, organisation or group; those that were deleted are one group without a name.
func (p principals) GroupName(_ *Field, n int64, dir Directory) (GroupName, bool) {
	code, name := p.byID(dir, n)
	return GroupName{Key: code, Label: name}, true
}

// GroupName names a user.
func (person) GroupName(f *Field, n int64, dir Directory) (GroupName, bool) {
	return users.GroupName(f, n, dir)
}

// Amounted is a value, or a sum of values, as people read it: a CALC may show its number as a date or a time.
func (f *Field) Amounted(v Value) string {
	if v == "" || f.Amount() {
		return string(v)
	}
	quoted := f.Kind().AppendValue(nil, f, []byte(v), nil)
	return string(quoted[1 : len(quoted)-1])
}

// Quotient is a sum divided by how many there are, rounded to the precision's decimal places.
func (pr Precision) Quotient(sum Value, n int64) Value {
	d, ok := ParseDecimal(string(sum))
	if !ok || n == 0 {
		return ""
	}
	return Value(plain(pr.divide(d, strconv.FormatInt(n, 10))))
}
