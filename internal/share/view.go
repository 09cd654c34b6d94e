package share

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
)

// View is all that a visitor gets to see.
type View struct {
	Company, Title          string
	Fields                  []Shown // in the order of the form
	Comments                []Remark
	CanComment, CanDownload bool
	ExpiresAt               time.Time // zero is never
	Lang                    i18n.Lang
}

// Shown is a field with its value, as the API shows values but for what is nobody's business outside: login names, the
// keys of files that may not be downloaded, and the numbers of rows.
type Shown struct {
	Field   *field.Field
	Columns []*field.Field // of a table
	Value   json.RawMessage
}

// Remark is a shared comment.
type Remark struct {
	ID        id.Comment
	Text      string
	CreatedAt time.Time
	Name      string
	Mine      bool // written by this visitor
	Company   bool // written by staff
}

// maxRemarks is how many comments a visitor sees, the latest ones.
const maxRemarks = 500

// Read lets a visitor in, notes that, and shows him everything.
//
// Errors: as Enter.
func (s *Links) Read(ctx context.Context, v Visitor) (View, error) {
	visit, err := s.Enter(ctx, v)
	if err != nil {
		return View{}, err
	}
	if err := s.note(ctx, visit.link, v, Opened); err != nil {
		return View{}, err
	}
	return visit.view(ctx)
}

// Preview shows staff what visitors of a link would see if it were changed as c says, or of a new one to record n of
// app if share is 0.
//
// Errors: as Create and Change; a preview may have no fields.
func (s *Links) Preview(ctx context.Context, who access.Actor, share id.Share, appID id.App, n id.Record, c Change) (View, error) {
	l := Link{App: appID, Record: n, CreatedBy: who.UserID()}
	if share != 0 {
		d, old, err := s.link(ctx, who, share)
		if err != nil {
			return View{}, err
		}
		if !d.sees(old) {
			return View{}, errs.E(errs.Forbidden, "share.notYours")
		}
		l = old
	}
	d, err := s.desk(ctx, who, l.App, l.Record)
	if err != nil {
		return View{}, err
	}
	if !d.visible {
		return View{}, errs.E(errs.Forbidden, "forbidden")
	}
	c.Password = nil // a preview needs none
	var p errs.Fields
	c.apply(&l, d.set.Lens(), s.db.Now(), &p)
	if err := p.Err(); err != nil {
		return View{}, err
	}
	visit, err := s.open(ctx, l, Visitor{Lang: who.Lang()})
	if err != nil {
		return View{}, err
	}
	return visit.view(ctx)
}

func (v *Visit) view(ctx context.Context) (View, error) {
	site, err := v.links.people.Site(ctx)
	if err != nil {
		return View{}, err
	}
	out := View{
		Company: site.Name, Title: v.link.Title, CanComment: v.takesComments(), CanDownload: v.link.MayDownload,
		ExpiresAt: v.link.ExpiresAt, Lang: v.visitor.Lang,
	}
	if out.Title == "" {
		if out.Title, err = v.record.Title(ctx); err != nil {
			return View{}, unless(err)
		}
	}
	if out.Title == "" {
		out.Title = i18n.T(v.visitor.Lang, "share.untitled", nil)
	}
	if out.Fields, err = v.fields(); err != nil {
		return View{}, err
	}
	out.Comments, err = v.remarks(ctx)
	return out, unless(err)
}

// fields puts what the visitor may see into the order of the form's layout; what is not in the layout comes last.
func (v *Visit) fields() ([]Shown, error) {
	var values map[string]struct{ Value json.RawMessage }
	if err := json.Unmarshal(v.found.JSON, &values); err != nil {
		return nil, fmt.Errorf("share: record: %w", err)
	}
	left := map[string]*field.Field{}
	for _, f := range v.record.Fields() {
		left[f.Code] = f
	}
	var list []Shown
	var err error
	take := func(code string) {
		f, value := left[code], values[code].Value
		if f == nil || value == nil || err != nil { // without a value: hidden in this record
			return
		}
		delete(left, code)
		shown := Shown{Field: f, Columns: v.record.Inner(f)}
		shown.Value, err = outsideValue(f, shown.Columns, value, v.link.MayDownload)
		list = append(list, shown)
	}
	placed(v.record.Layout(), take)
	for _, f := range v.record.Fields() {
		take(f.Code)
	}
	return list, err
}

// placed calls fn for the codes in rows, groups' ones too, in order.
func placed(rows []app.Row, fn func(code string)) {
	for _, r := range rows {
		if r.Code != "" {
			fn(r.Code)
		}
		for _, p := range r.Fields {
			fn(p.Code)
		}
		placed(r.Layout, fn)
	}
}

func (v *Visit) remarks(ctx context.Context) ([]Remark, error) {
	comments, err := v.record.Comments(ctx, maxRemarks)
	if err != nil {
		return nil, err
	}
	var own map[id.Comment]bool
	err = v.links.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		own, err = ownComments(ctx, tx, v.link.ID, v.visitor.mark())
		return err
	})
	var list []Remark
	for _, c := range comments {
		list = append(list, Remark{c.ID, c.Text, c.CreatedAt, c.Author.Name, own[c.ID], !c.Outside})
	}
	return list, err
}
