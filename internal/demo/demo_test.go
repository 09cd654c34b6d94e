package demo_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/demo"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/space"
	"github.com/engawa/engawa/migrations"
)

// shared notes what the demo shares.
type shared struct{ fields, answer string }

func (l *shared) Publish(_ context.Context, _ access.Actor, _ id.App, _ id.Record, fields []string, _ time.Time) (string, error) {
	l.fields = strings.Join(fields, " ")
	return "token", nil
}

func (l *shared) Answer(_ context.Context, token, name, _ string) error {
	l.answer = token + " " + name
	return nil
}

func fill(t *testing.T, d *db.DB, links *shared, admin demo.Account) (demo.Parts, demo.Result) {
	t.Helper()
	people, err := identity.New(t.Context(), d, identity.Options{HashMemory: 64, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	files := file.New(d, blobs)
	p := demo.Parts{People: people, Apps: app.New(d, record.Tables{}, people, files, space.New(d, people, files)), Files: files, Links: links, Now: d.Now()}
	p.Records = record.New(d, p.Apps, p.Files, people)
	r, err := demo.Fill(t.Context(), p, admin)
	if err != nil {
		t.Fatal(err)
	}
	return p, r
}

func actor(t *testing.T, p demo.Parts, login string) access.Actor {
	t.Helper()
	dir, err := p.People.Directory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	u, _ := dir.UserByCode(login)
	who, ok, err := p.People.ActAs(t.Context(), u.ID)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return who
}

func TestTheDemo(t *testing.T) {
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		o.Clock = func() time.Time { return time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC) } // on the first of a month, a view is empty
		d := dbtest.OpenOptions(t, migrations.FS, o)
		var links shared
		p, r := fill(t, d, &links, demo.Account{})
		if r.Token != "token" || links.answer != "token みどり設計 山本" || strings.Contains(links.fields, "粗利") {
			t.Errorf("shared %+v", links)
		}
		seen := map[string]bool{}
		for i, a := range r.Accounts {
			if seen[a.Password] || len(a.Password) < 12 || a.Admin != (i == 0) {
				t.Errorf("account %s has no good password of its own", a.Login)
			}
			seen[a.Password] = true
		}
		aoki, sato := actor(t, p, "aoki"), actor(t, p, "sato")
		apps, err := p.Apps.List(t.Context(), sato, app.Filter{}, false)
		if err != nil || len(apps) != 5 {
			t.Fatalf("%d apps, %v", len(apps), err)
		}
		hidden := 0
		for _, a := range apps {
			hers, err := p.Records.Open(t.Context(), sato, a.ID)
			if err != nil {
				t.Fatal(err)
			}
			his, err := p.Records.Open(t.Context(), aoki, a.ID)
			if err != nil {
				t.Fatal(err)
			}
			hidden += len(his.Lens().Fields()) - len(hers.Lens().Fields())
			for _, v := range hers.App().Settings.Views {
				page, err := hers.Query(t.Context(), v.Filter+" order by "+v.Sort, nil, true)
				if err != nil || page.Total == 0 {
					t.Errorf("%s, %s: %d records, %v", a.Name, v.Name, page.Total, err)
				}
			}
		}
		if hidden != 3 {
			t.Errorf("%d fields are hidden from sato", hidden)
		}
	})
}

func TestTheDemoHasDepartments(t *testing.T) {
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		p, _ := fill(t, dbtest.OpenOptions(t, migrations.FS, o), &shared{}, demo.Account{Login: "boss", Password: "correct horse 1"})
		dir, err := p.People.Directory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if all := dir.Members(identity.KindOrganization, "head", true); len(all) != 6 {
			t.Errorf("in the company: %v", all)
		}
		if who := actor(t, p, "boss"); len(who.Organizations()) != 1 || who.Organizations()[0].Code != "office" || len(who.Above()) != 1 {
			t.Errorf("the administrator: %v below %v", who.Organizations(), who.Above())
		}
	})
}

func TestTheAdministratorMayBeGiven(t *testing.T) {
	p, r := fill(t, dbtest.Open(t, migrations.FS), &shared{}, demo.Account{Login: "boss", Password: "correct horse"})
	if a := r.Accounts[0]; a.Login != "boss" || a.Password != "correct horse" || !actor(t, p, "boss").Admin() {
		t.Errorf("%+v", a)
	}
}
