package record_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// input reads a record as the API's JSON.
func input(t testing.TB, text string) record.Input {
	t.Helper()
	var in record.Input
	if err := json.Unmarshal([]byte(text), &in); err != nil {
		t.Fatal(err)
	}
	return in
}

// get is a record as somebody sees it, or the key of an error.
func get(t *testing.T, who world.Person, a *world.App, n id.Record) string {
	t.Helper()
	found, err := who.Set(a).Get(t.Context(), n)
	if err != nil {
		return world.Outcome(err)
	}
	return string(found.JSON)
}

// update changes a record as somebody, and says how that went.
func update(t *testing.T, who world.Person, a *world.App, n id.Record, text string) string {
	t.Helper()
	_, err := who.Set(a).Update(t.Context(), []record.Change{{ID: n, Record: input(t, text), Revision: record.AnyRevision}}, false, "record")
	return world.Outcome(err)
}

// must ends the test unless an outcome is ok.
func must(t *testing.T, outcome string) {
	t.Helper()
	if outcome != "ok" {
		t.Fatal(outcome)
	}
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %s, want %s", what, got, want)
	}
}

func contains(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s: no %s in %s", what, part, text)
		}
	}
}

func lacks(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(text, part) {
			t.Errorf("%s: %s in %s", what, part, text)
		}
	}
}
