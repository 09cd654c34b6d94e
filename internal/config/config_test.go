package config

import (
	"errors"
	"strings"
	"testing"
)

func parse(args, env string) (Config, error) {
	vars := map[string]string{}
	for _, line := range strings.Fields(env) {
		name, value, _ := strings.Cut(line, "=")
		vars[name] = value
	}
	return Parse(strings.Fields(args), func(name string) string { return vars[name] })
}

func TestDefaults(t *testing.T) {
	c, err := parse("", "")
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "127.0.0.1:8080" || c.Data != "data" || c.BaseURL != "http://127.0.0.1:8080" || c.MailFrom != "engawa@127.0.0.1" ||
		c.DatabaseURL != "" || c.Demo || c.TrustedProxies != nil || c.OutboundAllow != nil || c.HTTPS() || c.LogFormat != "text" {
		t.Errorf("%+v", c)
	}
}

func TestFlagsWinOverTheEnvironment(t *testing.T) {
	c, err := parse("--addr :9000 --demo --database postgres://a/b --trusted-proxies 10.0.0.0/8,::1 --outbound-allow 192.168.7.0/24",
		"ENGAWA_ADDR=x ENGAWA_DATA=/srv/e/ ENGAWA_BASE_URL=https://e.example.com/ ENGAWA_ADMIN_LOGIN=a ENGAWA_ADMIN_PASSWORD=b ENGAWA_METRICS_TOKEN=t")
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != ":9000" || c.Data != "/srv/e" || c.BaseURL != "https://e.example.com" || !c.HTTPS() || !c.Demo ||
		c.DatabaseURL != "postgres://a/b" || len(c.TrustedProxies) != 2 || len(c.OutboundAllow) != 1 || c.AdminLogin != "a" || c.MetricsToken != "t" ||
		c.MailFrom != "engawa@e.example.com" {
		t.Errorf("%+v", c)
	}
}

func TestBadInputIsAUsageError(t *testing.T) {
	for _, tc := range []struct{ args, env, want string }{
		{"--addr 8080", "", "host:port"},
		{"--nothing", "", "nothing"},
		{"extra", "", "extra"},
		{"--database mysql://u:secret@h/d", "", "want postgres://"},
		{"--database postgres:secret", "", "want postgres://"},
		{"--base-url example.com", "", "want http(s)://host"},
		{"--base-url https://a/b", "", "without a path"},
		{"--trusted-proxies proxy", "", "proxy"},
		{"", "ENGAWA_OUTBOUND_ALLOW=localhost", "localhost"},
		{"--log-format xml", "", "text or json"},
		{"--log-level loud", "", "debug"},
		{"", "ENGAWA_SMTP_URL=mail.example.com", "smtp://"},
		{"", "ENGAWA_ADMIN_LOGIN=a", "both or none"},
	} {
		_, err := parse(tc.args, tc.env)
		var usage *UsageError
		if !errors.As(err, &usage) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s %s: %v, want a usage error with %q", tc.args, tc.env, err, tc.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error tells a secret: %v", tc.args, err)
		}
	}
	if _, err := parse("--help", ""); !errors.Is(err, ErrHelp) {
		t.Errorf("--help: %v", err)
	}
	var usage strings.Builder
	if Usage(&usage); !strings.Contains(usage.String(), "ENGAWA_ADDR") {
		t.Errorf("usage:\n%s", usage.String())
	}
}
