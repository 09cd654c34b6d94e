package api

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

type getRecordIn struct {
	App Int `json:"app"`
	ID  Int `json:"id"`
}

// recordOut is {"record": …}.
type recordOut record.Found

func (r recordOut) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"record":`...)
	dst = append(dst, r.JSON...)
	return append(dst, '}')
}

// getRecord answers GET /k/v1/record.json.
func (a *API) getRecord(ctx context.Context, who access.Actor, in getRecordIn) (recordOut, error) {
	var p errs.Fields
	app, n := in.App.app(&p, "app"), in.ID.record(&p, "id")
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return recordOut{}, err
	}
	found, err := set.Get(ctx, n)
	return recordOut(found), err
}

// open reports bad parameters, or opens the app's records.
func (a *API) open(ctx context.Context, who access.Actor, app id.App, p *errs.Fields) (*record.Set, error) {
	if err := p.Err(); err != nil {
		return nil, err
	}
	return a.records.Open(ctx, who, app)
}

type addRecordIn struct {
	App    Int          `json:"app"`
	Record record.Input `json:"record"`
}

type addRecordOut struct {
	ID       string `json:"id"`
	Revision string `json:"revision"`
}

// addRecord answers POST /k/v1/record.json.
func (a *API) addRecord(ctx context.Context, who access.Actor, in addRecordIn) (addRecordOut, error) {
	var p errs.Fields
	set, err := a.open(ctx, who, in.App.app(&p, "app"), &p)
	if err != nil {
		return addRecordOut{}, err
	}
	w, err := set.Add(ctx, []record.Input{in.Record}, "record")
	if err != nil {
		return addRecordOut{}, err
	}
	return addRecordOut{id.String(w[0].ID), revision(w[0])}, nil
}

func revision(w record.Written) string { return id.String(id.Record(w.Revision)) }

type updateKey struct {
	Field Text `json:"field"`
	Value Text `json:"value"`
}

type updateRecordIn struct {
	App       Int          `json:"app"`
	ID        Int          `json:"id"`
	UpdateKey *updateKey   `json:"updateKey"`
	Record    record.Input `json:"record"`
	Revision  Int          `json:"revision"`
}

type revisionOut struct {
	Revision string `json:"revision"`
}

// updateRecord answers PUT /k/v1/record.json.
func (a *API) updateRecord(ctx context.Context, who access.Actor, in updateRecordIn) (revisionOut, error) {
	var p errs.Fields
	app := in.App.app(&p, "app")
	c := change(in.ID, in.UpdateKey, in.Revision, in.Record, "", &p)
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return revisionOut{}, err
	}
	w, err := set.Update(ctx, []record.Change{c}, false, "record")
	if err != nil {
		return revisionOut{}, err
	}
	return revisionOut{revision(w[0])}, nil
}

// change reads what an update names its record by. prefix is "" or "records[0]." and so on.
func change(n Int, key *updateKey, rev Int, in record.Input, prefix string, p *errs.Fields) record.Change {
	c := record.Change{Record: in, Revision: rev.revision(p, prefix+"revision")}
	switch {
	case key != nil && n.given:
		p.Add(prefix+"id", "param.idOrKey")
	case key != nil:
		c.Key = record.Key{Field: key.Field.need(p, prefix+"updateKey.field"), Value: key.Value.need(p, prefix+"updateKey.value")}
		if len([]rune(c.Key.Value)) > 64 {
			p.Add(prefix+"updateKey.value", "param.length", errs.Args{"min": 1, "max": 64})
		}
	default:
		c.ID = n.record(p, prefix+"id")
	}
	return c
}

type getRecordsIn struct {
	App        Int        `json:"app"`
	Query      Text       `json:"query"`
	Fields     List[Text] `json:"fields"`
	TotalCount Bool       `json:"totalCount"`
}

// recordsOut is {"records": […], "totalCount": "…" or null}.
type recordsOut record.Page

func (r recordsOut) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"records":`...)
	dst = appendRecords(dst, r.Records)
	dst = append(dst, `,"totalCount":`...)
	if r.Total < 0 {
		return append(dst, "null}"...)
	}
	dst = append(dst, '"')
	dst = append(dst, id.String(id.Record(r.Total))...)
	return append(dst, `"}`...)
}

func appendRecords(dst []byte, list []record.Found) []byte {
	dst = append(dst, '[')
	for i, r := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, r.JSON...)
	}
	return append(dst, ']')
}

// getRecords answers GET /k/v1/records.json.
func (a *API) getRecords(ctx context.Context, who access.Actor, in getRecordsIn) (recordsOut, error) {
	var p errs.Fields
	app := in.App.app(&p, "app")
	total := in.TotalCount.or(&p, "totalCount", false)
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return recordsOut{}, err
	}
	page, err := set.Query(ctx, string(in.Query), texts(in.Fields), total)
	return recordsOut(page), err
}

func texts(list List[Text]) []string {
	out := make([]string, 0, len(list))
	for _, t := range list {
		if t != "" {
			out = append(out, string(t))
		}
	}
	return out
}

