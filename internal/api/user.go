package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

type getUsersIn struct {
	IDs    List[Int]  `json:"ids"`
	Codes  List[Text] `json:"codes"`
	Offset Int        `json:"offset"`
	Size   Int        `json:"size"`
}

// userAPI is a user of the User API. What is not set is null there. Admin and LockedUntil are ours.
type userAPI struct {
	ID           string  `json:"id"`
	Code         string  `json:"code"`
	CTime        string  `json:"ctime"`
	MTime        string  `json:"mtime"`
	Valid        bool    `json:"valid"`
	Name         string  `json:"name"`
	SurName      *string `json:"surName"`
	GivenName    *string `json:"givenName"`
	SurReading   *string `json:"surNameReading"`
	GivenReading *string `json:"givenNameReading"`
	LocalName    *string `json:"localName"`
	LocalLocale  *string `json:"localNameLocale"`
	Timezone     string  `json:"timezone"`
	Locale       string  `json:"locale"`
	Description  *string `json:"description"`
	Phone        *string `json:"phone"`
	MobilePhone  *string `json:"mobilePhone"`
	Extension    *string `json:"extensionNumber"`
	Email        *string `json:"email"`
	CallTo       *string `json:"callto"`
	URL          *string `json:"url"`
	EmployeeNo   *string `json:"employeeNumber"`
	BirthDate    *string `json:"birthDate"`
	JoinDate     *string `json:"joinDate"`
	PrimaryOrg   *string `json:"primaryOrganization"`
	SortOrder    *string `json:"sortOrder"`
	CustomItems  []none  `json:"customItemValues"`
	Admin        bool    `json:"admin"`
	LockedUntil  *string `json:"lockedUntil"`
}

