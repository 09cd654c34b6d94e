package identity_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// tree makes organisations: "sales", "tokyo<sales" is below it.
func (w *world) tree(codes ...string) error {
	w.t.Helper()
	list := make([]identity.OrganizationChange, len(codes))
	for i, c := range codes {
		code, parent, _ := strings.Cut(c, "<")
		list[i] = identity.OrganizationChange{Code: code, Name: new(strings.ToUpper(code)), ParentCode: &parent}
	}
	return w.AddOrganizations(w.t.Context(), w.root, list)
}

func (w *world) put(user string, places ...string) error {
	w.t.Helper()
	in := identity.Placement{Code: user}
	for _, p := range places {
		code, title, _ := strings.Cut(p, "=")
		in.Places = append(in.Places, identity.Place{Organization: code, Title: title})
	}
	return w.SetOrganizations(w.t.Context(), w.root, []identity.Placement{in})
}

// belongs is what the actor of a user carries.
func (w *world) belongs(code string) string {
	w.t.Helper()
	dir, err := w.Directory(w.t.Context())
	must(w.t, err)
	p, _ := dir.UserByCode(code)
	who, ok, err := w.ActAs(w.t.Context(), p.ID)
	must(w.t, err)
	if !ok {
		return "may not act"
	}
	codes := func(list []access.Unit) string {
		s := []string{}
		for _, u := range list {
			s = append(s, u.Code)
		}
		return strings.Join(s, ",")
	}
	primary, _ := dir.Organization(who.Primary())
	return fmt.Sprintf("in %s above %s groups %s primary %s", codes(who.Organizations()), codes(who.Above()), codes(who.Groups()), primary.Code)
}

func (w *world) members(kind, code string, subs bool) string {
	w.t.Helper()
	dir, err := w.Directory(w.t.Context())
	must(w.t, err)
	s := []string{}
	for _, n := range dir.Members(kind, code, subs) {
		p, _ := dir.User(n)
		s = append(s, p.Code)
	}
	return strings.Join(s, " ")
}

func TestActorsCarryWhereTheyAre(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko", "ben", "chika")
		ctx := w.t.Context()
		must(w.t, w.tree("head", "sales<head", "tokyo<sales", "lab<head"))
		must(w.t, w.AddGroups(ctx, w.root, []identity.GroupChange{{Code: "first aid", Name: new("救護")}, {Code: "choir", Name: new("合唱")}}))
		must(w.t, w.PutTitles(ctx, w.root, []identity.TitleChange{{Code: "lead", Name: new("Leader")}}))
		must(w.t, w.put("aiko", "tokyo=lead", "lab"))
		must(w.t, w.put("ben", "sales"))
		must(w.t, w.SetGroups(ctx, w.root, []identity.Grouping{{Code: "aiko", Groups: []string{"choir", "first aid", "choir"}}}))
		must(w.t, w.SetUsersIn(ctx, w.root, "choir", []string{"aiko", "chika"}))
		want(w.t, "aiko", w.belongs("aiko"), "in tokyo,lab above sales,head groups first aid,choir primary tokyo")
		want(w.t, "ben", w.belongs("ben"), "in sales above head groups  primary sales")
		want(w.t, "root", w.belongs("root"), "in  above  groups Administrators primary ")

		want(w.t, "sales", w.members("ORGANIZATION", "sales", false), "ben")
		want(w.t, "sales and below", w.members("ORGANIZATION", "sales", true), "aiko ben")
		want(w.t, "choir", w.members("GROUP", "choir", false), "aiko chika")
		want(w.t, "everyone", w.members("GROUP", "everyone", false), "root aiko ben chika")
		want(w.t, "administrators", w.members("GROUP", "Administrators", false), "root")
		want(w.t, "one", w.members("USER", "AIKO", false), "aiko")
		want(w.t, "exact letters", w.members("GROUP", "Choir", false)+w.members("ORGANIZATION", "SALES", true)+w.members("USER", "Administrator", false), "")

		must(w.t, w.Suspend(ctx, w.root, "aiko", true))
		must(w.t, w.SetServices(ctx, w.root, []identity.UserServices{{Code: "ben"}}))
		want(w.t, "suspended, and without the product", w.members("ORGANIZATION", "head", true), "")
		want(w.t, "without the product", w.belongs("ben"), "may not act")
		must(w.t, w.Suspend(ctx, w.root, "aiko", false))
		must(w.t, w.put("aiko", "lab"))
		want(w.t, "primary that is left", w.belongs("aiko"), "in lab above head groups first aid,choir primary lab")
		must(w.t, w.put("aiko", "tokyo", "lab"))
		want(w.t, "primary that stays", w.belongs("aiko"), "in tokyo,lab above sales,head groups first aid,choir primary lab")
		must(w.t, w.DeleteOrganizations(ctx, w.root, []string{"lab"}))
		want(w.t, "deleted", w.belongs("aiko"), "in tokyo above sales,head groups first aid,choir primary ")
		must(w.t, w.DeleteOrganizations(ctx, w.root, []string{"head"}))
		want(w.t, "deleted with those below", w.belongs("aiko"), "in  above  groups first aid,choir primary ")
		must(w.t, w.DeleteGroups(ctx, w.root, []string{"choir"}))
		must(w.t, w.DeleteUsers(ctx, w.root, []string{"chika"}))
		want(w.t, "group deleted", w.members("GROUP", "choir", false)+w.belongs("aiko"), "in  above  groups first aid primary ")
	})
}

