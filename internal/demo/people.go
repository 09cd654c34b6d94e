package demo

import (
	"cmp"
	"context"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// employees are the company's people; the first one administers the site.
var employees = []struct{ login, sur, given, reading string }{
	{"aoki", "青木", "健", "あおき けん"},
	{"sato", "佐藤", "美咲", "さとう みさき"},
	{"suzuki", "鈴木", "大輔", "すずき だいすけ"},
	{"takahashi", "高橋", "由美", "たかはし ゆみ"},
	{"tanaka", "田中", "翔", "たなか しょう"},
	{"nakamura", "中村", "彩", "なかむら あや"},
}

// sales are those who look after customers.
var sales = []string{"sato", "tanaka", "suzuki"}

// passwordLength is that of a made-up password, in letters and digits.
const passwordLength = 12

// staff makes the people and returns how they log in.
func (s *site) staff(ctx context.Context, admin Account) ([]Account, error) {
	var accounts []Account
	for i, e := range employees {
		a := Account{Name: e.sur + " " + e.given, Login: e.login, Password: id.Short(passwordLength), Admin: i == 0}
		if a.Admin {
			a.Login, a.Password = cmp.Or(admin.Login, a.Login), cmp.Or(admin.Password, a.Password)
		}
		accounts = append(accounts, a)
	}
	first := accounts[0]
	_, err := s.People.SetUpUnattended(ctx, identity.Setup{
		Name: first.Name, Code: first.Login, Password: first.Password, Company: Company, Locale: "auto", Timezone: "Asia/Tokyo",
	})
	if err != nil {
		return nil, err
	}
	if err := s.enter(ctx, employees[0].login, first.Login); err != nil {
		return nil, err
	}
	var list []identity.Change
	for i, e := range employees[1:] {
		a := &accounts[i+1]
		list = append(list, identity.Change{Code: a.Login, Name: &a.Name, Password: &a.Password, Email: new(a.Login + "@aoba.example"), Profile: func(p *identity.Profile) {
			p.SurName, p.GivenName, p.SurNameReading = e.sur, e.given, e.reading
		}})
	}
	if err := s.People.AddUsers(ctx, s.actors["aoki"], list); err != nil {
		return nil, err
	}
	logins := map[string]string{}
	for i, e := range employees {
		logins[e.login] = accounts[i].Login
	}
	if err := s.company(ctx, logins); err != nil {
		return nil, err
	}
	for as, login := range logins { // once they are in their places, which actors carry
		if err := s.enter(ctx, as, login); err != nil {
			return nil, err
		}
	}
	return accounts, nil
}

// enter lets somebody act in the demo under the name that it knows him by.
func (s *site) enter(ctx context.Context, as, login string) error {
	dir, err := s.People.Directory(ctx)
	if err != nil {
		return err
	}
	who, _ := dir.UserByCode(login)
	s.actors[as], _, err = s.People.ActAs(ctx, who.ID)
	return err
}
