package share

import "strings"

// Names of devices and browsers as they appear in user agents, the telling ones first: others pretend to be those below.
var (
	machines = []struct{ in, name string }{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "ChromeOS"},
		{"Windows", "Windows"}, {"Macintosh", "Mac"}, {"Linux", "Linux"},
	}
	browsers = []struct{ in, name string }{
		{" Line/", "LINE"}, {"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"},
		{"FxiOS", "Firefox"}, {"Firefox", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"},
	}
)

// device says in a few words what a user agent is, the same in every language: "iPhone Safari"; "" for what is not a
// browser.
func device(agent string) string {
	var words []string
	for _, list := range [][]struct{ in, name string }{machines, browsers} {
		for _, d := range list {
			if strings.Contains(agent, d.in) {
				words = append(words, d.name)
				break
			}
		}
	}
	return strings.Join(words, " ")
}
