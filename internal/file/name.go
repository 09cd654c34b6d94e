package file

import (
	"path"
	"strings"
	"unicode"
)

// cleanName is a file's name as people see it: no folders, no characters that hide or reverse others, at most 255
// characters with its extension kept. It is only shown and offered for download; content is stored under keys of ours.
func cleanName(name string) string {
	name = strings.ToValidUTF8(name, "_")
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200d' {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	if name == "" || name == "/" {
		return ""
	}
	if r := []rune(name); len(r) > 255 {
		ext := []rune(path.Ext(name))
		if len(ext) > 20 {
			ext = nil
		}
		name = string(r[:255-len(ext)]) + string(ext)
	}
	return name
}
