// Package config reads how the server is to run, once, from flags and the environment. Its struct is passed on as
// values; no other package reads the environment.
package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
)

// Config is how the server runs. A flag wins over the environment, the environment over the default.
type Config struct {
	// Addr is where the server listens: host:port. --addr, ENGAWA_ADDR; 127.0.0.1:8080.
	Addr string
	// Data is the folder of everything that is kept in files: the embedded database, uploads, mails that were not
	// sent. Made if missing. --data, ENGAWA_DATA; ./data.
	Data string
	// DatabaseURL is postgres://… or empty for SQLite in the data folder. --database, ENGAWA_DATABASE_URL.
	DatabaseURL string
	// BaseURL is what the site is called from outside, without a slash at its end; links in mails begin with it.
	// --base-url, ENGAWA_BASE_URL; http:// and Addr.
	BaseURL string
	// Demo fills an empty site with a demo company. --demo.
	Demo bool
	// SMTPURL is where mails go: smtp://user:password@host:587, or smtps://. Empty leaves them as files in the data
	// folder. ENGAWA_SMTP_URL.
	SMTPURL string
	// MailFrom is the sender of mails. ENGAWA_MAIL_FROM; engawa@ and the host of BaseURL.
	MailFrom string
	// AdminLogin and AdminPassword make the first administrator of an empty site. ENGAWA_ADMIN_LOGIN,
	// ENGAWA_ADMIN_PASSWORD; both or none.
	AdminLogin, AdminPassword string
	// Secret is what the addresses of record links are derived from, of 32 characters or more; the same on all servers of
	// a database. ENGAWA_SECRET; empty: made once and kept in the data folder.
	Secret string
	// TrustedProxies are the peers whose X-Forwarded-For is believed, addresses or networks between commas; none by
	// default. --trusted-proxies, ENGAWA_TRUSTED_PROXIES.
	TrustedProxies []netip.Prefix
	// OutboundAllow are networks that webhooks may reach although they are not public, addresses or networks between
	// commas; none by default. --outbound-allow, ENGAWA_OUTBOUND_ALLOW.
	OutboundAllow []netip.Prefix
	// MetricsToken lets a reader from elsewhere than this machine see /metrics, as a bearer token. Empty: nobody.
	// ENGAWA_METRICS_TOKEN.
	MetricsToken string
	// LogFormat is text or json. --log-format, ENGAWA_LOG_FORMAT; text.
	LogFormat string
	// LogLevel is debug (with every request), info, warn or error. --log-level, ENGAWA_LOG_LEVEL; info.
	LogLevel string
}

// UsageError is a mistake on the command line or in the environment: exit code 2.
type UsageError struct{ msg string }

func (e *UsageError) Error() string { return e.msg }

// ErrHelp says that help was asked for; Usage has it.
var ErrHelp = flag.ErrHelp

// Parse reads the arguments of the serve command and the environment.
//
// Errors: *UsageError, one for the first thing that is wrong; ErrHelp.
func Parse(args []string, getenv func(string) string) (Config, error) {
	var c Config
	var lists networks
	set := flags(&c, &lists, getenv)
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return Config{}, ErrHelp
		}
		return Config{}, &UsageError{err.Error()}
	}
	if set.NArg() > 0 {
		return Config{}, &UsageError{fmt.Sprintf("unexpected argument %q", set.Arg(0))}
	}
	c.SMTPURL, c.MailFrom = getenv("ENGAWA_SMTP_URL"), getenv("ENGAWA_MAIL_FROM")
	c.AdminLogin, c.AdminPassword = getenv("ENGAWA_ADMIN_LOGIN"), getenv("ENGAWA_ADMIN_PASSWORD")
	c.MetricsToken, c.Secret = getenv("ENGAWA_METRICS_TOKEN"), getenv("ENGAWA_SECRET")
	if err := c.complete(lists); err != nil {
		return Config{}, &UsageError{err.Error()}
	}
	return c, nil
}

// Usage writes the flags of the serve command.
func Usage(w io.Writer) {
	var c Config
	var lists networks
	set := flags(&c, &lists, func(string) string { return "" })
	set.SetOutput(w)
	set.PrintDefaults()
}

// networks are lists of addresses and networks as they are written.
type networks struct{ proxies, outbound string }

