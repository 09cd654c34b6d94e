package app_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/world"
)

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %s, want %s", what, got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(world.Outcome(err))
	}
}

// open is an app as somebody may handle it.
func open(t *testing.T, w *world.World, who world.Person, a *world.App) *app.Handle {
	t.Helper()
	h, err := w.Apps.Open(t.Context(), who.Actor(), a.ID)
	must(t, err)
	return h
}

// edit changes the preview settings as root, and says how that went.
func edit(t *testing.T, w *world.World, a *world.App, fn func(s *app.Settings, p *errs.Fields) error) string {
	t.Helper()
	_, err := open(t, w, w.Root, a).Edit(t.Context(), app.AnyRevision, fn)
	return world.Outcome(err)
}

func deploy(ctx context.Context, w *world.World, who access.Actor, a *world.App) string {
	return world.Outcome(w.Apps.Deploy(ctx, who, []app.Deployment{{App: a.ID, Revision: app.AnyRevision}}))
}

// defs reads field definitions as the API has them.
func defs(t *testing.T, text string) map[string]app.Definition {
	t.Helper()
	var d map[string]app.Definition
	must(t, json.Unmarshal([]byte(text), &d))
	return d
}

func values(t *testing.T, w *world.World, a *world.App, query string) string {
	t.Helper()
	page, err := w.Root.Set(a).Query(t.Context(), query, nil, false)
	if err != nil {
		return world.Outcome(err)
	}
	var list []string
	for _, r := range page.Records {
		list = append(list, string(r.JSON))
	}
	return strings.Join(list, "\n")
}
