package app

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// Statistics is what an administrator of the site sees of an app, whoever made it.
type Statistics struct {
	Summary
	Fields     int  // that the app's makers added, inner ones too
	Customized bool // its pages load scripts or styles, or it has views in HTML
}

// Changed reports whether there are preview settings that are not live.
func (a App) Changed() bool { return a.Live != a.Preview }

// Statistics returns all apps of the site, oldest first, those that were never deployed too.
//
// Errors: Forbidden unless who administers the site.
// Source: kintone REST API, "Get Apps Statistics".
func (s *Apps) Statistics(ctx context.Context, who access.Actor, offset, limit int) (list []Statistics, err error) {
	if !who.Admin() {
		return nil, errs.E(errs.Forbidden, "forbidden")
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list = nil
		apps, err := readApps(ctx, tx)
		if err != nil {
			return err
		}
		for _, a := range apps[min(offset, len(apps)):min(offset+limit, len(apps))] {
			st, err := s.summarized(ctx, tx, a)
			if err != nil {
				return err
			}
			list = append(list, Statistics{
				Summary{a, st.AppCode, st.Name, st.Description, st.Icon, st.Theme}, st.ownFields(), st.customized(),
			})
		}
		return nil
	})
	return list, err
}

func (s *Settings) ownFields() (n int) {
	for _, f := range s.Form {
		if !f.Type.System() && f.Type != field.Group {
			n += 1 + len(f.Fields)
		}
	}
	return n
}

func (s *Settings) customized() bool {
	for _, assets := range s.Customization.Lists() {
		if len(*assets) > 0 {
			return true
		}
	}
	for _, v := range s.Views {
		if v.Type == "CUSTOM" {
			return true
		}
	}
	return false
}
