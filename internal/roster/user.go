package roster

import (
	"maps"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/identity"
)

// The columns of a file of users, from 0; the custom items follow, in the order of their codes.
// Source: cybozu.com, file format of users.
const (
	userCode = iota
	userName
	userNewCode
	userPassword
	userSurName
	userGivenName
	userSurReading
	userGivenReading
	userLocalName
	userLocalLocale
	userMail
	userStatus // 1 may act, 0 is suspended
	userLocale
	userZone
	userPhone
	userExtension
	userMobile
	userURL
	userEmployee
	userJoined
	userBorn
	userAbout
	userOrder
	userCall
	userDelete // 1 deletes
	userColumns
)

// profileColumns pairs the columns that are texts of a profile with these.
func profileColumns(p *identity.Profile) map[int]*string {
	return map[int]*string{
		userSurName: &p.SurName, userGivenName: &p.GivenName, userSurReading: &p.SurNameReading, userGivenReading: &p.GivenNameReading,
		userLocalName: &p.LocalName, userLocalLocale: &p.LocalNameLocale, userPhone: &p.Phone, userExtension: &p.ExtensionNumber,
		userMobile: &p.MobilePhone, userURL: &p.URL, userEmployee: &p.EmployeeNumber, userJoined: &p.JoinDate, userBorn: &p.BirthDate,
		userAbout: &p.Description, userCall: &p.CallTo,
	}
}

// everybody returns all users by id.
func (o *outgo) everybody() (all []identity.User, err error) {
	for {
		page, err := o.people.Users(o.ctx, o.who, identity.Filter{Offset: len(all)})
		if err != nil || len(page) == 0 {
			return all, err
		}
		all = append(all, page...)
	}
}

// items returns the codes of all custom items that anybody has, sorted.
func items(users []identity.User) []string {
	codes := map[string]bool{}
	for _, u := range users {
		for _, item := range u.Profile.CustomItems {
			codes[item.Code] = true
		}
	}
	return slices.Sorted(maps.Keys(codes))
}

func giveUsers(o *outgo) ([][]string, error) {
	users, err := o.everybody()
	if err != nil {
		return nil, err
	}
	codes := items(users)
	lines := make([][]string, len(users))
	for i, u := range users {
		cells := make([]string, userColumns, userColumns+len(codes))
		cells[userCode], cells[userName], cells[userNewCode], cells[userPassword] = u.Code, u.Name, asItIs, asItIs
		cells[userMail], cells[userLocale], cells[userZone], cells[userStatus] = u.Email, u.Locale, u.Timezone, "0"
		if u.Valid {
			cells[userStatus] = "1"
		}
		if n := u.Profile.SortOrder; n != nil {
			cells[userOrder] = strconv.FormatInt(*n, 10)
		}
		for column, text := range profileColumns(&u.Profile) {
			cells[column] = *text
		}
		for _, code := range codes {
			cells = append(cells, u.Profile.CustomItem(code))
		}
		lines[i] = cells
	}
	return lines, nil
}

// batch is some of the users of a file, and the lines that they came from.
type batch struct {
	changes []identity.Change
	lines   []int
}

func (b *batch) add(c identity.Change, n int) {
	b.changes, b.lines = append(b.changes, c), append(b.lines, n)
}

func takeUsers(in *intake, lines []line) (func() error, error) {
	known, err := in.out().everybody()
	if err != nil {
		return nil, err
	}
	codes := items(known)
	var added, changed batch
	var gone []string
	for i, l := range lines {
		person, exists := in.dir.UserByCode(l.cells[userCode])
		exists = exists && !identity.IsGone(l.cells[userCode])
		if l.flag(userDelete) {
			in.user(l)
			gone = append(gone, person.Code)
			continue
		}
		c := in.userChange(l, codes, exists)
		if c.Password != nil {
			if err := in.s.people.Hash(in.ctx, &c); err != nil {
				return nil, err
			}
			if err := in.progress(i); err != nil {
				return nil, err
			}
		}
		if exists {
			changed.add(c, l.n)
		} else {
			added.add(c, l.n)
		}
	}
	return func() error {
		people := in.s.people
		if len(added.changes) > 0 {
			if err := in.collect(people.AddUsers(in.ctx, in.who, added.changes), added.lines); err != nil {
				return err
			}
		}
		if len(changed.changes) > 0 {
			if err := in.collect(people.UpdateUsers(in.ctx, in.who, changed.changes), changed.lines); err != nil {
				return err
			}
		}
		if len(gone) == 0 || len(in.problems) > 0 {
			return nil
		}
		return people.DeleteUsers(in.ctx, in.who, gone)
	}, nil
}

// userChange is what a line says of a user.
func (in *intake) userChange(l line, codes []string, exists bool) identity.Change {
	c := identity.Change{
		Code: l.cells[userCode], Name: l.optional(userName), NewCode: in.newCode(l, userNewCode, exists),
		Password: l.filled(userPassword), NoPassword: true, Email: l.optional(userMail), Locale: l.filled(userLocale), Timezone: l.filled(userZone),
	}
	switch status := l.filled(userStatus); {
	case status == nil:
	case *status == "0", *status == "1":
		c.Valid = new(*status == "1")
	default:
		in.note(l.n, "roster.status")
	}
	var order *int64
	if text := l.filled(userOrder); text != nil {
		n, err := strconv.ParseInt(*text, 10, 32)
		if order = &n; err != nil {
			in.note(l.n, "param.integer")
		}
	}
	extra := l.cells[userColumns:]
	if len(extra) != len(codes) && !in.loose {
		in.note(l.n, "roster.columns", errs.Args{"line": l.n})
	}
	c.Profile = func(p *identity.Profile) {
		for column, text := range profileColumns(p) {
			if cell := l.optional(column); cell != nil {
				*text = *cell
			}
		}
		if l.cells[userOrder] != asItIs {
			p.SortOrder = order
		}
		for i, code := range codes[:min(len(codes), len(extra))] {
			if extra[i] != asItIs {
				setItem(p, code, extra[i])
			}
		}
	}
	return c
}

// setItem sets a custom item; an empty one is none.
func setItem(p *identity.Profile, code, value string) {
	list := slices.DeleteFunc(slices.Clone(p.CustomItems), func(item identity.CustomItem) bool { return item.Code == code })
	if value != "" {
		list = append(list, identity.CustomItem{Code: code, Value: value})
	}
	p.CustomItems = list
}
