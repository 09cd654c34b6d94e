package api

import (
	"context"
	"math"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// profileAPI is the part of a user that is text and need not be there: null in answers, left out or null in requests.
type profileAPI struct {
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

// each pairs the members with those of the domain.
func (j *profileAPI) each(p *identity.Profile, fn func(api **string, own *string)) {
	fn(&j.SurName, &p.SurName)
	fn(&j.GivenName, &p.GivenName)
	fn(&j.SurReading, &p.SurNameReading)
	fn(&j.GivenReading, &p.GivenNameReading)
	fn(&j.LocalName, &p.LocalName)
	fn(&j.LocalLocale, &p.LocalNameLocale)
	fn(&j.Description, &p.Description)
	fn(&j.Phone, &p.Phone)
	fn(&j.MobilePhone, &p.MobilePhone)
	fn(&j.Extension, &p.ExtensionNumber)
	fn(&j.CallTo, &p.CallTo)
	fn(&j.URL, &p.URL)
	fn(&j.EmployeeNo, &p.EmployeeNumber)
	fn(&j.BirthDate, &p.BirthDate)
	fn(&j.JoinDate, &p.JoinDate)
}

// customItem is a value that the company keeps about its people.
type customItem struct {
	Code  Text `json:"code"`
	Value Text `json:"value"`
}

// userAPI is a user of the User API. What is not set, or not for the reader, is null there. Admin and LockedUntil are ours.
type userAPI struct {
	ID    string `json:"id"`
	Code  string `json:"code"`
	CTime string `json:"ctime"`
	MTime string `json:"mtime"`
	Valid bool   `json:"valid"`
	Name  string `json:"name"`
	profileAPI
	Timezone    string       `json:"timezone"`
	Locale      string       `json:"locale"`
	Email       *string      `json:"email"`
	PrimaryOrg  *string      `json:"primaryOrganization"`
	SortOrder   *string      `json:"sortOrder"`
	CustomItems []customItem `json:"customItemValues"`
	Admin       bool         `json:"admin"`
	LockedUntil *string      `json:"lockedUntil"`
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

const userTime = "2006-01-02T15:04:05Z"

func showUser(u identity.User) userAPI {
	out := userAPI{
		ID: id.String(u.ID), Code: u.Code, CTime: u.CreatedAt.Format(userTime), MTime: u.UpdatedAt.Format(userTime),
		Valid: u.Valid, Name: u.Name, Timezone: u.Timezone, Locale: u.Locale, Email: text(u.Email), Admin: u.Admin,
		SortOrder: number(u.Profile.SortOrder), CustomItems: []customItem{},
	}
	out.each(&u.Profile, func(api **string, own *string) { *api = text(*own) })
	for _, item := range u.Profile.CustomItems {
		out.CustomItems = append(out.CustomItems, customItem{Text(item.Code), Text(item.Value)})
	}
	if u.Primary != 0 {
		out.PrimaryOrg = text(id.String(u.Primary))
	}
	if !u.LockedUntil.IsZero() {
		out.LockedUntil = text(instant(u.LockedUntil))
	}
	return out
}

func showUsers(list []identity.User) []userAPI {
	out := make([]userAPI, len(list))
	for i, u := range list {
		out[i] = showUser(u)
	}
	return out
}

// number is a number that need not be there.
func number(n *int64) *string {
	if n == nil {
		return nil
	}
	return text(strconv.FormatInt(*n, 10))
}

// getUsers answers GET /v1/users.json.
func (a *API) getUsers(ctx context.Context, who access.Actor, in listIn) (usersOut, error) {
	f, err := in.filter()
	if err != nil {
		return usersOut{Users: []userAPI{}}, err
	}
	list, err := a.people.Users(ctx, who, f)
	return usersOut{showUsers(list)}, err
}

type writeUser struct {
	Code     string  `json:"code"`
	Name     *string `json:"name"`
	Email    *string `json:"email"`
	Locale   *string `json:"locale"`
	Timezone *string `json:"timezone"`
	Valid    *bool   `json:"valid"`
	Admin    *bool   `json:"admin"`
	Password *string `json:"password"`
	profileAPI
	PrimaryOrg  Int           `json:"primaryOrganization"`
	SortOrder   Int           `json:"sortOrder"`
	CustomItems *[]customItem `json:"customItemValues"`
}

func (u writeUser) change(p *errs.Fields, path string) identity.Change {
	c := identity.Change{
		Code: u.Code, Name: u.Name, Email: u.Email, Locale: u.Locale, Timezone: u.Timezone, Valid: u.Valid, Admin: u.Admin, Password: u.Password,
	}
	if u.PrimaryOrg.given {
		c.Primary = new(id.Organization(u.PrimaryOrg.need(p, path+".primaryOrganization", 0)))
	}
	order := u.SortOrder.within(p, path+".sortOrder", 0, math.MinInt32, math.MaxInt32)
	c.Profile = func(own *identity.Profile) {
		u.each(own, func(api **string, own *string) {
			if *api != nil {
				*own = **api
			}
		})
		if u.SortOrder.given {
			own.SortOrder = &order
		}
		if u.CustomItems == nil {
			return
		}
		own.CustomItems = nil
		for _, item := range *u.CustomItems {
			own.CustomItems = append(own.CustomItems, identity.CustomItem{Code: string(item.Code), Value: string(item.Value)})
		}
	}
	return c
}

type writeUsersIn struct {
	Users List[writeUser] `json:"users"`
}

func (in writeUsersIn) changes() ([]identity.Change, error) {
	var p errs.Fields
	in.Users.need(&p, "users", 1, maxListed)
	list := make([]identity.Change, len(in.Users))
	for i, u := range in.Users {
		list[i] = u.change(&p, at("users", i))
	}
	return list, p.Err()
}

// named returns nil when it is said of every change whose it is.
func (in writeUsersIn) named() error {
	var p errs.Fields
	for i, u := range in.Users {
		if u.Code == "" {
			p.Add(at("users", i)+".code", "param.required")
		}
	}
	return p.Err()
}

// addUsers answers POST /v1/users.json.
func (a *API) addUsers(ctx context.Context, who access.Actor, in writeUsersIn) (none, error) {
	list, err := in.changes()
	if err != nil {
		return none{}, err
	}
	return none{}, a.people.AddUsers(ctx, who, list)
}

// updateUsers answers PUT /v1/users.json.
func (a *API) updateUsers(ctx context.Context, who access.Actor, in writeUsersIn) (none, error) {
	list, err := in.changes()
	if err == nil {
		err = in.named()
	}
	if err != nil {
		return none{}, err
	}
	return none{}, a.people.UpdateUsers(ctx, who, list)
}

// deleteUsers answers DELETE /v1/users.json.
func (a *API) deleteUsers(ctx context.Context, who access.Actor, in codesIn) (none, error) {
	return in.all(ctx, who, a.people.DeleteUsers)
}

// renameUsers answers PUT /v1/users/codes.json.
func (a *API) renameUsers(ctx context.Context, who access.Actor, in renameIn) (none, error) {
	return in.all(ctx, who, a.people.RenameUsers)
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
