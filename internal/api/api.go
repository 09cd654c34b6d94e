package api

import (
	"log/slog"
	"sync"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/notify"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/report"
	"github.com/engawa/engawa/internal/roster"
	"github.com/engawa/engawa/internal/search"
	"github.com/engawa/engawa/internal/share"
	"github.com/engawa/engawa/internal/space"
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/usage"
	"github.com/engawa/engawa/internal/webhook"
)

// Parts are what the API is made of: one site's domains.
type Parts struct {
	DB        *db.DB
	People    *identity.Service
	Apps      *app.Apps
	Records   *record.Records
	Files     *file.Files
	Imports   *transfer.Imports
	Shares    *share.Links
	Notices   *notify.Notices
	Spaces    *space.Spaces
	Search    *search.Everywhere
	Rosters   *roster.Rosters
	Webhooks  *webhook.Webhooks
	Snapshots *report.Snapshots
	Usage     *usage.Calls
	Log       *slog.Logger
	BaseURL   string // of the site, for links that leave it; "" is taken from nowhere and makes relative links
	Secure    bool   // the site is reached by https
}

// API answers for one site.
type API struct {
	db        *db.DB
	people    *identity.Service
	apps      *app.Apps
	records   *record.Records
	files     *file.Files
	imports   *transfer.Imports
	shares    *share.Links
	notices   *notify.Notices
	spaces    *space.Spaces
	search    *search.Everywhere
	rosters   *roster.Rosters
	webhooks  *webhook.Webhooks
	snapshots *report.Snapshots
	usage     *usage.Calls
	log       *slog.Logger
	baseURL   string
	secure    bool
	lang      i18n.Lang
	crowd     *httpx.Crowd
	calls     func() map[string]Route // by method and path
}

// New returns the API of a site.
func New(p Parts) *API {
	a := &API{
		db: p.DB, people: p.People, apps: p.Apps, records: p.Records, files: p.Files, imports: p.Imports, shares: p.Shares, notices: p.Notices, spaces: p.Spaces, search: p.Search, rosters: p.Rosters, webhooks: p.Webhooks, snapshots: p.Snapshots, usage: p.Usage,
		log: p.Log, baseURL: p.BaseURL, secure: p.Secure, lang: i18n.Ja,
		crowd: httpx.NewCrowd(maxAsking),
	}
	a.calls = sync.OnceValue(a.callsByName)
	return a
}
