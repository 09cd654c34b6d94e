package identity

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
)

// User is an account as administrators see it.
type User struct {
	ID          id.User
	Code        string    // login name
	Name        string    // shown to people
	Email       string    // "" is none
	Locale      string    // auto (the browser's), ja, en
	Timezone    string    // IANA name
	Valid       bool      // false while suspended
	Admin       bool      // of the site
	LockedUntil time.Time // zero unless too many logins failed
	Profile     Profile
	Primary     id.Organization // the one of his organisations that counts where one must; 0 is none
	Services    []string        // what he may use; see Product
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Profile is the rest of the User API: kept and returned, not used by the product.
// Source: cybozu.com User API. "" is unset and shown as null there.
type Profile struct {
	SurName          string `json:"surName,omitempty"`
	GivenName        string `json:"givenName,omitempty"`
	SurNameReading   string `json:"surNameReading,omitempty"`
	GivenNameReading string `json:"givenNameReading,omitempty"`
	LocalName        string `json:"localName,omitempty"`
	LocalNameLocale  string `json:"localNameLocale,omitempty"`
	Description      string `json:"description,omitempty"`
	Phone            string `json:"phone,omitempty"`
	MobilePhone      string `json:"mobilePhone,omitempty"`
	ExtensionNumber  string `json:"extensionNumber,omitempty"`
	CallTo           string `json:"callto,omitempty"`
	URL              string `json:"url,omitempty"`
	EmployeeNumber   string `json:"employeeNumber,omitempty"`
	BirthDate        string `json:"birthDate,omitempty"`
	JoinDate         string `json:"joinDate,omitempty"`

	SortOrder   *int64       `json:"sortOrder,omitempty"`
	CustomItems []CustomItem `json:"customItems,omitempty"`
}

// CustomItem is a value that a company keeps about its people beyond what the product knows of.
type CustomItem struct {
	Code  string `json:"code"`
	Value string `json:"value"`
}

// CustomItem returns the value of an item, "" when there is none.
func (f *Profile) CustomItem(code string) string {
	for _, item := range f.CustomItems {
		if item.Code == code {
			return item.Value
		}
	}
	return ""
}

// foldCode returns a login name as it is compared: without regard to case and to full or half width.
func foldCode(code string) string { return strings.ToLower(norm.NFKC.String(code)) }

// account is a user as the directory keeps one.
type account struct {
	User
	builtin     bool
	deleted     bool
	hash        string // PHC string of the password, "" cannot log in
	authVersion int64
	zone        *time.Location

	places []place    // the organisations it is in
	groups []id.Group // those whose members are listed
	member membership // the same as actors carry it
}

// membership is where an account is, shared by all its actors: never changed.
type membership struct {
	groups, organizations, above []access.Unit
}

// active reports whether the account may log in at all.
func (a *account) active() bool { return a.Valid && !a.deleted && !a.builtin }

// acts reports whether the account may act in the product.
func (a *account) acts() bool { return a.active() && a.uses() }

// info is what the rest of the product gets to know; lang is used when the user follows the browser.
func (a *account) info(lang i18n.Lang) access.UserInfo {
	return access.UserInfo{
		ID: a.ID, Code: a.Code, Name: a.Name, Admin: a.Admin,
		Lang: i18n.Parse(a.Locale, lang), Zone: a.zone,
		Groups: a.member.groups, Organizations: a.member.organizations, Above: a.member.above, Primary: a.Primary,
	}
}

// actor returns a as who asks.
func (a *account) actor(lang i18n.Lang) access.Actor { return access.User(a.info(lang)) }
