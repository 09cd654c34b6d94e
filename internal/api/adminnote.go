package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
)

func (a *API) adminNoteRoutes() []Route {
	return append(both("app/adminNotes.json", a.getAdminNotes), route("PUT", "/k/v1/preview/app/adminNotes.json", a.setAdminNotes))
}

type adminNotesOut struct {
	Content  string `json:"content"`
	Copied   bool   `json:"includeInTemplateAndDuplicates"`
	Revision string `json:"revision"`
}

// getAdminNotes answers GET /k/v1/app/adminNotes.json and its preview.
func (a *API) getAdminNotes(ctx context.Context, who access.Actor, in appInfoIn, preview bool) (adminNotesOut, error) {
	st, err := a.managed(ctx, who, settingsIn{App: in.App}, preview)
	if err != nil {
		return adminNotesOut{}, err
	}
	return adminNotesOut{st.AdminNotes.Content, st.AdminNotes.Copied, st.RevisionText()}, nil
}

type setAdminNotesIn struct {
	App      Int   `json:"app"`
	Content  *Text `json:"content"`
	Copied   Bool  `json:"includeInTemplateAndDuplicates"`
	Revision Int   `json:"revision"`
}

// setAdminNotes answers PUT /k/v1/preview/app/adminNotes.json: what is not mentioned stays.
func (a *API) setAdminNotes(ctx context.Context, who access.Actor, in setAdminNotesIn) (revisionOut, error) {
	var p errs.Fields
	rev, err := a.edit(ctx, who, in.App, in.Revision, &p, func(s *app.Settings, p *errs.Fields) error {
		if in.Content != nil {
			s.SetAdminNotes(string(*in.Content), p)
		}
		s.AdminNotes.Copied = in.Copied.or(p, "includeInTemplateAndDuplicates", s.AdminNotes.Copied)
		return nil
	})
	return revisionOut{revisionText(rev)}, err
}
