package record

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

type changeKind string

// The kinds of change.
const (
	created  changeKind = "create"
	updated  changeKind = "update"
	reverted changeKind = "revert"
	restored changeKind = "restore"

	followedChange changeKind = "follow"     // live copies
	recategorised  changeKind = "categories" // out of categories that are gone
	acted          changeKind = "status"
	assigned       changeKind = "assignees"
)

// change is one line of a record's history.
type change struct {
	Record   id.Record
	Revision int64
	Kind     changeKind
	By       id.User
	At       time.Time
	Diff     delta
}

// delta is what a change did, by field id. A new record's values are not repeated in it.
type delta struct {
	Values map[id.Field][2]field.Value `json:"values,omitempty"` // before, after
	Rows   map[id.Field][2][]table.Row `json:"rows,omitempty"`
	Moved  *moved                      `json:"moved,omitempty"` // of an action
}

// moved is what an action did, in the words of its day.
type moved struct {
	Action string  `json:"action"`
	From   string  `json:"from"`
	To     string  `json:"to"` // the same as From while others had yet to act
	For    id.User `json:"for,omitempty"`
}

func diff(form []*field.Field, before, now table.Content) delta {
	var d delta
	for _, f := range field.WithSources(form) {
		if a, b := before.Values[f.ID], now.Values[f.ID]; a != b {
			if d.Values == nil {
				d.Values = map[id.Field][2]field.Value{}
			}
			d.Values[f.ID] = [2]field.Value{a, b}
		}
		if a, b := before.Rows[f.ID], now.Rows[f.ID]; !table.SameRows(a, b) {
			if d.Rows == nil {
				d.Rows = map[id.Field][2][]table.Row{}
			}
			d.Rows[f.ID] = [2][]table.Row{a, b}
		}
	}
	return d
}

const insertChange = `
	INSERT INTO record_change (app_id, record_id, revision, kind, changed_by, changed_at, changes)
	VALUES (?, ?, ?, ?, ?, ?, ?)`

func addChange(ctx context.Context, tx *db.Tx, app id.App, c change) error {
	return addChanges(ctx, tx, app, []change{c})
}

// addChanges stores lines of history, several with one statement.
func addChanges(ctx context.Context, tx *db.Tx, app id.App, list []change) error {
	const columns = 7
	args := make([]any, 0, columns*len(list))
	for _, c := range list {
		doc := []byte("{}")
		if c.Diff.Values != nil || c.Diff.Rows != nil || c.Diff.Moved != nil {
			var err error
			if doc, err = json.Marshal(c.Diff); err != nil {
				return err
			}
		}
		args = append(args, app, c.Record, c.Revision, string(c.Kind), c.By, tx.Now(), string(doc))
	}
	return db.Chunks(len(list), columns, func(from, to int) error {
		if err := tx.Later(ctx, db.Repeat(insertChange, to-from), args[columns*from:columns*to]...); err != nil {
			return fmt.Errorf("record: history: %w", err)
		}
		return nil
	})
}

// Entry is a line of history as an actor sees it: changes of fields he may not see are left out.
type Entry struct {
	Revision int64
	At       time.Time     // zero if the actor may not see when
	By       *field.Person // nil if he may not see who
	Kind     string
	Changes  []FieldChange
	Moved    *Moved // of an action, if the actor may see where records stand
}

// Moved is an action as it was taken: by Entry.By, in the name of For unless that is nobody, or nobody the actor may know.
type Moved struct {
	Action, From, To string
	For              field.Person
}

// FieldChange is a field's value before and after, as the API shows values.
type FieldChange struct {
	Field    *field.Field
	Old, New json.RawMessage
}

// The limits of a page of history: lines, and bytes of the values in them. A line that is longer is a page by itself.
const (
	HistoryPage  = 50
	HistoryBytes = 1 << 20
)

