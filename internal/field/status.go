package field

import "encoding/json"

// FirstState is the id of the status that every record begins in. It is also the default of its column, so that turning
// process management on touches no record.
const FirstState Value = "1"

// status is STATUS: where a record stands in its process. Its options are the app's statuses; actions alone change it.
type status struct{ choice }

func (status) Ops() Ops { return OpEqual | OpIn }

func (status) Decode(*Field, json.RawMessage, *Env, Problems) Value { return "" }
func (status) Check(*Field, Value, *Env, Problems)                  {}
func (status) DefaultValue(*Field, *Env) Value                      { return FirstState }

func (status) AppendValue(dst []byte, f *Field, stored []byte, _ Directory) []byte {
	return AppendString(dst, chosen(f, stored))
}

// assignees is STATUS_ASSIGNEE: whose turn it is. Actions change it, and whoever reassigns the record.
type assignees struct{ principals }

func (assignees) Decode(*Field, json.RawMessage, *Env, Problems) Value { return "" }
func (assignees) Check(*Field, Value, *Env, Problems)                  {}
func (assignees) DefaultValue(*Field, *Env) Value                      { return "" }

// AppendValue writes an empty code and name for who was deleted: the record waits for him until it is reassigned, whereas one
// that nobody is assigned to waits for everybody.
func (a assignees) AppendValue(dst []byte, _ *Field, stored []byte, dir Directory) []byte {
	return a.appendMembers(dst, stored, dir, true)
}
