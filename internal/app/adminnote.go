package app

import (
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// AdminNotes are what an app's managers write down for each other.
type AdminNotes struct {
	Content string `json:"content,omitempty"` // clean HTML
	Copied  bool   `json:"copied,omitempty"`  // into templates and duplicates of the app
}

// maxAdminNotes is how long they may be, in characters.
const maxAdminNotes = 10_000

// SetAdminNotes replaces what is written; its HTML is cleaned.
func (s *Settings) SetAdminNotes(content string, p *errs.Fields) {
	if len([]rune(content)) > maxAdminNotes {
		p.Add("content", "param.length", errs.Args{"min": 0, "max": maxAdminNotes})
	}
	s.AdminNotes.Content = field.CleanHTML(content)
}