func TestBadOrganizations(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		ctx := w.t.Context()
		must(w.t, w.tree("a", "b<a", "c<b"))
		move := func(code, parent string) error {
			return w.UpdateOrganizations(ctx, w.root, []identity.OrganizationChange{{Code: code, ParentCode: &parent}})
		}
		deep := []string{"d0"}
		for i := range 150 {
			deep = append(deep, fmt.Sprintf("d%d<d%d", i+1, i))
		}
		cousins := []string{"x0", "y0"}
		for i := range 59 {
			cousins = append(cousins, fmt.Sprintf("x%d<x%d", i+1, i), fmt.Sprintf("y%d<y%d", i+1, i))
		}
		must(w.t, w.tree(cousins...))
		for _, tc := range []struct {
			what string
			err  error
			want string
		}{
			{"below itself", move("a", "a"), "validation organizations[0].parentCode=organization.cycle"},
			{"below its own", move("a", "c"), "validation organizations[0].parentCode=organization.cycle"},
			{"below nothing", move("a", "z"), "validation organizations[0].parentCode=organization.unknown"},
			{"other letters", move("A", ""), "organization.unknown"},
			{"twice", w.tree("e", "Ｅ"), "validation organizations[1].code=unit.code.taken"},
			{"taken", w.tree("A"), "validation organizations[0].code=unit.code.taken"},
			{"codes", w.tree("", " x", "a,b", `q"`, "guest/x", strings.Repeat("x", 129), "new\nline"), "validation organizations[0].code=user.required organizations[0].name=user.required organizations[1].code=unit.code.invalid organizations[2].code=unit.code.invalid organizations[3].code=unit.code.invalid organizations[4].code=unit.code.invalid organizations[5].code=user.tooLong organizations[5].name=user.tooLong organizations[6].code=unit.code.invalid organizations[6].name=user.text.invalid"},
			{"texts", w.UpdateOrganizations(ctx, w.root, []identity.OrganizationChange{{Code: "a", Name: new(" "), LocalName: new("x\x00"), LocalNameLocale: new("fr"), Description: new("\x00")}}), "validation organizations[0].name=user.required organizations[0].localName=user.text.invalid organizations[0].localNameLocale=unit.localLocale organizations[0].description=user.tooLong"},
			{"one below the other, too deep", move("y0", "x59"), "validation organizations[0].parentCode=organization.tooDeep"},
			{"places", w.put("aiko", "a", "z", "a", "b=boss"), "validation userOrganizations[0].organizations[1].orgCode=organization.unknown userOrganizations[0].organizations[2].orgCode=unit.twice userOrganizations[0].organizations[3].titleCode=title.unknown"},
			{"nobody", w.put("nobody", "a"), "user.unknown"},
			{"primary elsewhere", w.UpdateUsers(ctx, w.root, []identity.Change{{Code: "aiko", Primary: new(id.Organization(1))}}), "validation users[0].primaryOrganization=user.primary"},
			{"delete", w.DeleteOrganizations(ctx, w.root, []string{"a", "z"}), "organization.unknown"},
			{"renamed to a taken one", w.RenameOrganizations(ctx, w.root, []identity.Rename{{From: "a", To: "B"}}), "validation codes[0].newCode=unit.code.taken"},
			{"renamed by letters alone", w.RenameOrganizations(ctx, w.root, []identity.Rename{{From: "a", To: "A"}}), "done"},
		} {
			want(w.t, tc.what, outcome("done", tc.err), tc.want)
		}
		if got := outcome("", w.tree(deep...)); !strings.HasPrefix(got, "validation organizations[100].parentCode=organization.tooDeep organizations[101].parentCode=organization.unknown") {
			w.t.Errorf("deep: %.200s", got)
		}
		list, err := w.Organizations(ctx, w.root, identity.Filter{Codes: []string{"c", "A", "d0"}})
		must(w.t, err)
		if len(list) != 2 || list[0].Code != "A" || list[1].ParentCode != "b" {
			w.t.Errorf("nothing else was kept: %+v", list)
		}
	})
}

