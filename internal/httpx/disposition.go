package httpx

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFileName is the longest file name sent, in bytes; common file systems take no more.
const maxFileName = 240

// Disposition returns a Content-Disposition header for a file that a user named: "attachment", or "inline" when
// the caller knows that its content cannot run. Browsers take the UTF-8 form, old clients the ASCII one.
// Sources: RFC 6266, RFC 5987.
func Disposition(inline bool, name string) string {
	kind := "attachment"
	if inline {
		kind = "inline"
	}
	name = SafeFileName(name)
	var ascii, utf strings.Builder
	for _, r := range name {
		if r < 0x20 || r > 0x7e || strings.ContainsRune(`"\%`, r) {
			ascii.WriteByte('_')
		} else {
			ascii.WriteRune(r)
		}
	}
	const hex = "0123456789ABCDEF"
	for i := range len(name) {
		if c := name[i]; isAttrChar(c) {
			utf.WriteByte(c)
		} else {
			utf.WriteByte('%')
			utf.WriteByte(hex[c>>4])
			utf.WriteByte(hex[c&15])
		}
	}
	return kind + `; filename="` + ascii.String() + `"; filename*=UTF-8''` + utf.String()
}

// SafeFileName returns name as it may be offered for saving on any system: its last path element, without
// control and direction characters, not hidden, not a device, at most 240 bytes with its extension kept.
// Nothing left gives "file".
func SafeFileName(name string) string {
	name = strings.ToValidUTF8(name, "_")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == utf8.RuneError, r == '\u2028', r == '\u2029':
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimLeft(name, " ."), " .")
	ext := path.Ext(name)
	base := strings.TrimSuffix(name, ext)
	if isDevice(base) {
		base = "_" + base
	}
	if len(ext) > maxFileName/2 {
		base, ext = base+ext, ""
	}
	for len(base)+len(ext) > maxFileName {
		_, size := utf8.DecodeLastRuneInString(base)
		base = base[:len(base)-size]
	}
	if base+ext == "" {
		return "file"
	}
	return base + ext
}

// isDevice reports whether Windows would open a device instead of a file of this name.
func isDevice(base string) bool {
	base, _, _ = strings.Cut(strings.ToUpper(base), ".")
	switch base {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(base) == 4 && (strings.HasPrefix(base, "COM") || strings.HasPrefix(base, "LPT")) && '0' <= base[3] && base[3] <= '9'
}

// isAttrChar is attr-char of RFC 5987.
func isAttrChar(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("!#$&+-.^_`|~", c) >= 0
}
