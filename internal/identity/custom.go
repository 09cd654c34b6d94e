package identity

import (
	"github.com/engawa/engawa/internal/id"
)

// CustomItem reports whether anybody's profile has a custom item with a code.
func (d Directory) CustomItem(code string) bool {
	for _, a := range d.d.order {
		if a.Profile.CustomItem(code) != "" {
			return true
		}
	}
	return false
}

// CustomUser returns whom a custom item of a user's profile names by login name: his superior, for example. ok is false when
// it names nobody.
func (d Directory) CustomUser(of id.User, item string) (user id.User, ok bool) {
	a := d.d.byID[of]
	if a == nil {
		return 0, false
	}
	named := d.d.byCode[foldCode(a.Profile.CustomItem(item))]
	if named == nil {
		return 0, false
	}
	return named.ID, true
}
