package app

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// Notifications are the rules by which an app tells people of what happens to its records. Who is told is decided anew each
// time, and nobody is told of what he may not see.
type Notifications struct {
	General   *GeneralNotices `json:"general,omitempty"` // nil until somebody changes them: see Settings.GeneralNotices
	PerRecord []RecordNotice  `json:"perRecord,omitempty"`
	Reminder  Reminders       `json:"reminder,omitzero"`
}

// GeneralNotices tell of what happens to any record.
type GeneralNotices struct {
	List              []GeneralNotice `json:"list,omitempty"`
	NotifyToCommenter bool            `json:"notifyToCommenter,omitempty"` // of comments also who commented before
}

// GeneralNotice tells one entity of the kinds of event that are ticked.
type GeneralNotice struct {
	Entity        access.Entity `json:"entity"` // USER, GROUP, ORGANIZATION, FIELD_ENTITY
	IncludeSubs   bool          `json:"includeSubs,omitempty"`
	RecordAdded   bool          `json:"recordAdded,omitempty"`
	RecordEdited  bool          `json:"recordEdited,omitempty"`
	CommentAdded  bool          `json:"commentAdded,omitempty"`
	StatusChanged bool          `json:"statusChanged,omitempty"`
	FileImported  bool          `json:"fileImported,omitempty"`
}

// RecordNotice tells its targets when a record comes to match a condition.
type RecordNotice struct {
	Filter  string   `json:"filter,omitempty"` // "" is every record
	Title   string   `json:"title,omitempty"`
	Targets []Target `json:"targets,omitempty"`
}

// Key names a rule by what it tells of, whatever its place in the list.
func (n RecordNotice) Key() string {
	sum := sha256.Sum256([]byte(n.Filter + "\x00" + n.Title))
	return hex.EncodeToString(sum[:8])
}

// Target is whom a rule tells.
type Target struct {
	Entity      access.Entity `json:"entity"` // USER, GROUP, ORGANIZATION, FIELD_ENTITY
	IncludeSubs bool          `json:"includeSubs,omitempty"`
}

// Reminders tell at a time that a field of the record says.
type Reminders struct {
	Timezone string     `json:"timezone,omitempty"` // IANA name; "" until somebody chooses one
	List     []Reminder `json:"list,omitempty"`
}

// Reminder tells its targets of a record so many days after its field's date: at Time, or, when that is "", HoursLater hours
// and those days after the field's instant, which for a DATE is when its day begins.
type Reminder struct {
	Field      string   `json:"field"` // code of a DATE, DATETIME, CREATED_TIME or UPDATED_TIME field
	DaysLater  int      `json:"daysLater,omitempty"`
	HoursLater int      `json:"hoursLater,omitempty"`
	Time       string   `json:"time,omitempty"`   // HH:MM, minutes a multiple of ten
	Filter     string   `json:"filter,omitempty"` // a condition, asked when the time has come
	Title      string   `json:"title,omitempty"`
	Targets    []Target `json:"targets,omitempty"`
}

// MaxReminders is how many reminders an app may have; maxNoticeTitle how long a notice's title may be, in characters.
// Source: kintone limits.
const (
	MaxReminders   = 10
	maxNoticeTitle = 100
)

// GeneralNotices are the general rules: those that were set, or, in an app where nobody did, comments to who created the
// record, who changed it last and who commented on it before.
// Source: kintone product behaviour, app conditions.
func (s *Settings) GeneralNotices() GeneralNotices {
	if s.Notifications.General != nil {
		return *s.Notifications.General
	}
	g := GeneralNotices{NotifyToCommenter: true}
	for _, t := range []field.Type{field.Creator, field.Modifier} {
		if f := s.System(t); f != nil {
			g.List = append(g.List, GeneralNotice{Entity: access.Entity{Type: FieldEntity, Code: f.Code}, CommentAdded: true})
		}
	}
	return g
}

