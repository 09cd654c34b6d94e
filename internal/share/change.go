package share

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/text"
)

// Change is what a link is to be. What is nil stays as it is, or, for a new link, is nothing.
type Change struct {
	Title       *string
	Fields      *[]string  // codes of top-level fields; a table comes with the columns it has now
	Password    *string    // "" is none
	ExpiresAt   *time.Time // zero is never
	MayComment  *bool
	MayDownload *bool
}

// The limits of what staff type, in characters and bytes.
const (
	maxTitle    = 200
	minPassword = 6
	maxPassword = 256
)

// apply sets on l what c says, as far as lens shows it, and reports what is wrong. The password is for the caller,
// because hashing takes long.
func (c Change) apply(l *Link, lens access.Lens, now time.Time, p *errs.Fields) {
	if c.Title != nil {
		l.Title = text.OneLine(*c.Title)
		if utf8.RuneCountInString(l.Title) > maxTitle {
			p.Add("title", "share.length", errs.Args{"max": maxTitle})
		}
	}
	if c.Fields != nil {
		l.Fields = chosen(*c.Fields, lens, p)
	}
	if c.ExpiresAt != nil && !c.ExpiresAt.Equal(l.ExpiresAt) {
		l.ExpiresAt = c.ExpiresAt.UTC().Truncate(time.Millisecond)
		if !c.ExpiresAt.IsZero() && !now.Before(l.ExpiresAt) {
			p.Add("expiresAt", "share.past")
		}
	}
	if c.MayComment != nil {
		l.MayComment = *c.MayComment
	}
	if c.MayDownload != nil {
		l.MayDownload = *c.MayDownload
	}
	if c.Password != nil && *c.Password != "" {
		if n := utf8.RuneCountInString(*c.Password); n < minPassword || len(*c.Password) > maxPassword {
			p.Add("password", "share.passwordLength", errs.Args{"min": minPassword, "max": maxPassword})
		}
	}
}

// chosen returns the ids of fields and of the columns that tables among them show. What lens does not show is unknown.
func chosen(codes []string, lens access.Lens, p *errs.Fields) []id.Field {
	var list []id.Field
	for i, code := range codes {
		sight, ok := lens.Sight(code)
		if !ok || sight.Table != nil || sight.Field.Kind().Storage() == field.None {
			p.Add("fields["+strconv.Itoa(i)+"]", "share.unknownField", errs.Args{"code": code})
			continue
		}
		list = append(list, sight.Field.ID)
		for _, column := range lens.Inner(sight.Field) {
			list = append(list, column.ID)
		}
	}
	return list
}

// codes are the top-level fields among list that lens shows, in form order.
func codes(list []id.Field, lens access.Lens) []string {
	in := set(list)
	out := []string{}
	for _, f := range lens.Fields() {
		if in[f.ID] {
			out = append(out, f.Code)
		}
	}
	return out
}

// seesAll reports whether lens shows every field of list that is still in the form.
func seesAll(list []id.Field, form []*field.Field, lens access.Lens) bool {
	in := set(list)
	for _, f := range form {
		for _, g := range append([]*field.Field{f}, f.Fields...) {
			if _, visible := lens.Sight(g.Code); in[g.ID] && !visible {
				return false
			}
		}
	}
	return true
}

func set(list []id.Field) map[id.Field]bool {
	in := make(map[id.Field]bool, len(list))
	for _, f := range list {
		in[f] = true
	}
	return in
}