// History returns a record's changes below revision before (0: from the newest), newest first, and whether
// there are more. What the actor may see of the record as it is now he may see of what it was. A change in which there is
// nothing for him to see is left out, so that revisions have gaps: he is not told that something hidden was changed.
//
// Errors: NotFound when the actor cannot see the record.
func (s *Set) History(ctx context.Context, record id.Record, before int64) (list []Entry, more bool, err error) {
	if err := s.need(access.View); err != nil {
		return nil, false, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list, more = nil, false
		h, c, ok, err := s.load(ctx, tx, record)
		if err != nil || !ok {
			return orMissing(err, record)
		}
		now, bytes := row{h, c.Values, c.Rows}, 0
		return eachChange(ctx, tx, s.live.ID, record, before, 0, func(c change) bool {
			e := s.entry(c, now)
			if !e.tells() {
				return true
			}
			bytes += e.bytes()
			if more = len(list) == HistoryPage || len(list) > 0 && bytes > HistoryBytes; !more {
				list = append(list, e)
			}
			return !more
		})
	})
	return list, more, err
}

// entry is a change as the actor sees it of a record that is now what it is. Who made the record and when is what its creator and
// its time of creation say; who changed it since and when is for those who see who changed it last and when.
func (s *Set) entry(c change, now row) Entry {
	who, when := field.Modifier, field.UpdatedTime
	if c.Kind == created {
		who, when = field.Creator, field.CreatedTime
	}
	e := Entry{Revision: c.Revision, Kind: string(c.Kind), Changes: s.diffed(c.Diff, now), Moved: s.shownMove(c.Diff.Moved, now)}
	if s.systemShown(who, now) {
		by, _ := s.directory.User(c.By)
		e.By = &by
	}
	if s.systemShown(when, now) {
		e.At = c.At
	}
	return e
}

// tells reports whether there is something in e to see: that a record was made or brought back always is.
func (e Entry) tells() bool {
	switch changeKind(e.Kind) {
	case created, reverted, restored:
		return true
	}
	return len(e.Changes) > 0 || e.Moved != nil
}

// bytes is how long the values in e are.
func (e Entry) bytes() (n int) {
	for _, c := range e.Changes {
		n += len(c.Old) + len(c.New)
	}
	return n
}

// shownMove is a step in the process, for who may see where the record stands. In whose name it was taken is for who may see
// whose turn it is.
func (s *Set) shownMove(m *moved, now row) *Moved {
	if m == nil || !s.systemShown(field.Status, now) {
		return nil
	}
	out := &Moved{Action: m.Action, From: m.From, To: m.To}
	if s.systemShown(field.StatusAssignee, now) {
		out.For, _ = s.directory.User(m.For)
	}
	return out
}

// diffed renders the part of a delta that the Lens lets through for a record that is now what it is.
func (s *Set) diffed(d delta, now row) []FieldChange {
	var list []FieldChange
	for _, f := range s.lens.Fields() {
		if sight, _ := s.lens.Sight(f.Code); !sight.Shown(now) {
			continue
		}
		if v, ok := d.Values[f.ID]; ok {
			list = append(list, FieldChange{f, s.valueJSON(f, v[0]), s.valueJSON(f, v[1])})
		}
		if r, ok := d.Rows[f.ID]; ok {
			columns := slices.DeleteFunc(s.lens.Inner(f), func(g *field.Field) bool {
				sight, _ := s.lens.Sight(g.Code)
				return !sight.Shown(now)
			})
			before, after := s.rowsJSON(columns, r[0]), s.rowsJSON(columns, r[1])
			if !bytes.Equal(before, after) { // else only columns changed that the actor may not know
				list = append(list, FieldChange{f, before, after})
			}
		}
	}
	return list
}

func (s *Set) valueJSON(f *field.Field, v field.Value) json.RawMessage {
	return f.Kind().AppendValue(nil, f.Past(), []byte(v), s.directory)
}

func (s *Set) rowsJSON(columns []*field.Field, rows []table.Row) json.RawMessage {
	out := []byte{'['}
	for i, r := range rows {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, `{"id":"`+fmt.Sprint(r.ID)+`","value":{`...)
		for j, g := range columns {
			if j > 0 {
				out = append(out, ',')
			}
			out = field.AppendString(out, g.Code)
			out = append(out, `:{"type":"`+string(g.Type)+`","value":`...)
			out = g.Kind().AppendValue(out, g.Past(), []byte(r.Values[g.ID]), s.directory)
			out = append(out, '}')
		}
		out = append(out, '}', '}')
	}
	return append(out, ']')
}
