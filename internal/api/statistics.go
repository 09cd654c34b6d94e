package api

import (
	"cmp"
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

type appStatistics struct {
	ID              string    `json:"id"`
	Name            string    `json:"name"`
	Space           *spaceRef `json:"space"`
	AppGroup        string    `json:"appGroup"`
	Status          string    `json:"status"` // NOT_ACTIVATED, ACTIVATED, CHANGED
	RecordUpdatedAt string    `json:"recordUpdatedAt"`
	RecordCount     string    `json:"recordCount"`
	FieldCount      string    `json:"fieldCount"`
	DailyRequests   string    `json:"dailyRequestCount"` // since midnight of UTC
	StorageUsage    string    `json:"storageUsage"`      // bytes
	Customized      bool      `json:"customized"`
	Creator         personOut `json:"creator"`
	CreatedAt       string    `json:"createdAt"`
	Modifier        personOut `json:"modifier"`
	ModifiedAt      string    `json:"modifiedAt"`
}

type spaceRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type appStatisticsOut struct {
	Apps []appStatistics `json:"apps"`
}

// getAppStatistics answers GET /k/v1/apps/statistics.json: all apps of the site, for its administrators.
func (a *API) getAppStatistics(ctx context.Context, who access.Actor, in pageIn) (appStatisticsOut, error) {
	var p errs.Fields
	out := appStatisticsOut{Apps: []appStatistics{}}
	offset, limit := page(in.Offset, in.Limit, 100, &p)
	if err := cmp.Or(p.Err(), administrators(who)); err != nil {
		return out, err
	}
	list, err := a.apps.Statistics(ctx, who, offset, limit)
	if err != nil {
		return out, err
	}
	dir, err := a.people.Directory(ctx)
	if err != nil {
		return out, err
	}
	calls, err := a.usage.Today(ctx, ids(list))
	if err != nil {
		return out, err
	}
	for _, s := range list {
		x := appStatistics{
			ID: id.String(s.ID), Name: s.Name, AppGroup: "Public", Status: activation(s.App), FieldCount: strconv.Itoa(s.Fields), Customized: s.Customized,
			Creator: person(dir, s.Creator), CreatedAt: instant(s.CreatedAt), Modifier: person(dir, s.Modifier), ModifiedAt: instant(s.ModifiedAt),
			RecordCount: "0", DailyRequests: strconv.FormatInt(calls[s.ID], 10), RecordUpdatedAt: instant(s.CreatedAt),
		}
		if s.Space != nil {
			x.Space = &spaceRef{id.String(s.Space.ID), s.Space.Name}
		}
		if s.Live != 0 {
			n, updated, err := a.records.Statistics(ctx, who, s.ID)
			if err != nil {
				return out, err
			}
			x.RecordCount = strconv.FormatInt(n, 10)
			if !updated.IsZero() {
				x.RecordUpdatedAt = instant(updated)
			}
		}
		bytes, err := a.files.Usage(ctx, s.ID)
		if err != nil {
			return out, err
		}
		x.StorageUsage = strconv.FormatInt(bytes, 10)
		out.Apps = append(out.Apps, x)
	}
	return out, nil
}

func ids(list []app.Statistics) []id.App {
	apps := make([]id.App, len(list))
	for i, s := range list {
		apps[i] = s.ID
	}
	return apps
}

func activation(a app.App) string {
	switch {
	case a.Live == 0:
		return "NOT_ACTIVATED"
	case a.Changed():
		return "CHANGED"
	}
	return "ACTIVATED"
}
