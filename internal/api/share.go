package api

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/share"
)

func (a *API) shareRoutes() []Route {
	return []Route{
		route("GET", "/api/v1/shares", a.getShares),
		route("POST", "/api/v1/share", a.addShare),
		route("PUT", "/api/v1/share", a.updateShare),
		route("POST", "/api/v1/share/revoke", a.revokeShare),
		route("POST", "/api/v1/share/preview", a.previewShare),
		route("GET", "/api/v1/share/accesses", a.getAccesses),
		stream("GET", "/api/v1/share/qr", a.drawShare),

		open(stream("GET", "/api/v1/shared", a.getShared)),
		open(stream("POST", "/api/v1/shared/unlock", a.unlockShared)),
		open(stream("POST", "/api/v1/shared/comment", a.addSharedComment)),
		open(stream("GET", "/api/v1/shared/file", a.downloadShared)),
		open(lasting(stream("GET", "/api/v1/shared/events", a.sharedEvents))),
	}
}

type getSharesIn struct {
	App    Int `json:"app"`
	Record Int `json:"record"`
}

type shareOut struct {
	ID           string      `json:"id"`
	Title        string      `json:"title"`
	Fields       []string    `json:"fields"`
	HasPassword  bool        `json:"hasPassword"`
	ExpiresAt    *string     `json:"expiresAt"`
	MayComment   bool        `json:"mayComment"`
	MayDownload  bool        `json:"mayDownload"`
	CreatedAt    string      `json:"createdAt"`
	CreatedBy    personOut   `json:"createdBy"`
	RevokedAt    *string     `json:"revokedAt"`
	State        share.State `json:"state"`
	URL          string      `json:"url,omitempty"`
	Opens        int         `json:"opens"`
	LastOpenedAt *string     `json:"lastOpenedAt"`
	Comments     int         `json:"comments"`
}

type sharesOut struct {
	Shares   []shareOut `json:"shares"`
	CanShare bool       `json:"canShare"`
}

// getShares answers GET /api/v1/shares: the links of a record.
func (a *API) getShares(ctx context.Context, who access.Actor, in getSharesIn) (sharesOut, error) {
	var p errs.Fields
	out := sharesOut{Shares: []shareOut{}}
	app, n := in.App.app(&p, "app"), in.Record.record(&p, "record")
	if err := p.Err(); err != nil {
		return out, err
	}
	list, canShare, err := a.shares.Of(ctx, who, app, n)
	out.CanShare = canShare
	for _, l := range list {
		s := shareOut{
			ID: id.String(l.ID), Title: l.Title, Fields: l.Codes, HasPassword: l.HasPassword(), ExpiresAt: instantOrNull(l.ExpiresAt),
			MayComment: l.MayComment, MayDownload: l.MayDownload, CreatedAt: instant(l.CreatedAt),
			CreatedBy: personOut{l.Publisher.Code, l.Publisher.Name}, RevokedAt: instantOrNull(l.RevokedAt), State: l.State,
			Opens: l.Opens, LastOpenedAt: instantOrNull(l.LastOpened), Comments: l.Comments,
		}
		if l.Token != "" {
			s.URL = a.shareURL(l.Token)
		}
		out.Shares = append(out.Shares, s)
	}
	return out, err
}

func (a *API) shareURL(token string) string { return a.baseURL + "/s/" + token }

// instantOrNull is a time, null when there is none.
func instantOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return text(instant(t))
}

// shareIn is a link as its maker wants it. Members that are not there stay as they are.
type shareIn struct {
	ID          Int         `json:"id"`
	App         Int         `json:"app"`
	Record      Int         `json:"record"`
	Title       *Text       `json:"title"`
	Fields      *List[Text] `json:"fields"`
	Password    *Text       `json:"password"`
	ExpiresAt   moment      `json:"expiresAt"`
	MayComment  Bool        `json:"mayComment"`
	MayDownload Bool        `json:"mayDownload"`
}

// moment is a time in a request, in RFC 3339. null and "" are none, which is not the same as not given.
type moment struct {
	at         time.Time
	given, bad bool
}

// UnmarshalJSON never fails, as for Int.
func (m *moment) UnmarshalJSON(raw []byte) error {
	m.given = true
	var s string
	if json.Unmarshal(raw, &s) != nil {
		m.bad = true
	} else if s != "" {
		var err error
		m.at, err = time.Parse(time.RFC3339, s)
		m.bad = err != nil
	}
	return nil
}