func TestBadGroups(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		ctx := w.t.Context()
		must(w.t, w.AddGroups(ctx, w.root, []identity.GroupChange{{Code: "g", Name: new("G")}, {Code: "rule", Name: new("By rule"), Type: new("dynamic")}}))
		for _, tc := range []struct {
			what string
			err  error
			want string
		}{
			{"taken", w.AddGroups(ctx, w.root, []identity.GroupChange{{Code: "Everyone", Name: new("x")}, {Code: "n", Name: new("x")}, {Code: "n", Name: new("y")}, {Code: "t", Type: new("odd")}}), "validation groups[0].code=unit.code.taken groups[2].code=unit.code.taken groups[3].type=group.type groups[3].name=user.required"},
			{"change everyone", w.UpdateGroups(ctx, w.root, []identity.GroupChange{{Code: "everyone", Name: new("x")}}), "group.builtin"},
			{"rename administrators", w.RenameGroups(ctx, w.root, []identity.Rename{{From: "Administrators", To: "x"}}), "group.builtin"},
			{"delete everyone", w.DeleteGroups(ctx, w.root, []string{"everyone"}), "group.builtin"},
			{"become an administrator", w.SetGroups(ctx, w.root, []identity.Grouping{{Code: "aiko", Groups: []string{"Administrators"}}}), "group.builtin"},
			{"fill everyone", w.SetUsersIn(ctx, w.root, "everyone", []string{"aiko"}), "group.builtin"},
			{"fill a dynamic one", w.SetUsersIn(ctx, w.root, "rule", []string{"aiko"}), "group.dynamic"},
			{"another type", w.UpdateGroups(ctx, w.root, []identity.GroupChange{{Code: "g", Type: new("dynamic")}}), "validation groups[0].type=group.typeStays"},
			{"unknown", w.SetGroups(ctx, w.root, []identity.Grouping{{Code: "aiko", Groups: []string{"g", "z"}}}), "group.unknown"},
			{"nobody", w.SetUsersIn(ctx, w.root, "g", []string{"aiko", "nobody"}), "user.unknown"},
			{"twice", w.DeleteGroups(ctx, w.root, []string{"g", "g"}), "group.unknown"},
			{"service", w.SetServices(ctx, w.root, []identity.UserServices{{Code: "aiko", Services: []string{"kintone", "games"}}}), "validation users[0].services[1]=user.service"},
			{"renamed", w.RenameGroups(ctx, w.root, []identity.Rename{{From: "g", To: "h"}}), "done"},
		} {
			want(w.t, tc.what, outcome("done", tc.err), tc.want)
		}
		want(w.t, "nobody was put anywhere", w.belongs("aiko"), "in  above  groups  primary ")
		all, err := w.Groups(ctx, w.actor("aiko", "password of aiko"), identity.Filter{})
		must(w.t, err)
		codes := []string{}
		for _, g := range all {
			codes = append(codes, g.Code+":"+g.Type)
		}
		if !slices.Equal(codes, []string{"everyone:dynamic", "Administrators:static", "h:static", "rule:dynamic"}) {
			w.t.Error(codes)
		}
	})
}

