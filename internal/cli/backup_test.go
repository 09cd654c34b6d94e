package cli

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/config"
	"github.com/engawa/engawa/internal/server"
)

// The two commands as an operator gives them, while a server has the site open. Passphrases take their time, so there are
// few; package backup tries more of them with less work.
func TestBackupAndRestore(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	for name, text := range map[string]string{"right": "correct horse\n", "wrong": "battery staple", "two": "one\ntwo\n"} {
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	open := func(c config.Config) (welcome string) {
		c.BaseURL, c.MailFrom = "http://127.0.0.1", "engawa@example.com"
		s, err := server.New(t.Context(), c, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		if welcome, err = s.Prepare(t.Context()); err != nil {
			t.Fatal(err)
		}
		return welcome
	}
	open(config.Config{Data: at("site"), AdminLogin: "aoki", AdminPassword: "a long password"})
	run := func(args ...string) (int, string) {
		var out bytes.Buffer
		code := Main(args, func(string) string { return "" }, &out, &out)
		return code, out.String()
	}
	for _, tc := range []struct {
		args string
		code int
		says string
	}{
		{"backup --data site plain", ok, "holds 0 records and 0 files"},
		{"backup --data site plain", failed, "replaces nothing"},
		{"backup secret --data site --passphrase-file right", ok, "holds 0 records"},
		{"backup other --data site --passphrase-file two", usage, "one line"},
		{"restore secret --data new", failed, "is encrypted"},
		{"restore secret --data new --passphrase-file wrong", failed, "passphrase is wrong"},
		{"restore plain --data new --passphrase-file wrong", failed, "not encrypted"},
		{"restore right --data new", failed, "not a backup"},
		{"restore plain --data site", failed, "not empty"},
		{"restore plain --data new", ok, "Restored 0 records"},
		{"restore plain --data new", failed, "not empty"},
	} {
		args := strings.Fields(tc.args)
		for i, a := range args[1:] {
			if !strings.HasPrefix(a, "-") {
				args[i+1] = at(a)
			}
		}
		if code, said := run(args...); code != tc.code || !strings.Contains(said, tc.says) {
			t.Errorf("%s: exit %d, said %q; want %d and %q", tc.args, code, said, tc.code, tc.says)
		}
	}
	if welcome := open(config.Config{Data: at("new")}); strings.Contains(welcome, "setup") {
		t.Errorf("the restored site has no administrator: %q", welcome)
	}
	old, _ := os.ReadFile(filepath.Join(at("site"), "secret.key"))
	now, _ := os.ReadFile(filepath.Join(at("new"), "secret.key"))
	if len(old) == 0 || !bytes.Equal(old, now) {
		t.Error("the secret did not come along")
	}
}
