// Package report keeps periodic reports: what a graph came to at each beat of its rhythm. A snapshot is reckoned as whoever
// saved the graph, and shown to nobody who could not have reckoned as much himself (see read.go).
//
// What a graph is belongs to app, how it is reckoned to record. Deploying an app plans its graphs; each beat plans the next
// one in the transaction that keeps its snapshot, so that no crash loses a beat or keeps one twice. Beats that pass while
// no server runs make one snapshot.
package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
)

// Snapshots are the periodic reports of a site.
type Snapshots struct {
	db      *db.DB
	people  *identity.Service
	apps    *app.Apps
	records *record.Records
}

// New returns the snapshots kept in d.
func New(d *db.DB, people *identity.Service, apps *app.Apps, records *record.Records) *Snapshots {
	return &Snapshots{d, people, apps, records}
}

// takeKind is the job that takes a snapshot.
const takeKind = "report.take"

// Register has r take the snapshots.
func (s *Snapshots) Register(r *job.Runner) {
	r.Receive("report", job.Each(s.plan), app.EventDeployed)
	r.Work(takeKind, job.Decoded(s.take))
}

// Event is what becomes of a beat: "report.taken", or "report.failed" when whoever saved the graph is gone or may not
// reckon it any more. By is who saved the graph.
type Event struct {
	App      id.App      `json:"app"`
	Report   id.Report   `json:"report"`
	Snapshot id.Snapshot `json:"snapshot,omitempty"`
	By       id.User     `json:"by"`
}

// Snapshot is what a graph came to at a moment.
type Snapshot struct {
	ID    id.Snapshot
	At    time.Time // of the beat, UTC
	Taken time.Time // when the server came to it
	By    id.User
	Data  Data // zero in lists

	fields string // ids of all that it was reckoned from, between commas
	rules  string // under which permissions
}

// rulesOf is a mark of all that decides what who sees of an app's records: another one when any of it changes.
func rulesOf(s *app.Settings, who access.Actor) string {
	b, err := json.Marshal([]any{s.RecordRules, s.FieldRules, who.UserID(), who.Groups(), who.Organizations()})
	if err != nil {
		return "" // it always marshals
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