func flags(c *Config, lists *networks, getenv func(string) string) *flag.FlagSet {
	set, text := newSet("serve", getenv)
	text(&c.Addr, "addr", "ENGAWA_ADDR", "127.0.0.1:8080", "listen on this host:port")
	place(c, text)
	text(&c.BaseURL, "base-url", "ENGAWA_BASE_URL", "", "address of the site from outside, e.g. https://engawa.example.com")
	text(&lists.proxies, "trusted-proxies", "ENGAWA_TRUSTED_PROXIES", "", "believe X-Forwarded-For of these addresses or networks")
	text(&lists.outbound, "outbound-allow", "ENGAWA_OUTBOUND_ALLOW", "", "let webhooks reach these addresses or networks although they are not public")
	text(&c.LogFormat, "log-format", "ENGAWA_LOG_FORMAT", "text", "text or json")
	text(&c.LogLevel, "log-level", "ENGAWA_LOG_LEVEL", "info", "debug, info, warn or error")
	set.BoolVar(&c.Demo, "demo", false, "fill an empty site with a demo company")
	return set
}

// texts adds a flag whose default is a variable, or else a value.
type texts func(to *string, name, variable, value, usage string)

func newSet(command string, getenv func(string) string) (*flag.FlagSet, texts) {
	set := flag.NewFlagSet(command, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	return set, func(to *string, name, variable, value, usage string) {
		if v := getenv(variable); v != "" {
			value = v
		}
		set.StringVar(to, name, value, usage+" ("+variable+")")
	}
}

// place adds the flags that say where a site is.
func place(c *Config, text texts) {
	text(&c.Data, "data", "ENGAWA_DATA", "./data", "keep files in this folder")
	text(&c.DatabaseURL, "database", "ENGAWA_DATABASE_URL", "", "postgres:// address; empty is SQLite in the data folder")
}

// complete checks c and fills in what follows from the rest.
func (c *Config) complete(lists networks) (err error) {
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return fmt.Errorf("--addr %q: want host:port", c.Addr)
	}
	if err := c.completePlace(); err != nil {
		return err
	}
	if err := c.completeBase(); err != nil {
		return err
	}
	if c.SMTPURL != "" && !hasScheme(c.SMTPURL, "smtp", "smtps") {
		return errors.New("ENGAWA_SMTP_URL: want smtp://… or smtps://…")
	}
	if (c.AdminLogin == "") != (c.AdminPassword == "") {
		return errors.New("ENGAWA_ADMIN_LOGIN and ENGAWA_ADMIN_PASSWORD: want both or none")
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		return fmt.Errorf("--log-format %q: want text or json", c.LogFormat)
	}
	switch c.LogLevel {
	case "debug", "info", "warn", "error":
	default:
		return fmt.Errorf("--log-level %q: want debug, info, warn or error", c.LogLevel)
	}
	if c.TrustedProxies, err = prefixes("--trusted-proxies", lists.proxies); err != nil {
		return err
	}
	c.OutboundAllow, err = prefixes("--outbound-allow", lists.outbound)
	return err
}

// completePlace settles where the site is.
func (c *Config) completePlace() error {
	if c.Data == "" {
		return errors.New("--data: want a folder")
	}
	c.Data = filepath.Clean(c.Data)
	if c.DatabaseURL != "" && !hasScheme(c.DatabaseURL, "postgres", "postgresql") {
		return errors.New("--database: want postgres://…, or nothing for SQLite") // the address holds a password: not shown
	}
	if c.Secret != "" && len(c.Secret) < 32 {
		return errors.New("ENGAWA_SECRET: want 32 characters or more")
	}
	return nil
}

// completeBase settles BaseURL and MailFrom.
func (c *Config) completeBase() error {
	if c.BaseURL == "" {
		host, port, _ := net.SplitHostPort(c.Addr)
		if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
			host = "127.0.0.1"
		}
		c.BaseURL = "http://" + net.JoinHostPort(host, port)
	}
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
		return fmt.Errorf("--base-url %q: want http(s)://host, without a path", c.BaseURL)
	}
	c.BaseURL = u.Scheme + "://" + u.Host
	if c.MailFrom == "" {
		c.MailFrom = "engawa@" + u.Hostname()
	}
	return nil
}

// HTTPS reports whether the site is reached by https.
func (c Config) HTTPS() bool { return strings.HasPrefix(c.BaseURL, "https://") }

func hasScheme(address string, schemes ...string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	for _, s := range schemes {
		if u.Scheme == s {
			return true
		}
	}
	return false
}

func prefixes(flag, list string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for item := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		p, err := netip.ParsePrefix(item)
		if ip, ipErr := netip.ParseAddr(item); ipErr == nil {
			p, err = netip.PrefixFrom(ip, ip.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %q is neither an address nor a network", flag, item)
		}
		all = append(all, p.Masked())
	}
	return all, nil
}
