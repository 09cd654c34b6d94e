// Package webhook tells programs of others what happens to an app's records, by kintone's JSON: a webhook is an address and the
// events it wants. It reacts to events of the core, whose payloads carry ids; what is sent is looked up when it is sent, as
// the webhook's owner, who is whoever saved it last. So a webhook never sends what its owner may not see, and when he
// may no longer manage the app it stops.
//
// A record is sent as it is at that moment, not as it was when the event happened: an attempt hours later may show a later
// revision, and of a record that is gone nothing is sent. Deliveries are signed, come at least once and may come out of order;
// see secret.go for how a receiver knows them, and the same one coming twice.
package webhook

import (
	"context"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/outbound"
	"github.com/engawa/engawa/internal/record"
)

// Event is something that a webhook can be told of.
type Event string

// The events. Test is one that a manager asks for.
// Source: kintone, webhooks.
const (
	RecordAdded   Event = "ADD_RECORD"
	RecordUpdated Event = "UPDATE_RECORD"
	RecordDeleted Event = "DELETE_RECORD"
	CommentAdded  Event = "ADD_RECORD_COMMENT"
	StatusChanged Event = "UPDATE_STATUS"
	Test          Event = "TEST"
)

// choices are the events that somebody may choose.
var choices = []Event{RecordAdded, RecordUpdated, RecordDeleted, CommentAdded, StatusChanged}

// Webhook is an address that is told of what happens in an app.
type Webhook struct {
	ID               id.Webhook
	App              id.App
	URL, Description string
	Events           []Event
	Active           bool
	Stopped          Reason  // why the server switched it off
	Owner            id.User // who saved it last
	CreatedAt        time.Time
	UpdatedAt        time.Time
	FailingSince     time.Time // zero while it works

	nonce, oldNonce string
	rotatedAt       time.Time
	failures        int
	heldUntil       time.Time
}

// Reason is why the server switched a webhook off; "" is that it did not.
type Reason string

// The reasons: its target has failed for days; its owner may no longer manage the app.
const (
	Failing   Reason = "failing"
	OwnerGone Reason = "owner"
)

// Stopped is the event webhook.stopped.
type Stopped struct {
	App     id.App     `json:"app"`
	Webhook id.Webhook `json:"webhook"`
	Reason  Reason     `json:"reason"`
}

// Options are what a site's webhooks need beside its domains.
type Options struct {
	Client  *outbound.Client
	BaseURL string // of the site, for links in what is sent
	// Secret, of 32 bytes or more, must not be in the database: the secrets that sign follow from it.
	Secret []byte
}

// Webhooks are the webhooks of a site.
type Webhooks struct {
	db      *db.DB
	people  *identity.Service
	apps    *app.Apps
	records *record.Records
	options Options
}

// New returns the webhooks kept in d.
func New(d *db.DB, people *identity.Service, apps *app.Apps, records *record.Records, o Options) *Webhooks {
	return &Webhooks{db: d, people: people, apps: apps, records: records, options: o}
}

// deliverJob is the kind of the jobs that send; places is how many targets may be waited for at once.
const (
	deliverJob = "webhook.deliver"
	places     = 8
)

// Register has r bring the events and send what they cause.
func (s *Webhooks) Register(r *job.Runner) {
	r.Receive("webhook", s.receive, "record.added", "record.updated", "record.deleted", "record.status", "comment.added")
	r.WorkApart(deliverJob, places, job.Decoded(s.deliver))
}

// manage refuses whoever may not manage an app as a person.
func (s *Webhooks) manage(ctx context.Context, who access.Actor, a id.App) error {
	if who.Kind() != access.KindUser {
		return errs.E(errs.Forbidden, "forbidden")
	}
	h, err := s.apps.Open(ctx, who, a)
	if err == nil && !h.Verbs().Has(access.Manage) {
		err = errs.E(errs.Forbidden, "forbidden")
	}
	return err
}

func (w Webhook) wants(e Event) bool { return w.Active && slices.Contains(w.Events, e) }

func notFound(n id.Webhook) error {
	return errs.E(errs.NotFound, "webhook.notFound", errs.Args{"id": id.String(n)})
}
