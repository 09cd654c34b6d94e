package server

import (
	"context"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/words"
)

// indexWords makes the word indexes of a site anew that was last opened by a version which cut texts in another way. Nobody
// is served meanwhile, because searches would miss what is not done yet; if it is interrupted, it begins again.
func (s *Server) indexWords(ctx context.Context) error {
	var kept []app.Kept
	var outdated bool
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if outdated, err = words.Outdated(ctx, tx); err == nil && outdated {
			kept, err = app.ReadKept(ctx, tx)
		}
		return err
	})
	if err != nil || !outdated {
		return err
	}
	for i, a := range kept {
		s.log.Info("making the search index anew", "app", a.App, "done", i, "of", len(kept))
		if err := s.records.IndexWords(ctx, a); err != nil {
			return err
		}
	}
	if err := s.files.IndexWords(ctx); err != nil {
		return err
	}
	return s.db.Write(ctx, words.SetCurrent)
}
