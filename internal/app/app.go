// Package app keeps apps and their settings: the form, its layout, views, permissions. Settings are a
// document with revisions in two environments: preview, which administrators edit, and live, which
// everybody works with. Deploying makes preview live and alters the record tables in the same transaction.
//
// It does not read or write records: that is record's.
package app

import (
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/space"
)

// App is an app without its settings.
type App struct {
	ID         id.App
	Creator    id.User
	CreatedAt  time.Time
	Modifier   id.User
	ModifiedAt time.Time
	Live       int64        // revision of the live settings; 0 when never deployed
	Preview    int64        // revision of the preview settings
	Space      *space.Space // where it is kept, nil for outside of spaces
	Thread     id.Thread    // of that space
	Wall       int64        // rises whenever who may know of Space may be others
}

// Settings is everything an app's administrators decide, as one document.
type Settings struct {
	Revision int64 `json:"-"`

	env        query.Env                          // of whoever edits, for the conditions he writes; zero while nobody does
	take       func(upload string) (*File, error) // takes a file that he uploaded; nil while nobody edits
	neighbours neighbours                         // the apps that he may tie fields to; nil while nobody edits
	unlinked   []unlinked                         // fields of the request that still have to be tied to them

	Name        string      `json:"name"`
	OtherNames  field.Names `json:"otherNames,omitempty"`  // Name in other languages
	Description string      `json:"description,omitempty"` // clean HTML
	Icon        Icon        `json:"icon"`
	Theme       string      `json:"theme"`
	TitleField  string      `json:"titleField,omitempty"` // field code; "" is automatic
	AppCode     string      `json:"appCode,omitempty"`    // stands before record numbers; "" is none

	NoThumbnails    bool            `json:"noThumbnails,omitempty"`
	BulkDeletion    bool            `json:"bulkDeletion,omitempty"`
	NoComments      bool            `json:"noComments,omitempty"`
	NoDuplicate     bool            `json:"noDuplicate,omitempty"`
	NoInlineEditing bool            `json:"noInlineEditing,omitempty"`
	Precision       field.Precision `json:"precision"`
	FiscalMonth     int             `json:"fiscalMonth,omitempty"` // 0 is April

	NextField id.Field       `json:"nextField"`
	Form      []*field.Field `json:"form"` // top level, system fields first
	Layout    []Row          `json:"layout"`

	NextView id.View `json:"nextView"`
	Views    []View  `json:"views,omitempty"` // in their order

	NextReport id.Report `json:"nextReport,omitempty"`
	Reports    []Report  `json:"reports,omitempty"` // in their order

	Process    Process    `json:"process,omitzero"`
	Categories Categories `json:"categories,omitzero"`

	AppRules    []access.AppRule `json:"appRules"`
	RecordRules []RecordRule     `json:"recordRules,omitempty"`
	FieldRules  []FieldRule      `json:"fieldRules,omitempty"`

	Notifications Notifications `json:"notifications,omitzero"`
	AdminNotes    AdminNotes    `json:"adminNotes,omitzero"`
	Customization Customization `json:"customization,omitzero"`

	NextAction id.Action `json:"nextAction,omitempty"`
	Actions    []Action  `json:"actions,omitempty"` // in their order
}

// Icon is a preset by key, or an uploaded picture.
type Icon struct {
	Type string `json:"type"` // PRESET, FILE
	Key  string `json:"key,omitempty"`
	File *File  `json:"file,omitempty"`
}

// RecordRule is a record permission as it is written; compiled, it is an access.RecordRule.
type RecordRule struct {
	Filter   string               `json:"filter"`
	Entities []access.RecordRight `json:"entities"`
	Lost     bool                 `json:"lost,omitempty"` // Filter used a field that was deleted
}

// FieldRule is a field permission as it is written, by field code.
type FieldRule struct {
	Code     string              `json:"code"`
	Entities []access.FieldRight `json:"entities"`
}

// Fields are the top-level fields; it makes Settings an access.Form.
func (s *Settings) Fields() []*field.Field { return s.Form }

// Field returns the field with a code, inner fields included, and the table it stands in.
func (s *Settings) Field(code string) (f, table *field.Field) {
	for _, f := range s.Form {
		if f.Code == code {
			return f, nil
		}
		if g := f.Inner(code); g != nil {
			return g, f
		}
	}
	return nil, nil
}

// Title is the field that names a record for people: the one chosen, else the first text, else the record number.
func (s *Settings) Title() *field.Field {
	if f, table := s.Field(s.TitleField); f != nil && table == nil {
		return f
	}
	for _, f := range s.Form {
		if f.Type == field.SingleLineText {
			return f
		}
	}
	return s.System(field.RecordNumber)
}

// System returns the app's field of a system type.
func (s *Settings) System(t field.Type) *field.Field {
	for _, f := range s.Form {
		if f.Type == t {
			return f
		}
	}
	return nil
}

// FiscalStart is the first month of the fiscal year.
func (s *Settings) FiscalStart() int {
	if s.FiscalMonth == 0 {
		return 4
	}
	return s.FiscalMonth
}

// SetName names the app.
func (s *Settings) SetName(name string, p *errs.Fields) {
	checkName(name, "name", p)
	s.Name = name
}

// SetTitleField chooses the field that names records.
func (s *Settings) SetTitleField(code string, p *errs.Fields) {
	switch f, table := s.Field(code); {
	case code == "":
		p.Add("titleField.code", "param.required")
	case f == nil || table != nil:
		p.Add("titleField.code", "query.unknownField", errs.Args{"field": code})
	case !f.Type.NamesRecords():
		p.Add("titleField.code", "app.fieldType", errs.Args{"code": code})
	default:
		s.TitleField = code
	}
}
