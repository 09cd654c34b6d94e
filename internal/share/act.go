package share

import (
	"context"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/text"
)

// The limits of what visitors type, in characters.
const (
	maxName   = 50
	maxRemark = 5000
)

// Comment writes a shared comment in the name that the visitor gives himself, and returns it with the key by which his
// browser knows it as his own.
//
// Errors: as Enter; Forbidden when the link takes no comments; Invalid by the paths name and text; TooMany.
func (s *Links) Comment(ctx context.Context, v Visitor, remark string) (added id.Comment, key string, err error) {
	v.Name = text.OneLine(v.Name)
	visit, err := s.Enter(ctx, v)
	if err != nil {
		return 0, "", err
	}
	if !visit.takesComments() {
		return 0, "", errs.E(errs.Forbidden, "share.noComments")
	}
	var p errs.Fields
	switch n := utf8.RuneCountInString(v.Name); {
	case n == 0:
		p.Add("name", "param.required")
	case n > maxName:
		p.Add("name", "share.length", errs.Args{"max": maxName})
	}
	switch {
	case text.OneLine(remark) == "":
		p.Add("text", "param.required")
	case utf8.RuneCountInString(remark) > maxRemark || !utf8.ValidString(remark):
		p.Add("text", "share.length", errs.Args{"max": maxRemark})
	}
	if err := p.Err(); err != nil {
		return 0, "", err
	}
	if d := s.remarks.Take(visit.link.ID); d > 0 {
		return 0, "", s.refuse(ctx, visit.link, v, tooMany(d))
	}
	if v.Key == "" {
		v.Key = id.Key()
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if added, err = visit.record.AddComment(ctx, remark); err != nil {
			return err
		}
		tx.Signal(topic(visit.link.ID))
		return insertAccess(ctx, tx, visit.link.ID, v, Commented, added)
	})
	return added, v.Key, err
}

// File finds a file in what the link shows. small says that it is wanted as a picture in the page, which the log does not
// call a download.
//
// Errors: as Enter; NotFound for everything that is not shown, or not to be downloaded.
func (s *Links) File(ctx context.Context, v Visitor, key string, small bool) (file.File, error) {
	visit, err := s.Enter(ctx, v)
	if err != nil {
		return file.File{}, err
	}
	missing := errs.E(errs.NotFound, "file.notFound", errs.Args{"id": key})
	if !visit.link.MayDownload {
		return file.File{}, missing
	}
	f, err := s.files.ByKey(ctx, key)
	if err == nil && (f.App != visit.link.App || f.Record != visit.link.Record) {
		err = missing
	}
	if err == nil {
		_, err = visit.record.Attachment(ctx, f.Field, key)
	}
	if err != nil {
		if errs.Lasting(err) {
			err = missing
		}
		return file.File{}, err
	}
	if small && pictures[f.ContentType] {
		return f, nil
	}
	return f, s.note(ctx, visit.link, v, Downloaded)
}

// pictures are the types that the page shows as such.
var pictures = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true}
