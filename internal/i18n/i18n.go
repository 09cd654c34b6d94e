// Package i18n turns message keys into words in the reader's language. The words of the server (errors,
// mails, notices) live in locales/{ja,en}/, a file per room; those of the screens live with the screens, in web/.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
)

// Lang is a language the product speaks.
type Lang string

// The languages. Ja is the default of a new site.
const (
	Ja Lang = "ja"
	En Lang = "en"
)

//go:embed locales
var files embed.FS

var texts = map[Lang]map[string]string{Ja: load(Ja), En: load(En)}

// load panics on a broken file: the files are embedded, so only a build that no test has seen can do so.
func load(l Lang) map[string]string {
	names, err := fs.Glob(files, "locales/"+string(l)+"/*.json")
	if err != nil {
		panic(err)
	}
	all := map[string]string{}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		if err := json.Unmarshal(b, &all); err != nil {
			panic(fmt.Errorf("i18n: %s: %w", name, err))
		}
	}
	return all
}

// T returns the text of key with its {holes} filled from args. An unknown key is returned as it is,
// so that a missing text is seen and not hidden; a test keeps both languages complete.
func T(l Lang, key string, args map[string]any) string {
	s, ok := texts[l][key]
	if !ok {
		if s, ok = texts[En][key]; !ok {
			return key
		}
	}
	if len(args) == 0 || !strings.Contains(s, "{") {
		return s
	}
	pairs := make([]string, 0, 2*len(args))
	for k, v := range args {
		pairs = append(pairs, "{"+k+"}", fmt.Sprint(v))
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// Has reports whether key has words in l.
func Has(l Lang, key string) bool { _, ok := texts[l][key]; return ok }

// Parse returns the language that a user's setting or a cookie names, or fallback when it names none of ours.
func Parse(s string, fallback Lang) Lang {
	switch l, _, _ := strings.Cut(strings.ToLower(s), "-"); Lang(l) {
	case Ja:
		return Ja
	case En:
		return En
	}
	return fallback
}
