package server

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/config"
)

// The passwords of the demo stay while its address may change from one start to the next.
func TestTheDemoIsAtItsPresentAddress(t *testing.T) {
	folder := t.TempDir()
	start := func(base string) string {
		s := &Server{config: config.Config{Data: folder, BaseURL: base}}
		welcome, err := s.fillDemo(t.Context(), false)
		if err != nil {
			t.Fatal(err)
		}
		return welcome
	}
	if got := start("http://127.0.0.1:8080"); got != "" {
		t.Errorf("a site that is no demo: %q", got)
	}
	const words = "\nThe demo company is X. Log in at BASE/login as\n  aoki  password http://x\nWhat a customer sees who was sent a record:\n  BASE/s/secret\n\n"
	at := func(base string) string { return strings.ReplaceAll(words, "BASE", base) }
	note := filepath.Join(folder, demoNote)
	if err := os.WriteFile(note, []byte(at("http://127.0.0.1:8080")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, base := range []string{"http://127.0.0.1:8080", "http://127.0.0.1:23456", "https://engawa.example.com", "http://127.0.0.1:8080"} {
		if got := start(base); got != at(base) {
			t.Errorf("at %s: %s", base, got)
		}
		if kept, err := os.ReadFile(note); err != nil || string(kept) != at(base) {
			t.Errorf("the note, at %s: %s %v", base, kept, err)
		}
	}
}
