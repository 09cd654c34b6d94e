// Package server joins the parts: it opens a site's database and files, builds its domains, features and surfaces, and
// serves them. New builds, Run works until its context ends. Nothing else knows all packages.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/engawa/engawa/internal/api"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/config"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/notify"
	"github.com/engawa/engawa/internal/outbound"
	"github.com/engawa/engawa/internal/pages"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/report"
	"github.com/engawa/engawa/internal/roster"
	"github.com/engawa/engawa/internal/search"
	"github.com/engawa/engawa/internal/share"
	"github.com/engawa/engawa/internal/space"
	"github.com/engawa/engawa/internal/telemetry"
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/usage"
	"github.com/engawa/engawa/internal/webhook"
	"github.com/engawa/engawa/internal/words"
	"github.com/engawa/engawa/migrations"
	"github.com/engawa/engawa/web"
)

// Version is set when the binary is built.
var Version = "dev"

// stopWithin is how long requests may go on after the server was told to stop.
const stopWithin = 10 * time.Second

// Server is one site, ready to serve.
type Server struct {
	config  config.Config
	log     *slog.Logger
	db      *db.DB
	people  *identity.Service
	spaces  *space.Spaces
	usage   *usage.Calls
	apps    *app.Apps
	shares  *share.Links
	api     *api.API
	pages   *pages.Pages
	jobs    *job.Runner
	files   *file.Files
	records *record.Records
	metrics *telemetry.Metrics

	hashMemory uint32 // per password, in KiB; 0 is what is recommended, tests take less
}

// New opens the site that c describes, bringing its database up to date, and builds what serves it. The caller calls
// Close.
func New(ctx context.Context, c config.Config, log *slog.Logger) (_ *Server, err error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if err := whole(c.Data); err != nil {
		return nil, err
	}
	o := siteDatabase(c)
	o.Log = log
	d, err := db.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Close())
		}
	}()
	if err := d.Migrate(ctx, migrations.FS); err != nil {
		return nil, err
	}
	s := &Server{config: c, log: log, db: d, metrics: telemetry.NewMetrics(Version), jobs: job.New(d, job.Config{Log: log})}
	return s, s.build(ctx)
}

func databaseURL(c config.Config) string {
	if c.DatabaseURL != "" {
		return c.DatabaseURL
	}
	return "sqlite:" + filepath.Join(c.Data, databaseFile)
}

// build makes the domains from the bottom up, then the surfaces.
func (s *Server) build(ctx context.Context) (err error) {
	if s.people, err = identity.New(ctx, s.db, identity.Options{Shared: !s.db.Exclusive(), HashMemory: s.hashMemory, Log: s.log}); err != nil {
		return err
	}
	blobs, err := blob.Open(filepath.Join(s.config.Data, filesFolder))
	if err != nil {
		return err
	}
	s.files = file.New(s.db, blobs)
	s.spaces = space.New(s.db, s.people, s.files)
	s.apps = app.New(s.db, record.Tables{}, s.people, s.files, s.spaces)
	s.people.Refer(s.apps)
	s.records = record.New(s.db, s.apps, s.files, s.people)
	if err := s.indexWords(ctx); err != nil {
		return err
	}
	key, err := secret(s.config.Secret, s.config.Data)
	if err != nil {
		return err
	}
	s.shares = share.New(s.db, s.people, s.records, s.files, key)
	imports := transfer.New(s.db, blobs, s.people, s.apps, s.records)
	s.records.Register(s.jobs)
	imports.Register(s.jobs)
	s.apps.Register(s.jobs)
	s.records.RegisterLinks(s.jobs, s.people)
	rosters := roster.New(s.db, s.people, s.files)
	rosters.Register(s.jobs)
	sender, err := s.mailer()
	if err != nil {
		return err
	}
	notices := notify.New(s.db, s.people, s.apps, s.records, s.spaces, notify.Options{
		Links: s.shares, Sender: sender, BaseURL: s.config.BaseURL, Readable: s.config.SMTPURL == "",
	})
	notices.Register(s.jobs)
	search.NewDocuments(s.apps, s.files, s.log).Register(s.jobs)
	webhooks := webhook.New(s.db, s.people, s.apps, s.records, webhook.Options{
		Client:  outbound.New(outbound.Options{Allow: s.config.OutboundAllow, Listen: s.config.Addr, BaseURL: s.config.BaseURL}),
		BaseURL: s.config.BaseURL, Secret: key,
	})
	webhooks.Register(s.jobs)
	snapshots := report.New(s.db, s.people, s.apps, s.records)
	snapshots.Register(s.jobs)
	s.usage = usage.New(s.db)
	s.api = api.New(api.Parts{
		DB: s.db, People: s.people, Apps: s.apps, Records: s.records, Files: s.files, Imports: imports, Shares: s.shares, Notices: notices, Spaces: s.spaces, Search: search.NewEverywhere(s.apps, s.records, s.spaces, s.people), Rosters: rosters, Webhooks: webhooks, Snapshots: snapshots, Usage: s.usage,
		Log: s.log, BaseURL: s.config.BaseURL, Secure: s.config.HTTPS(),
	})
	s.pages, err = pages.New(pages.Parts{
		People: s.people, Apps: s.apps, UI: web.FS(), Version: Version, DevMail: s.config.SMTPURL == "", Log: s.log,
	})
	return err
}

// Close gives up the database. Run must have returned.
func (s *Server) Close() error { return s.db.Close() }

// Run serves on l until ctx ends, then lets requests finish and hands jobs back.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var upkeep sync.WaitGroup
	upkeep.Go(func() { s.records.Maintain(ctx, s.log) })
	upkeep.Go(func() { words.Keep(ctx, s.db, s.log) })
	upkeep.Go(func() { s.usage.Keep(ctx, s.log) })
	jobs := make(chan error, 1)
	go func() { jobs <- s.jobs.Run(ctx) }()
	err := httpx.NewServer(s.Handler(), s.log).Serve(ctx, l, stopWithin)
	stop()
	upkeep.Wait()
	return errors.Join(err, <-jobs)
}

// Handler is everything the site answers, inside the layers that every request passes.
func (s *Server) Handler() http.Handler {
	// Two muxes, because "/k/{app}/" of the screens and "/k/v1/" of the API may not stand in one.
	programs, people := http.NewServeMux(), http.NewServeMux()
	s.api.Mount(programs)
	s.pages.Mount(people)
	s.mountHealth(people)
	mux := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isAPI(r.URL.Path) {
			programs.ServeHTTP(w, r)
			return
		}
		people.ServeHTTP(w, r)
	})
	gate := httpx.NewGate(maxConcurrent)
	return httpx.Chain(httpx.Routed(mux),
		httpx.Observe(s.log, s.config.TrustedProxies, s.api.Refuse, s.metrics.Request),
		httpx.Secure(s.config.HTTPS()),
		onlyAPI(gate.Layer(s.api.Refuse)), // before what refuses: each answer of the API says how many run
		httpx.LimitHeaders(s.api.Refuse),
		httpx.Canonical(s.api.Refuse),
		httpx.MethodOverride(s.api.Refuse),
	)
}

// maxConcurrent is how many API requests a site answers at a time.
// Source: kintone REST API, concurrency limit of a domain.
const maxConcurrent = 100
