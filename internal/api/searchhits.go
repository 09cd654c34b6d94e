package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/search"
)

type matchedField struct {
	Code  string `json:"code"`
	Label string `json:"label"`
}

type recordHit struct {
	AppID     string         `json:"appId"`
	AppName   string         `json:"appName"`
	RecordID  string         `json:"recordId"`
	Title     string         `json:"recordTitle"`
	CreatedAt string         `json:"createdAt"`
	Creator   personOut      `json:"creator"`
	Matched   []matchedField `json:"matchedFields"`
}

type recordCommentHit struct {
	AppID     string    `json:"appId"`
	AppName   string    `json:"appName"`
	RecordID  string    `json:"recordId"`
	Title     string    `json:"recordTitle"`
	CommentID string    `json:"commentId"`
	CreatedAt string    `json:"createdAt"`
	Creator   personOut `json:"creator"`
}

type attachmentHit struct {
	AttachedTo string    `json:"attachedTo"` // RECORD
	FileKey    string    `json:"fileKey"`
	Name       string    `json:"name"`
	CreatedAt  string    `json:"createdAt"`
	Creator    personOut `json:"creator"`
}

type searchHit struct {
	Type       string            `json:"type"` // RECORD, RECORD_COMMENT, ATTACHMENT
	URL        string            `json:"url"`
	Snippets   []string          `json:"snippets"`
	Record     *recordHit        `json:"record,omitempty"`
	Comment    *recordCommentHit `json:"recordComment,omitempty"`
	Attachment *attachmentHit    `json:"attachment,omitempty"`
}

type searchOut struct {
	Hits []searchHit `json:"hits"`
	Next *string     `json:"nextPageToken"`
}

// searchAll answers POST /k/v1/search.json: what the caller may see in all apps.
func (a *API) searchAll(ctx context.Context, who access.Actor, in searchIn) (searchOut, error) {
	out := searchOut{Hits: []searchHit{}}
	var p errs.Fields
	r := in.read(&p)
	if err := p.Err(); err != nil {
		return out, err
	}
	if err := usersOnly(who); err != nil {
		return out, err
	}
	hits, next, err := a.search.Find(ctx, who, r)
	if err != nil {
		return out, err
	}
	for _, h := range hits {
		out.Hits = append(out.Hits, a.showHit(h))
	}
	if next != nil {
		doc, err := json.Marshal(next)
		if err != nil {
			return out, err
		}
		token := base64.RawURLEncoding.EncodeToString(doc)
		out.Next = &token
	}
	return out, nil
}

func (a *API) showHit(h search.Hit) searchHit {
	at := ""
	if !h.At.IsZero() {
		at = h.At.UTC().Format(time.RFC3339)
	}
	by := personOut{h.Creator.Code, h.Creator.Name}
	url := a.baseURL + "/k/" + id.String(h.App) + "/show#record=" + id.String(h.Record)
	if h.Comment != 0 {
		n := id.String(id.Comment(h.Comment))
		return searchHit{Type: "RECORD_COMMENT", URL: url + "&comment=" + n, Snippets: h.Snippets, Comment: &recordCommentHit{
			id.String(h.App), h.AppName, id.String(h.Record), h.Title, n, at, by,
		}}
	}
	rec := &recordHit{id.String(h.App), h.AppName, id.String(h.Record), h.Title, at, by, []matchedField{}}
	for _, f := range h.Fields {
		rec.Matched = append(rec.Matched, matchedField{f.Code, f.Label})
	}
	if h.Place.File != 0 {
		return searchHit{Type: "ATTACHMENT", URL: url, Snippets: h.Snippets, Record: rec, Attachment: &attachmentHit{"RECORD", h.File.Key, h.File.Name, at, by}}
	}
	return searchHit{Type: "RECORD", URL: url, Snippets: h.Snippets, Record: rec}
}
