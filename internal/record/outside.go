package record

import (
	"context"
	"fmt"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Outside is one record as somebody sees it who holds a link to it: the fields chosen, the shared lane of its
// comments, its files. It has no other methods, so that nothing leads from it to the record's history, its internal
// comments, or another record.
type Outside struct {
	set    *Set
	record id.Record
}

// Outside returns one record of s for a link holder. He sees at most what s shows and of that only the fields named
// (inner fields of tables too), changes nothing, and writes comments as himself.
//
// Errors: Forbidden when who is not a link holder. Whether there is such a record, Get tells.
func (s *Set) Outside(who access.Actor, record id.Record, fields ...id.Field) (*Outside, error) {
	if who.Kind() != access.KindLinkHolder {
		return nil, errs.E(errs.Forbidden, "forbidden")
	}
	parsed, err := query.Parse(query.ID + " = " + id.String(record))
	if err != nil {
		return nil, err
	}
	this, err := query.Check(parsed, s.lens, s.queryEnv())
	if err != nil {
		return nil, err
	}
	n := s.Narrow(access.View, access.RowRules{{When: this, Verbs: access.View}, {}}, fields...)
	n.who = who
	return &Outside{n, record}, nil
}

// Fields are the fields that are shown, in form order.
func (o *Outside) Fields() []*field.Field { return o.set.lens.Fields() }

// Inner are the columns of a table that are shown, in order.
func (o *Outside) Inner(table *field.Field) []*field.Field { return o.set.lens.Inner(table) }

// Layout is the app's form, of which only Fields may be shown.
func (o *Outside) Layout() []app.Row { return o.set.live.Settings.Layout }

// Get returns the record.
//
// Errors: Forbidden or NotFound when it cannot be seen any more.
func (o *Outside) Get(ctx context.Context) (Found, error) { return o.set.Get(ctx, o.record) }

// Title is what names the record, if that is among what is shown, else "".
func (o *Outside) Title(ctx context.Context) (string, error) {
	f := o.set.live.Settings.Title()
	if f == nil || f.Type.System() || !slices.Contains(o.Fields(), f) {
		return "", nil
	}
	title, err := o.set.Title(ctx, o.record)
	if title == "#"+id.String(o.record) {
		title = "" // the field is empty, and the number was not chosen
	}
	return title, err
}

// TakesComments reports whether the app has comments at all.
func (o *Outside) TakesComments() bool { return !o.set.live.Settings.NoComments }

// Comments returns the latest shared comments, at most limit, oldest first.
func (o *Outside) Comments(ctx context.Context, limit int) ([]Comment, error) {
	list, _, err := o.set.Comments(ctx, o.record, false, 0, limit)
	slices.Reverse(list)
	return list, err
}

// AddComment writes a comment into the shared lane, in the name that the link holder gave.
//
// Errors: as Set.AddComment.
func (o *Outside) AddComment(ctx context.Context, text string) (id.Comment, error) {
	return o.set.AddComment(ctx, o.record, Comment{Text: text})
}

// Talk is a mark of the shared comments as they are now: another one when any was added or removed.
func (o *Outside) Talk(ctx context.Context) (mark [2]int64, err error) {
	err = o.set.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `
			SELECT count(*), coalesce(max(id), 0) FROM record_comment WHERE app_id = ? AND record_id = ? AND lane = 'shared'`,
			o.set.live.ID, o.record).Scan(&mark[0], &mark[1])
	})
	if err != nil {
		err = fmt.Errorf("record: talk of %d: %w", o.record, err)
	}
	return mark, err
}

// Attachment finds a file in a field that is shown.
//
// Errors: NotFound, as if it were nowhere.
func (o *Outside) Attachment(ctx context.Context, in id.Field, key string) (field.Attachment, error) {
	return o.set.Attachment(ctx, o.record, in, key)
}
