package identity

import (
	"context"
	"encoding/json"
	"time"
	_ "time/tzdata" // time zones are the same on every machine

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/i18n"
)

// Site is what holds for the whole site.
type Site struct {
	Name     string    `json:"name"`     // of the company
	Lang     i18n.Lang `json:"locale"`   // for whoever has not chosen one
	Timezone string    `json:"timezone"` // IANA name, likewise
}

// Zone is the site's time zone, never nil.
func (s Site) Zone() *time.Location { return zone(s.Timezone) }

// The rows of site_setting, beside the revision.
const (
	settingSite  = "site"
	settingSetup = "setup.secret" // SHA-256 in hex of the one-time secret
)

const (
	selectSetting = `SELECT value FROM site_setting WHERE name = ?`
	upsertSetting = `INSERT INTO site_setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	clearSetting  = `DELETE FROM site_setting WHERE name = ?`
	deleteSetting = `DELETE FROM site_setting WHERE name = ? AND value = ?`
)

// Site returns what holds for the whole site.
func (s *Service) Site(ctx context.Context) (Site, error) {
	d, err := s.directory(ctx)
	if err != nil {
		return Site{}, err
	}
	return d.site, nil
}

// SetSite changes it.
//
// Errors: Forbidden unless who administers the site; Invalid by the paths name, locale and timezone.
func (s *Service) SetSite(ctx context.Context, who access.Actor, site Site) error {
	if !administers(who) {
		return forbidden()
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error { return saveSite(ctx, tx, site) })
}

func saveSite(ctx context.Context, tx *db.Tx, site Site) error {
	var p errs.Fields
	checkText(&p, "name", site.Name, true)
	checkLocale(&p, "locale", string(site.Lang), false)
	checkZone(&p, "timezone", site.Timezone)
	if err := p.Err(); err != nil {
		return err
	}
	b, err := json.Marshal(site)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, upsertSetting, settingSite, string(b))
	return err
}

func loadSite(ctx context.Context, tx *db.Tx) (Site, error) {
	site := Site{Lang: i18n.Ja, Timezone: "Asia/Tokyo"}
	var value string
	switch err := tx.QueryRow(ctx, selectSetting, settingSite).Scan(&value); err {
	case nil:
		return site, json.Unmarshal([]byte(value), &site)
	case db.ErrNoRows:
		return site, nil
	default:
		return site, err
	}
}

func forbidden() error { return errs.E(errs.Forbidden, "auth.forbidden") }
