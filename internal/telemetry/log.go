// Package telemetry lets operators see what the server does: structured logs, and metrics for Prometheus. It counts
// and times; it never holds a record's value, a secret or a name.
package telemetry

import (
	"io"
	"log/slog"
	"strings"
	"unicode"
)

// NewLog returns a logger that writes lines of format text or json to w, from level (debug, info, warn, error) on.
// Control characters in texts cannot begin a line of their own or steer a terminal, in either format.
func NewLog(w io.Writer, format, level string) *slog.Logger {
	var from slog.Level
	if err := from.UnmarshalText([]byte(level)); err != nil {
		from = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: from, ReplaceAttr: plain}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// secret are attribute names whose values are not for the log, should one ever be put there by mistake.
var secret = []string{"password", "token", "secret", "cookie", "authorization"}

// plain keeps attributes harmless.
func plain(_ []string, a slog.Attr) slog.Attr {
	for _, s := range secret {
		if a.Value.Kind() == slog.KindString && strings.EqualFold(a.Key, s) {
			return slog.String(a.Key, "[hidden]")
		}
	}
	if a.Value.Kind() == slog.KindString && strings.ContainsFunc(a.Value.String(), unprintable) {
		a.Value = slog.StringValue(strings.Map(func(r rune) rune {
			if unprintable(r) {
				return '\ufffd'
			}
			return r
		}, a.Value.String()))
	}
	return a
}

// unprintable finds what would act on a terminal. Line breaks stay: both formats escape them, and stacks need them.
func unprintable(r rune) bool {
	return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r))
}