// SetGeneralNotices replaces the general rules.
//
// Errors: Invalid for an entity that is not there.
func (s *Settings) SetGeneralNotices(g GeneralNotices) error {
	for _, n := range g.List {
		if err := s.checkEntity(n.Entity); err != nil {
			return err
		}
	}
	s.Notifications.General = &g
	return nil
}

// SetRecordNotices replaces the rules by condition.
//
// Errors: Invalid for an entity that is not there.
func (s *Settings) SetRecordNotices(list []RecordNotice, p *errs.Fields) error {
	for i, n := range list {
		if err := s.checkNotice(n.Filter, n.Title, n.Targets, index("notifications", i), p); err != nil {
			return err
		}
	}
	s.Notifications.PerRecord = list
	return nil
}

// reminded are the types of field that say when to remind.
var reminded = []field.Type{field.Date, field.DateTime, field.CreatedTime, field.UpdatedTime}

// SetReminders replaces the reminders.
//
// Errors: Invalid for a field or an entity that is not there.
func (s *Settings) SetReminders(list []Reminder, p *errs.Fields) error {
	if len(list) > MaxReminders {
		p.Add("notifications", "param.size", errs.Args{"min": 0, "max": MaxReminders})
	}
	for i, r := range list {
		f, table := s.Field(r.Field)
		if r.Field != "" && (f == nil || table != nil) {
			return errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": r.Field})
		}
		if f != nil && !slices.Contains(reminded, f.Type) {
			p.Add(index("notifications", i)+".timing.code", "app.reminderField", errs.Args{"code": r.Field})
		}
		if err := s.checkNotice(r.Filter, r.Title, r.Targets, index("notifications", i), p); err != nil {
			return err
		}
	}
	s.Notifications.Reminder.List = list
	return nil
}

func (s *Settings) checkNotice(filter, title string, targets []Target, path string, p *errs.Fields) error {
	s.checkFilter(filter, path+".filterCond", p)
	if len([]rune(title)) > maxNoticeTitle {
		p.Add(path+".title", "param.length", errs.Args{"min": 0, "max": maxNoticeTitle})
	}
	for _, t := range targets {
		if err := s.checkEntity(t.Entity); err != nil {
			return err
		}
	}
	return nil
}

func (n *Notifications) visit(f names) {
	targets := func(list []Target) {
		for i := range list {
			visitEntity(&list[i].Entity, f)
		}
	}
	if g := n.General; g != nil {
		for i := range g.List {
			visitEntity(&g.List[i].Entity, f)
		}
	}
	for i := range n.PerRecord {
		f.filter(&n.PerRecord[i].Filter)
		targets(n.PerRecord[i].Targets)
	}
	for i := range n.Reminder.List {
		r := &n.Reminder.List[i]
		f.code(&r.Field)
		f.filter(&r.Filter)
		targets(r.Targets)
	}
}

// forget drops what names deleted fields. A rule whose condition named one goes whole: with half a condition it would
// tell of other records than its author meant.
func (n *Notifications) forget(gone map[string]bool) {
	targets := func(list []Target) []Target {
		return slices.DeleteFunc(list, func(t Target) bool { return isGone(t.Entity, gone) })
	}
	if n.General != nil {
		n.General.List = slices.DeleteFunc(n.General.List, func(g GeneralNotice) bool { return isGone(g.Entity, gone) })
	}
	n.PerRecord = slices.DeleteFunc(n.PerRecord, func(r RecordNotice) bool { return uses(r.Filter, gone) })
	for i := range n.PerRecord {
		n.PerRecord[i].Targets = targets(n.PerRecord[i].Targets)
	}
	n.Reminder.List = slices.DeleteFunc(n.Reminder.List, func(r Reminder) bool { return gone[r.Field] || uses(r.Filter, gone) })
	for i := range n.Reminder.List {
		n.Reminder.List[i].Targets = targets(n.Reminder.List[i].Targets)
	}
}