// Who lacks the service reaches what belongs to none, and no more.
func TestWithoutTheService(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		must(w.t, w.SetServices(w.t.Context(), w.root, []identity.UserServices{{Code: "aiko", Services: []string{"garoon"}}}))
		c := header("aiko", "password of aiko")
		want(w.t, "the product", w.by(c), "auth.forbidden")
		want(w.t, "again, from what is remembered", w.by(c), "auth.forbidden")
		c.Common = true
		want(w.t, "what belongs to none", w.by(c), "aiko")
		got, session := w.login("aiko", "password of aiko", office)
		want(w.t, "login", got, "aiko")
		want(w.t, "the product by a session", w.by(cookie(session)), "auth.forbidden")
		if list, err := w.SuggestPrincipals(w.t.Context(), w.root, "", []string{"USER", "GROUP"}, 9); err != nil || len(list) != 3 {
			w.t.Error("suggested:", list, err)
		}
	})
}

// A rule is in the way of whom it names, and follows its new name.
func TestReferrers(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko", "ben")
		ctx := w.t.Context()
		must(w.t, w.tree("a", "b<a"))
		must(w.t, w.AddGroups(ctx, w.root, []identity.GroupChange{{Code: "g", Name: new("G")}}))
		r := &referrer{naming: map[string]bool{"ORGANIZATION b": true, "GROUP g": true}}
		w.Refer(r)
		want(w.t, "a rule names one below", outcome("", w.DeleteOrganizations(ctx, w.root, []string{"a"})), "principal.inUse")
		want(w.t, "a rule names it", outcome("", w.DeleteGroups(ctx, w.root, []string{"g"})), "principal.inUse")
		must(w.t, w.RenameUsers(ctx, w.root, []identity.Rename{{From: "aiko", To: "aoki"}}))
		must(w.t, w.RenameOrganizations(ctx, w.root, []identity.Rename{{From: "b", To: "bb"}}))
		must(w.t, w.RenameGroups(ctx, w.root, []identity.Rename{{From: "g", To: "gg"}}))
		must(w.t, w.UpdateUsers(ctx, w.root, []identity.Change{{Code: "ben", NewCode: new("ben")}}))
		must(w.t, w.DeleteUsers(ctx, w.root, []string{"ben"}))
		want(w.t, "told", strings.Join(r.told, " "), "USER:aiko>aoki ORGANIZATION:b>bb GROUP:g>gg USER:ben>deleted:4")
		r.err = errs.E(errs.Conflict, "app.conflict")
		want(w.t, "one who cannot follow", outcome("", w.RenameUsers(ctx, w.root, []identity.Rename{{From: "aoki", To: "aiko"}})), "app.conflict")
		want(w.t, "nothing changed", outcome("found", errOf(w.User(ctx, w.root, "aoki"))), "found")
	})
}
