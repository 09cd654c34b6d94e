// Package notify tells people what concerns them: a bell with notices, mails, and live signals for open pages. It reacts to
// events of the core and of other features, whose payloads carry ids; what a notice says is looked up as its
// recipient, so that nobody is told what he may not see.
//
// Who is told of a comment: those it mentions; of one from outside, the publisher of the link, who created and who last
// changed the record, and who has commented on it; of any, whom the app's rules name, which unless somebody changed them are
// the same but for the publisher. The rules of an app also tell of records that are added or changed, that come to match a
// condition, and at times that records say. Of a step of a record's process, whose turn it is from then on is told, their
// deputies, and who created the record. Of a comment in a thread of a space, those it mentions. Never is somebody told of
// what he did himself, or of what he may not see.
// Mentions, comments from outside and turns also make a mail, and so does what a rule tells somebody himself of a record: by a
// condition, a reminder, or because a field of the record names him. There is no setting of people's own for mails.
//
// Whom an event concerns is found in a job, because it may be everybody. A notice names what it is about, and is written once
// however often the job runs.
package notify

import (
	"context"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/mail"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/space"
)

// Kind is why somebody is told.
type Kind string

// The kinds.
const (
	Mention Kind = "mention"
	Comment Kind = "comment" // by a colleague
	Outside Kind = "outside" // a comment by somebody outside
	Import  Kind = "import"  // a file of his has become an app

	Added     Kind = "added" // by the app's rules, from here on
	Edited    Kind = "edited"
	Status    Kind = "status"
	Imported  Kind = "imported"  // somebody read a file into the app
	Condition Kind = "condition" // the record has come to match a condition
	Reminder  Kind = "reminder"  // a time that the record says has come

	Assigned Kind = "assigned" // it is his turn in the record's process
	Progress Kind = "progress" // what he asked for has gone on in its process
	Finished Kind = "finished" // what he asked for has come to the end of its process

	Webhook Kind = "webhook" // one of an app that he manages was stopped

	Report       Kind = "report"       // one that he saved has come
	ReportFailed Kind = "reportFailed" // one of an app that he manages could not be reckoned
)

// Notice is something that somebody should hear of, as he may see it now.
type Notice struct {
	ID      id.Notification
	Kind    Kind
	App     id.App // 0 for what was said in a space
	AppName string
	Record  id.Record // 0 for what is not about one
	Space   id.Space  // 0 for what is about an app
	Thread  id.Thread // of Space
	Place   string    // the name of Space
	Import  id.Import
	Report  id.Report
	Title   string // of the record, the report or the thread; else the app's name
	Text    string // the comment, or the title that a rule gives; else ""
	By      string // the author's name, unproved when he is outside; "" when nobody did it, or the reader may not know who
	Outside bool
	At      time.Time
	Read    bool
	ToMe    bool   // meant for him, rather than for a group he is in
	Status  string // of Assigned, Progress and Finished: what the record had come to, "" when he may not see that

	comment id.Comment
	status  int64 // of which Status is the name
	user    id.User
	by      id.User
	once    string // what it is about
	mail    bool   // it makes a mail, too
}

// Path is the address, within the site, of what the notice is about.
func (n Notice) Path() string {
	switch {
	case n.Thread != 0:
		return "/k/#/space/" + id.String(n.Space) + "/thread/" + id.String(n.Thread)
	case n.Kind == Import:
		return "/k/create/file?import=" + id.String(n.Import)
	case n.Kind == Webhook:
		return "/k/admin/app/flow?app=" + id.String(n.App) + "#section=webhooks"
	case n.Kind == Report:
		return "/k/" + id.String(n.App) + "/?report=" + id.String(n.Report)
	case n.Kind == ReportFailed:
		return "/k/admin/app/flow?app=" + id.String(n.App) + "#section=reports"
	case n.Record == 0:
		return "/k/" + id.String(n.App) + "/"
	}
	return "/k/" + id.String(n.App) + "/show#record=" + id.String(n.Record)
}

// Publishers knows who made a record link.
type Publishers interface {
	// Publisher returns who made a link. Errors: NotFound.
	Publisher(ctx context.Context, link id.Share) (id.User, error)
}

// Options are what a site's notices need beside its domains.
type Options struct {
	Links   Publishers
	Sender  mail.Sender
	BaseURL string // of the site, for links in mails
	// Readable lets administrators read the texts of mails: where there is no mail server, and nobody else could.
	Readable bool
}

// Notices are what the people of a site are told.
type Notices struct {
	db      *db.DB
	people  *identity.Service
	apps    *app.Apps
	records *record.Records
	spaces  *space.Spaces
	options Options
	changes changes
}

// New returns the notices kept in d.
func New(d *db.DB, people *identity.Service, apps *app.Apps, records *record.Records, spaces *space.Spaces, o Options) *Notices {
	return &Notices{db: d, people: people, apps: apps, records: records, spaces: spaces, options: o}
}

// Register has r bring the events and send the mails.
func (s *Notices) Register(r *job.Runner) {
	r.Receive("notify", s.receive, "comment.added", "import.finished", "record.added", "record.updated", "record.status", "record.assigned", "webhook.stopped",
		"report.taken", "report.failed", space.EventCommented)
	r.Work(tellJob, job.Decoded(s.spread))
	r.Receive("notify.reminders", s.schedule, app.EventDeployed)
	r.Work(remindJob, job.Decoded(s.remind))
	r.Work(sweepJob, s.sweep)
	r.Receive("notify.changes", s.announce, "comment.added", "record.updated", "record.deleted", "record.restored", "record.status",
		"record.assigned")
	r.Work(sendMail, job.Decoded(s.send))
}

// Topic is signalled when what a user is told changes.
func Topic(user id.User) string { return "notify." + id.String(user) }

// mine refuses whoever is not a person with an account.
func mine(who access.Actor) error {
	if who.Kind() != access.KindUser {
		return errs.E(errs.Forbidden, "forbidden")
	}
	return nil
}

// hidden reports whether err means that something may not be seen, or is not there, rather than a failure that passes.
func hidden(err error) bool { return errs.Lasting(err) }
