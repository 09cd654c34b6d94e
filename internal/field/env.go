package field

import (
	"time"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// Problems takes what is wrong with an input; *errs.Fields is one.
type Problems interface {
	Add(path, key string, args ...errs.Args)
}

// Directory knows the people of the site, and the organisations and groups they are in.
type Directory interface {
	User(id.User) (Person, bool)           // by id, suspended ones too
	UserByCode(code string) (Person, bool) // by login name
	Organization(id.Organization) (Unit, bool)
	OrganizationByCode(code string) (Unit, bool)
	Group(id.Group) (Unit, bool)
	GroupByCode(code string) (Unit, bool)
}

// Person is a user as records show one.
type Person struct {
	ID         id.User
	Code, Name string
}

// Unit is an organisation or a group as records show one.
type Unit struct {
	ID         int64 // an id.Organization or id.Group
	Code, Name string
}

// Attachment is an uploaded file as a FILE field keeps it.
type Attachment struct {
	Key, Name, ContentType string
	Size                   int64
}

// Env is what a value may depend on beside its field.
type Env struct {
	Directory Directory
	Files     func(key string) (Attachment, bool) // uploads and present attachments that may be put into this record
	For       []id.User                           // whose turn the caller takes as their deputy
	Me        id.User                             // the caller, 0 when not a user
	Primary   id.Organization                     // the caller's primary organisation, 0 when there is none
	Now       time.Time
	Zone      *time.Location // of the caller
	Precision Precision
}

// Precision is how an app keeps and rounds its numbers. The zero value is kintone's default: 16 digits,
// 4 of them decimals, half to even.
// Source: kintone REST API, numberPrecision of app settings.
type Precision struct {
	Digits        int    `json:"digits,omitempty"`        // 1..30; 0 is 16
	DecimalPlaces *int   `json:"decimalPlaces,omitempty"` // 0..10; nil is 4
	RoundingMode  string `json:"roundingMode,omitempty"`  // HALF_EVEN, UP, DOWN; "" is HALF_EVEN
}
