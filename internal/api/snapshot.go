package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/report"
)

type getSnapshotsIn struct {
	App    Int `json:"app"`
	ID     Int `json:"id"`
	Before Int `json:"before"`
}

type snapshotRow struct {
	ID    string `json:"id"`
	At    string `json:"at"`
	Taken string `json:"takenAt"`
}

type snapshotsOut struct {
	Snapshots []snapshotRow `json:"snapshots"`
	More      bool          `json:"more"`
}

// getSnapshots answers GET /api/v1/report/snapshots: what is kept of a graph, newest first.
func (a *API) getSnapshots(ctx context.Context, who access.Actor, in getSnapshotsIn) (snapshotsOut, error) {
	var p errs.Fields
	out := snapshotsOut{Snapshots: []snapshotRow{}}
	n := in.App.app(&p, "app")
	of := id.Report(in.ID.need(&p, "id", 1))
	before := id.Snapshot(in.Before.within(&p, "before", 0, 1, 1<<53))
	if err := p.Err(); err != nil {
		return out, err
	}
	list, more, err := a.snapshots.List(ctx, who, n, of, before)
	for _, s := range list {
		out.Snapshots = append(out.Snapshots, showSnapshot(s))
	}
	out.More = more
	return out, err
}

func showSnapshot(s report.Snapshot) snapshotRow {
	return snapshotRow{id.String(s.ID), instant(s.At), instant(s.Taken)}
}

type snapshotOut struct {
	snapshotRow
	report.Data
}

// getSnapshot answers GET /api/v1/report/snapshot.
func (a *API) getSnapshot(ctx context.Context, who access.Actor, in getReportDataIn) (snapshotOut, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	of := id.Snapshot(in.ID.need(&p, "id", 1))
	if err := p.Err(); err != nil {
		return snapshotOut{}, err
	}
	s, err := a.snapshots.Get(ctx, who, n, of)
	return snapshotOut{showSnapshot(s), s.Data}, err
}
