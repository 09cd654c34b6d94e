package table

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Where an index takes texts of some length only, one that holds all that counting reads leaves out the records whose
// texts are longer together. Another, which is nearly empty, has those. So what a filter finds is counted in two parts, and
// neither reads the table.
const (
	boundedWord = "_count"
	restMark    = "_rest"
	boundBytes  = 1500 // of all texts of a record that stand in such an index
)

// demandBounded is demand for an index that is bounded. The caller has locked p.
func (p *Planner) demandBounded(plan *tablePlan, fields []*field.Field) *Demand {
	d := &Demand{grouped: true, name: boundedWord, where: " WHERE " + within(fields, "")}
	for _, f := range fields {
		d.fields = append(d.fields, f.ID)
		d.columns = append(d.columns, f.Column())
		d.name += "_" + id.String(f.ID)
	}
	if known := plan.asked[d.name]; known != nil {
		return known
	}
	plan.asked[d.name] = d
	return d
}

// within is the condition that the texts among fields are short enough, and beyond that they are not. PostgreSQL, which
// knows nothing of their lengths, takes it that an equality holds for few records.
func within(fields []*field.Field, alias string) string {
	return lengths(fields, alias) + " <> " + strconv.Itoa(boundBytes)
}

func beyond(fields []*field.Field, alias string) string {
	return lengths(fields, alias) + " = " + strconv.Itoa(boundBytes)
}

func lengths(fields []*field.Field, alias string) string {
	var sum []string
	for _, f := range fields {
		if !narrow(f) {
			sum = append(sum, "coalesce(octet_length("+alias+f.Column()+"), 0)")
		}
	}
	slices.Sort(sum)
	return "least(" + strings.Join(sum, " + ") + ", " + strconv.Itoa(boundBytes) + ")"
}

// restIndex is the index of the records that a bounded one leaves out.
func (t Table) restIndex(d *Demand) db.NewIndex {
	return t.newIndex(d.name+restMark, "(id)"+strings.Replace(d.where, " <> ", " = ", 1))
}

// bounds are the conditions on the records that a bounded index holds and on those that it leaves out, if there is one with
// all that counting what q finds reads.
func (p *Planner) bounds(ctx context.Context, tx *db.Tx, t Table, form []*field.Field, q *query.Checked) (parts []string) {
	fields, _, bounded := p.covered(q, q, Grouping{})
	if !bounded {
		return nil
	}
	_, made := p.plan(ctx, tx, t)
	if made == nil {
		return nil
	}
	for _, ix := range made.indexes {
		if ix.bounded && ix.covers(fields) {
			var all []*field.Field
			for _, f := range form {
				if slices.Contains(ix.fields, f.ID) {
					all = append(all, f)
				}
			}
			return []string{within(all, "r."), beyond(all, "r.")}
		}
	}
	return nil
}
