package api

import (
	"cmp"
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
	home
}

// home is the space of an app; nothing when it is in none.
type home struct {
	SpaceID   string `json:"spaceId,omitempty"`
	SpaceName string `json:"spaceName,omitempty"`
}

type spaceHit struct {
	SpaceID   string    `json:"spaceId"`
	SpaceName string    `json:"spaceName"`
	CreatedAt string    `json:"createdAt"`
	Creator   personOut `json:"creator"`
}

type threadHit struct {
	spaceHit
	ThreadID   string `json:"threadId"`
	ThreadName string `json:"threadName"`
}

type threadCommentHit struct {
	threadHit
	CommentID string `json:"commentId"`
}

type recordCommentHit struct {
	AppID     string    `json:"appId"`
	AppName   string    `json:"appName"`
	RecordID  string    `json:"recordId"`
	Title     string    `json:"recordTitle"`
	CommentID string    `json:"commentId"`
	CreatedAt string    `json:"createdAt"`
	Creator   personOut `json:"creator"`
	home
}

type attachmentHit struct {
	AttachedTo string    `json:"attachedTo"` // RECORD, THREAD_COMMENT
	FileKey    string    `json:"fileKey"`
	Name       string    `json:"name"`
	CreatedAt  string    `json:"createdAt"`
	Creator    personOut `json:"creator"`
}

type searchHit struct {
	Type          string            `json:"type"` // RECORD, RECORD_COMMENT, SPACE, THREAD, THREAD_COMMENT, ATTACHMENT
	URL           string            `json:"url"`
	Snippets      []string          `json:"snippets"`
	Record        *recordHit        `json:"record,omitempty"`
	Comment       *recordCommentHit `json:"recordComment,omitempty"`
	Space         *spaceHit         `json:"space,omitempty"`
	Thread        *threadHit        `json:"thread,omitempty"`
	ThreadComment *threadCommentHit `json:"threadComment,omitempty"`
	Attachment    *attachmentHit    `json:"attachment,omitempty"`
}

type searchOut struct {
	Hits []searchHit `json:"hits"`
	Next *string     `json:"nextPageToken"`
}

// searchGuestSpaces answers POST /k/guest/v1/search.json: all guest spaces of the caller, of which there are none.
func (a *API) searchGuestSpaces(_ context.Context, who access.Actor, in searchIn) (searchOut, error) {
	var p errs.Fields
	in.read(&p)
	if err := p.Err(); err != nil {
		return searchOut{}, err
	}
	return searchOut{Hits: []searchHit{}}, usersOnly(who)
}

// searchAll answers POST /k/v1/search.json: what the caller may see in all apps and spaces.
func (a *API) searchAll(ctx context.Context, who access.Actor, in searchIn) (searchOut, error) {
	out := searchOut{Hits: []searchHit{}}
	var p errs.Fields
	r := in.read(&p)
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
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
		out.Next = new(base64.RawURLEncoding.EncodeToString(doc))
	}
	return out, nil
}

func (a *API) showHit(h search.Hit) searchHit {
	if h.App == 0 {
		return a.showSaid(h)
	}
	at, by := hitOrigin(h)
	out := searchHit{URL: a.baseURL + "/k/" + id.String(h.App) + "/show#record=" + id.String(h.Record), Snippets: h.Snippets}
	var in home
	if h.In != 0 {
		in = home{id.String(h.In), h.SpaceName}
	}
	if h.Place.Comment != 0 {
		n := id.String(id.Comment(h.Place.Comment))
		out.Type, out.URL = "RECORD_COMMENT", out.URL+"&comment="+n
		out.Comment = &recordCommentHit{id.String(h.App), h.AppName, id.String(h.Record), h.Title, n, at, by, in}
		return out
	}
	out.Type = "RECORD"
	out.Record = &recordHit{id.String(h.App), h.AppName, id.String(h.Record), h.Title, at, by, []matchedField{}, in}
	for _, f := range h.Fields {
		out.Record.Matched = append(out.Record.Matched, matchedField{f.Code, f.Label})
	}
	if h.Place.File != 0 {
		out.attach(h, "RECORD")
	}
	return out
}

// showSaid shows what was found in a space, beside its apps.
func (a *API) showSaid(h search.Hit) searchHit {
	at, by := hitOrigin(h)
	out := searchHit{URL: a.baseURL + "/k/#/space/" + id.String(h.Space), Snippets: h.Snippets}
	in := spaceHit{id.String(h.Space), h.SpaceName, at, by}
	if h.Thread == 0 {
		out.Type, out.Space = "SPACE", &in
		return out
	}
	out.URL += "/thread/" + id.String(h.Thread)
	thread := threadHit{in, id.String(h.Thread), h.Title}
	if h.Place.Comment == 0 {
		out.Type, out.Thread = "THREAD", &thread
		return out
	}
	n := id.String(id.Comment(h.Place.Comment))
	out.URL += "/" + n
	out.Type, out.ThreadComment = "THREAD_COMMENT", &threadCommentHit{thread, n}
	if h.Place.File != 0 {
		out.attach(h, "THREAD_COMMENT")
	}
	return out
}

// attach makes out the hit of a file that something brings with it.
func (out *searchHit) attach(h search.Hit, to string) {
	at, by := hitOrigin(h)
	out.Type, out.Attachment = "ATTACHMENT", &attachmentHit{to, h.File.Key, h.File.Name, at, by}
}

// hitOrigin is when something was made, "" when that is kept from the reader, and by whom.
func hitOrigin(h search.Hit) (at string, by personOut) {
	if !h.At.IsZero() {
		at = h.At.UTC().Format(time.RFC3339)
	}
	return at, personOut{h.Creator.Code, h.Creator.Name}
}
