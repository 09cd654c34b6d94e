package field

import (
	"encoding/json"
	"slices"
)

// category is CATEGORY: where in the app's tree of categories a record is filed, any number of them. Its options are the
// categories, each before those below it. A record in one below is not in the one above by that.
type category struct{ choices }

func (category) Decode(*Field, json.RawMessage, *Env, Problems) Value { return "" }
func (category) Check(*Field, Value, *Env, Problems)                  {}
func (category) DefaultValue(*Field, *Env) Value                      { return "" }

// SetCategories makes list the categories of a CATEGORY field. History goes on naming those that are not in it any more.
func (f *Field) SetCategories(list []Option) {
	f.retire(func(o Option) bool { return slices.ContainsFunc(list, func(n Option) bool { return n.ID == o.ID }) })
	f.Options = list
	for _, o := range list {
		f.NextOption = max(f.NextOption, o.ID)
	}
}

// Filed is the value of a CATEGORY field for the categories with these ids; what is no category of it is left out.
func (f *Field) Filed(ids []int64) Value {
	chosen := map[int64]bool{}
	for _, n := range ids {
		chosen[n] = true
	}
	return inOptionOrder(f, chosen)
}
