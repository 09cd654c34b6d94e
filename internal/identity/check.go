package identity

import (
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/errs"
)

// The limits of texts, in characters.
const (
	maxCode = 128
	maxText = 128
	maxMail = 254
	maxLong = 1000
)

// maxItems is how many custom items a user may have.
const maxItems = 100

// checkCode notes what is wrong with a login name.
func checkCode(p *errs.Fields, path, code string) {
	switch {
	case code == "":
		p.Add(path, "user.required")
	case utf8.RuneCountInString(code) > maxCode:
		p.Add(path, "user.tooLong", errs.Args{"max": maxCode})
	case !utf8.ValidString(code) || strings.TrimSpace(code) != code || strings.ContainsFunc(code, badInCode):
		p.Add(path, "user.code.invalid")
	}
}

// badInCode finds what would break the password header (a colon), lists of codes (a comma), queries or the eye. Blanks may
// stand inside.
// Source: kintone product behaviour, login names.
func badInCode(r rune) bool {
	return strings.ContainsRune(`\[]":;<>,/`, r) || unicode.IsSpace(r) && !unicode.Is(unicode.Zs, r) || invisible(r)
}

// invisible finds control and direction characters.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError || unicode.Is(unicode.Cs, r)
}

// checkText notes what is wrong with a text of one line.
func checkText(p *errs.Fields, path, text string, required bool) {
	switch {
	case required && strings.TrimSpace(text) == "":
		p.Add(path, "user.required")
	case utf8.RuneCountInString(text) > maxText:
		p.Add(path, "user.tooLong", errs.Args{"max": maxText})
	case strings.ContainsFunc(text, invisible):
		p.Add(path, "user.text.invalid")
	}
}

func checkMail(p *errs.Fields, path, address string) {
	if address == "" {
		return
	}
	a, err := mail.ParseAddress(address)
	if err != nil || a.Address != address || len(address) > maxMail || strings.ContainsFunc(address, invisible) {
		p.Add(path, "user.email.invalid")
	}
}

func checkLocale(p *errs.Fields, path, locale string, auto bool) {
	if locale != "ja" && locale != "en" && !(auto && locale == "auto") {
		p.Add(path, "user.locale.invalid")
	}
}

func checkZone(p *errs.Fields, path, name string) {
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		p.Add(path, "user.timezone.invalid")
	}
}

// check notes everything that is wrong with a under a path that ends in a dot or is empty.
func (a *account) check(p *errs.Fields, path string) {
	checkCode(p, path+"code", a.Code)
	checkText(p, path+"name", a.Name, true)
	checkMail(p, path+"email", a.Email)
	checkLocale(p, path+"locale", a.Locale, true)
	checkZone(p, path+"timezone", a.Timezone)
	a.Profile.check(p, path)
}

func (f *Profile) check(p *errs.Fields, path string) {
	for _, text := range []struct{ name, value string }{
		{"surName", f.SurName}, {"givenName", f.GivenName},
		{"surNameReading", f.SurNameReading}, {"givenNameReading", f.GivenNameReading},
		{"localName", f.LocalName},
		{"phone", f.Phone}, {"mobilePhone", f.MobilePhone}, {"extensionNumber", f.ExtensionNumber},
		{"callto", f.CallTo}, {"employeeNumber", f.EmployeeNumber},
	} {
		checkText(p, path+text.name, text.value, false)
	}
	checkLocalLocale(p, path+"localNameLocale", f.LocalNameLocale)
	for _, day := range []struct{ name, value string }{{"birthDate", f.BirthDate}, {"joinDate", f.JoinDate}} {
		if _, err := time.Parse(time.DateOnly, day.value); day.value != "" && err != nil {
			p.Add(path+day.name, "user.date.invalid")
		}
	}
	if u := strings.ToLower(f.URL); u != "" && !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
		p.Add(path+"url", "user.url.invalid")
	}
	checkLong(p, path+"description", f.Description)
	checkLong(p, path+"url", f.URL)
	f.checkItems(p, path+"customItemValues")
}

// checkItems notes what is wrong with the custom items.
func (f *Profile) checkItems(p *errs.Fields, path string) {
	if len(f.CustomItems) > maxItems {
		p.Add(path, "user.size", errs.Args{"min": 0, "max": maxItems})
	}
	seen := map[string]bool{}
	for i, item := range f.CustomItems {
		checkText(p, at(path, i)+".code", item.Code, true)
		checkLong(p, at(path, i)+".value", item.Value)
		if seen[item.Code] {
			p.Add(at(path, i)+".code", "unit.twice", errs.Args{"code": item.Code})
		}
		seen[item.Code] = true
	}
}

// checkLong notes what is wrong with a text of many lines.
func checkLong(p *errs.Fields, path, text string) {
	if utf8.RuneCountInString(text) > maxLong || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		p.Add(path, "user.tooLong", errs.Args{"max": maxLong})
	}
}

// checkUnitCode notes what is wrong with the code of an organisation, a group or a title.
func checkUnitCode(p *errs.Fields, path, code string) {
	switch {
	case strings.TrimSpace(code) == "":
		p.Add(path, "user.required")
	case utf8.RuneCountInString(code) > maxCode:
		p.Add(path, "user.tooLong", errs.Args{"max": maxCode})
	case strings.TrimSpace(code) != code || strings.ContainsFunc(code, badInUnitCode) || strings.HasPrefix(code, "guest/"):
		p.Add(path, "unit.code.invalid")
	}
}

// badInUnitCode finds what would break lists of codes, queries or the eye. "*" alone means "as it was" in files.
func badInUnitCode(r rune) bool {
	return r == ',' || r == '"' || r == '\\' || r == '*' || r == '<' || r == '>' || invisible(r)
}

// checkLocalLocale notes a language for other names that there is not.
// Source: cybozu.com, localised names.
func checkLocalLocale(p *errs.Fields, path, locale string) {
	if !slices.Contains([]string{"", "ja", "en", "zh", "zh-CN", "zh-TW"}, locale) {
		p.Add(path, "unit.localLocale")
	}
}