type addRecordsIn struct {
	App     Int            `json:"app"`
	Records *record.Inputs `json:"records"`
}

type addRecordsOut struct {
	IDs       []string `json:"ids"`
	Revisions []string `json:"revisions"`
}

// addRecords answers POST /k/v1/records.json.
func (a *API) addRecords(ctx context.Context, who access.Actor, in addRecordsIn) (addRecordsOut, error) {
	var p errs.Fields
	app := in.App.app(&p, "app")
	out := addRecordsOut{IDs: []string{}, Revisions: []string{}}
	switch {
	case in.Records == nil:
		p.Add("records", "param.required")
	case len(*in.Records) > record.MaxBulk:
		p.Add("records", "record.bulkAdd", errs.Args{"max": record.MaxBulk})
	}
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return out, err
	}
	list, err := set.Add(ctx, *in.Records, "")
	for _, w := range list {
		out.IDs = append(out.IDs, id.String(w.ID))
		out.Revisions = append(out.Revisions, revision(w))
	}
	return out, err
}

type updateRecordsIn struct {
	App     Int  `json:"app"`
	Upsert  Bool `json:"upsert"`
	Records *[]struct {
		ID        Int          `json:"id"`
		UpdateKey *updateKey   `json:"updateKey"`
		Record    record.Input `json:"record"`
		Revision  Int          `json:"revision"`
	} `json:"records"`
}

type updatedOut struct {
	ID        string `json:"id"`
	Revision  string `json:"revision"`
	Operation string `json:"operation,omitempty"`
}

type updateRecordsOut struct {
	Records []updatedOut `json:"records"`
}

// updateRecords answers PUT /k/v1/records.json.
func (a *API) updateRecords(ctx context.Context, who access.Actor, in updateRecordsIn) (updateRecordsOut, error) {
	var p errs.Fields
	app := in.App.app(&p, "app")
	upsert := in.Upsert.or(&p, "upsert", false)
	out := updateRecordsOut{Records: []updatedOut{}}
	var changes []record.Change
	switch {
	case in.Records == nil:
		p.Add("records", "param.required")
	case len(*in.Records) > record.MaxBulk:
		p.Add("records", "record.bulkUpdate", errs.Args{"max": record.MaxBulk})
	default:
		for i, r := range *in.Records {
			changes = append(changes, change(r.ID, r.UpdateKey, r.Revision, r.Record, at("records", i)+".", &p))
		}
	}
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return out, err
	}
	list, err := set.Update(ctx, changes, upsert, "")
	for _, w := range list {
		u := updatedOut{ID: id.String(w.ID), Revision: revision(w)}
		if upsert {
			u.Operation = "UPDATE"
			if w.Inserted {
				u.Operation = "INSERT"
			}
		}
		out.Records = append(out.Records, u)
	}
	return out, err
}

type deleteRecordsIn struct {
	App       Int       `json:"app"`
	IDs       List[Int] `json:"ids"`
	Revisions List[Int] `json:"revisions"`
}

// deleteRecords answers DELETE /k/v1/records.json.
func (a *API) deleteRecords(ctx context.Context, who access.Actor, in deleteRecordsIn) (none, error) {
	var p errs.Fields
	app := in.App.app(&p, "app")
	if in.IDs == nil {
		p.Add("ids", "param.required")
	}
	if len(in.IDs) < 1 || len(in.IDs) > record.MaxBulk {
		p.Add("ids", "record.bulkDelete", errs.Args{"max": record.MaxBulk})
	}
	ids := make([]id.Record, len(in.IDs))
	for i, n := range in.IDs {
		ids[i] = n.record(&p, at("ids", i))
	}
	revisions := make([]int64, len(in.Revisions))
	for i, n := range in.Revisions {
		revisions[i] = n.revision(&p, at("revisions", i))
	}
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return none{}, err
	}
	return none{}, set.Delete(ctx, ids, revisions)
}

type draftIn struct {
	App    Int          `json:"app"`
	ID     Int          `json:"id"`
	Record record.Input `json:"record"`
}

type draftOut struct {
	Errors map[string]problemFields   `json:"errors"`
	Record map[string]json.RawMessage `json:"record"`
}

// draftRecord answers POST /api/v1/record/draft: what would be wrong with the record as it stands in a form, and the
// values that follow from it.
func (a *API) draftRecord(ctx context.Context, who access.Actor, in draftIn) (draftOut, error) {
	var p errs.Fields
	app := in.App.app(&p, "app")
	n := id.Record(in.ID.within(&p, "id", 0, 1, 1<<62))
	out := draftOut{Errors: map[string]problemFields{}, Record: map[string]json.RawMessage{}}
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return out, err
	}
	follows, err := set.Draft(ctx, n, in.Record)
	maps.Copy(out.Record, follows)
	if e, ok := errs.As(err); ok && e.Key == errs.Validation {
		out.Errors = problem(who.Lang(), err, "").Errors
		return out, nil
	}
	return out, err
}