type usersOut struct {
	Users []userAPI `json:"users"`
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func showUser(u identity.User) userAPI {
	p := u.Profile
	out := userAPI{
		ID: id.String(u.ID), Code: u.Code, CTime: u.CreatedAt.Format("2006-01-02T15:04:05Z"), MTime: u.UpdatedAt.Format("2006-01-02T15:04:05Z"),
		Valid: u.Valid, Name: u.Name, Timezone: u.Timezone, Locale: u.Locale, Email: text(u.Email), Admin: u.Admin,
		SurName: text(p.SurName), GivenName: text(p.GivenName), SurReading: text(p.SurNameReading), GivenReading: text(p.GivenNameReading),
		LocalName: text(p.LocalName), LocalLocale: text(p.LocalNameLocale), Description: text(p.Description), Phone: text(p.Phone),
		MobilePhone: text(p.MobilePhone), Extension: text(p.ExtensionNumber), CallTo: text(p.CallTo), URL: text(p.URL),
		EmployeeNo: text(p.EmployeeNumber), BirthDate: text(p.BirthDate), JoinDate: text(p.JoinDate), CustomItems: []none{},
	}
	if !u.LockedUntil.IsZero() {
		out.LockedUntil = text(instant(u.LockedUntil))
	}
	return out
}

// getUsers answers GET /v1/users.json.
func (a *API) getUsers(ctx context.Context, who access.Actor, in getUsersIn) (usersOut, error) {
	var p errs.Fields
	f := identity.Filter{
		Codes: texts(in.Codes), Offset: int(in.Offset.within(&p, "offset", 0, 0, 1<<31-1)), Size: int(in.Size.within(&p, "size", 100, 1, 100)),
	}
	for i, n := range in.IDs {
		f.IDs = append(f.IDs, n.need(&p, at("ids", i), 1))
	}
	out := usersOut{Users: []userAPI{}}
	if err := p.Err(); err != nil {
		return out, err
	}
	list, err := a.people.Users(ctx, who, f)
	for _, u := range list {
		out.Users = append(out.Users, showUser(u))
	}
	return out, err
}

type writeUser struct {
	Code         string  `json:"code"`
	Name         *string `json:"name"`
	Email        *string `json:"email"`
	Locale       *string `json:"locale"`
	Timezone     *string `json:"timezone"`
	Valid        *bool   `json:"valid"`
	Admin        *bool   `json:"admin"`
	Password     *string `json:"password"`
	SurName      *string `json:"surName"`
	GivenName    *string `json:"givenName"`
	SurReading   *string `json:"surNameReading"`
	GivenReading *string `json:"givenNameReading"`
	LocalName    *string `json:"localName"`
	LocalLocale  *string `json:"localNameLocale"`
	Description  *string `json:"description"`
	Phone        *string `json:"phone"`
	MobilePhone  *string `json:"mobilePhone"`
	Extension    *string `json:"extensionNumber"`
	CallTo       *string `json:"callto"`
	URL          *string `json:"url"`
	EmployeeNo   *string `json:"employeeNumber"`
	BirthDate    *string `json:"birthDate"`
	JoinDate     *string `json:"joinDate"`
}

func (u writeUser) change() identity.Change {
	return identity.Change{
		Code: u.Code, Name: u.Name, Email: u.Email, Locale: u.Locale, Timezone: u.Timezone, Valid: u.Valid, Admin: u.Admin, Password: u.Password,
		Profile: func(p *identity.Profile) {
			for to, from := range map[*string]*string{
				&p.SurName: u.SurName, &p.GivenName: u.GivenName, &p.SurNameReading: u.SurReading, &p.GivenNameReading: u.GivenReading,
				&p.LocalName: u.LocalName, &p.LocalNameLocale: u.LocalLocale, &p.Description: u.Description, &p.Phone: u.Phone,
				&p.MobilePhone: u.MobilePhone, &p.ExtensionNumber: u.Extension, &p.CallTo: u.CallTo, &p.URL: u.URL,
				&p.EmployeeNumber: u.EmployeeNo, &p.BirthDate: u.BirthDate, &p.JoinDate: u.JoinDate,
			} {
				if from != nil {
					*to = *from
				}
			}
		},
	}
}

type writeUsersIn struct {
	Users []writeUser `json:"users"`
}

func (in writeUsersIn) changes() []identity.Change {
	list := make([]identity.Change, len(in.Users))
	for i, u := range in.Users {
		list[i] = u.change()
	}
	return list
}

// addUsers answers POST /v1/users.json.
func (a *API) addUsers(ctx context.Context, who access.Actor, in writeUsersIn) (none, error) {
	return none{}, a.people.AddUsers(ctx, who, in.changes())
}

// updateUsers answers PUT /v1/users.json.
func (a *API) updateUsers(ctx context.Context, who access.Actor, in writeUsersIn) (none, error) {
	return none{}, a.people.UpdateUsers(ctx, who, in.changes())
}

type codesIn struct {
	Codes List[Text] `json:"codes"`
}

// deleteUsers answers DELETE /v1/users.json.
func (a *API) deleteUsers(ctx context.Context, who access.Actor, in codesIn) (none, error) {
	return none{}, a.people.DeleteUsers(ctx, who, texts(in.Codes))
}

type suggestIn struct {
	Q     Text `json:"q"`
	Limit Int  `json:"limit"`
}

type suggestedUser struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

type suggestOut struct {
	Users []suggestedUser `json:"users"`
}

// suggestUsers answers GET /api/v1/users/suggest.
func (a *API) suggestUsers(ctx context.Context, who access.Actor, in suggestIn) (suggestOut, error) {
	var p errs.Fields
	out := suggestOut{Users: []suggestedUser{}}
	limit := int(in.Limit.within(&p, "limit", 10, 1, 50))
	if err := p.Err(); err != nil {
		return out, err
	}
	list, err := a.people.Suggest(ctx, who, string(in.Q), limit)
	for _, u := range list {
		out.Users = append(out.Users, suggestedUser{id.String(u.ID), u.Code, u.Name})
	}
	return out, err
}

type suspendIn struct {
	Code      string `json:"code"`
	Suspended bool   `json:"suspended"`
}

// suspendUser answers PUT /api/v1/users/suspend.
func (a *API) suspendUser(ctx context.Context, who access.Actor, in suspendIn) (none, error) {
	return none{}, a.people.Suspend(ctx, who, in.Code, in.Suspended)
}

type unlockIn struct {
	Code string `json:"code"`
}

// unlockUser answers POST /api/v1/users/unlock.
func (a *API) unlockUser(ctx context.Context, who access.Actor, in unlockIn) (none, error) {
	return none{}, a.people.Unlock(ctx, who, in.Code)
}
