package cli

import (
	"bytes"
	"strings"
	"testing"
)

func TestExitCodesAndWords(t *testing.T) {
	data := t.TempDir()
	for _, tc := range []struct {
		name string
		args []string
		env  map[string]string
		code int
		says string
	}{
		{"no command", nil, nil, ok, "engawa serve"},
		{"version", []string{"version"}, nil, ok, "dev"},
		{"help of serve", []string{"serve", "--help"}, nil, ok, "ENGAWA_DATA"},
		{"unknown command", []string{"fly"}, nil, usage, `unknown command "fly"`},
		{"bad flag", []string{"serve", "--addr", "nowhere"}, nil, usage, "host:port"},
		{"half an administrator", []string{"serve"}, map[string]string{"ENGAWA_ADMIN_LOGIN": "aoki"}, usage, "both or none"},
		{"help of backup", []string{"backup", "--help"}, nil, ok, "ENGAWA_PASSPHRASE_FILE"},
		{"help of restore", []string{"restore", "-h"}, nil, ok, "empty data folder"},
		{"backup into nothing", []string{"backup", "--data", data}, nil, usage, "name of the file"},
		{"restore of two files", []string{"restore", "a", "--data", data, "b"}, nil, usage, `unexpected argument "b"`},
		{"backup with another database", []string{"backup", "a", "--database", "mysql://secret@h/d"}, nil, usage, "want postgres://"},
		{"no passphrase", []string{"backup", "a", "--passphrase-file", data + "/none"}, nil, usage, "--passphrase-file"},
		{"backup of nothing", []string{"backup", data + "/a", "--data", data + "/none"}, nil, failed, "there is no site"},
		{"restore of nothing", []string{"restore", data + "/a", "--data", data + "/none"}, nil, failed, "no such file"},
		{"weak password", []string{"serve", "--addr", "127.0.0.1:0", "--data", data},
			map[string]string{"ENGAWA_ADMIN_LOGIN": "aoki", "ENGAWA_ADMIN_PASSWORD": "x"}, failed, "at least 8 characters"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var out bytes.Buffer
			code := Main(tc.args, func(k string) string { return tc.env[k] }, &out, &out)
			if code != tc.code || !strings.Contains(out.String(), tc.says) {
				t.Errorf("exit %d, said %q; want %d and %q", code, out.String(), tc.code, tc.says)
			}
		})
	}
}