func (in shareIn) change(p *errs.Fields) share.Change {
	c := share.Change{Title: (*string)(in.Title), Password: (*string)(in.Password)}
	if in.Fields != nil {
		c.Fields = new(texts(*in.Fields))
	}
	if in.ExpiresAt.bad {
		p.Add("expiresAt", "share.notTime")
	} else if in.ExpiresAt.given {
		c.ExpiresAt = &in.ExpiresAt.at
	}
	c.MayComment = in.MayComment.optional(p, "mayComment")
	c.MayDownload = in.MayDownload.optional(p, "mayDownload")
	return c
}

type addShareOut struct {
	ID  string `json:"id"`
	URL string `json:"url"`
}

// addShare answers POST /api/v1/share.
func (a *API) addShare(ctx context.Context, who access.Actor, in shareIn) (addShareOut, error) {
	var p errs.Fields
	app, n, c := in.App.app(&p, "app"), in.Record.record(&p, "record"), in.change(&p)
	if err := p.Err(); err != nil {
		return addShareOut{}, err
	}
	l, token, err := a.shares.Create(ctx, who, app, n, c)
	if err != nil {
		return addShareOut{}, err
	}
	return addShareOut{id.String(l.ID), a.shareURL(token)}, nil
}

// updateShare answers PUT /api/v1/share.
func (a *API) updateShare(ctx context.Context, who access.Actor, in shareIn) (none, error) {
	var p errs.Fields
	n, c := in.ID.share(&p, "id"), in.change(&p)
	if err := p.Err(); err != nil {
		return none{}, err
	}
	return none{}, a.shares.Change(ctx, who, n, c)
}

// share is the id of a record link, which must be given.
func (i Int) share(p *errs.Fields, path string) id.Share { return id.Share(i.need(p, path, 1)) }

type shareIDIn struct {
	ID Int `json:"id"`
}

// revokeShare answers POST /api/v1/share/revoke.
func (a *API) revokeShare(ctx context.Context, who access.Actor, in shareIDIn) (none, error) {
	var p errs.Fields
	n := in.ID.share(&p, "id")
	if err := p.Err(); err != nil {
		return none{}, err
	}
	return none{}, a.shares.Revoke(ctx, who, n)
}

// previewShare answers POST /api/v1/share/preview, as getShared would answer the link's holders.
func (a *API) previewShare(ctx context.Context, who access.Actor, in shareIn) (sharedOut, error) {
	var p errs.Fields
	var app id.App
	var n id.Record
	link, c := id.Share(in.ID.within(&p, "id", 0, 1, 1<<62)), in.change(&p)
	if link == 0 {
		app, n = in.App.app(&p, "app"), in.Record.record(&p, "record")
	}
	if err := p.Err(); err != nil {
		return sharedOut{}, err
	}
	v, err := a.shares.Preview(ctx, who, link, app, n, c)
	return showShared(v), err
}

type accessOut struct {
	At     string     `json:"at"`
	Kind   share.Kind `json:"kind"`
	Name   string     `json:"name,omitempty"`
	Device string     `json:"device"`
	IP     string     `json:"ip"`
}

type accessesOut struct {
	Accesses []accessOut `json:"accesses"`
}

// getAccesses answers GET /api/v1/share/accesses.
func (a *API) getAccesses(ctx context.Context, who access.Actor, in shareIDIn) (accessesOut, error) {
	var p errs.Fields
	out := accessesOut{Accesses: []accessOut{}}
	n := in.ID.share(&p, "id")
	if err := p.Err(); err != nil {
		return out, err
	}
	list, err := a.shares.Accesses(ctx, who, n)
	for _, x := range list {
		out.Accesses = append(out.Accesses, accessOut{instant(x.At), x.Kind, x.Name, x.Device, x.IP})
	}
	return out, err
}

// drawShare answers GET /api/v1/share/qr with the link's address as a picture.
func (a *API) drawShare(ctx context.Context, rq Request) error {
	n, _ := id.Parse[id.Share](rq.R.URL.Query().Get("id"))
	token, err := a.shares.Token(ctx, rq.Who, n)
	if err != nil {
		return err
	}
	svg, err := share.QR(a.shareURL(token))
	if err != nil {
		return err
	}
	rq.W.Header().Set("Content-Type", "image/svg+xml")
	_, _ = io.WriteString(rq.W, svg) // the client is gone: nobody to tell
	return nil
}
