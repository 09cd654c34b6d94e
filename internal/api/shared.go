package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/share"
)

// These routes answer people without an account. Who is logged in makes no difference to them: they never look at
// Request.Who.

// The cookies of visitors. The first is followed by the name of the link's door. Both are sent to these routes only.
const (
	passCookie    = "engawa_pass_"
	visitorCookie = "engawa_visitor"
	sharedPath    = "/api/v1/shared"
	visitorLife   = 365 * 24 * time.Hour
)

func visitor(rq Request, token string) share.Visitor {
	v := share.Visitor{Token: token, Lang: rq.Lang, IP: httpx.Of(rq.R.Context()).IP, Agent: rq.R.UserAgent()}
	if c, err := rq.R.Cookie(passCookie + share.Door(token)); err == nil {
		v.Pass = c.Value
	}
	if c, err := rq.R.Cookie(visitorCookie); err == nil {
		v.Key = c.Value
	}
	return v
}

// keep sets a cookie of a visitor.
func (a *API) keep(w http.ResponseWriter, name, value string, life time.Duration) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: sharedPath, MaxAge: int(life / time.Second),
		HttpOnly: true, Secure: a.secure, SameSite: http.SameSiteStrictMode,
	})
}

type sharedOut struct {
	Company   string          `json:"company"`
	Title     string          `json:"title"`
	Fields    []sharedField   `json:"fields"`
	Comments  []sharedComment `json:"comments"`
	Can       sharedCan       `json:"can"`
	ExpiresAt *string         `json:"expiresAt"`
	Lang      string          `json:"lang"`
}

type sharedCan struct {
	Comment  bool `json:"comment"`
	Download bool `json:"download"`
}

type sharedComment struct {
	ID        string       `json:"id"`
	Text      string       `json:"text"`
	CreatedAt string       `json:"createdAt"`
	Author    sharedAuthor `json:"author"`
}

type sharedAuthor struct {
	Name    string `json:"name"`
	Mine    bool   `json:"mine"`
	Company bool   `json:"company"`
}

// sharedField is a field's definition as far as it takes to show its value, and the value.
type sharedField map[string]any

// shownSettings are the settings of fields that say how to show a value. Others, such as the choices there would be, are
// not for outsiders.
var shownSettings = []string{"type", "code", "label", "noLabel", "digit", "displayScale", "unit", "unitPosition", "format", "protocol", "thumbnailSize"}

func showField(f *field.Field) sharedField {
	all := f.Properties()
	out := sharedField{}
	for _, name := range shownSettings {
		if v, ok := all[name]; ok {
			out[name] = v
		}
	}
	return out
}

// columnsOut is a table's columns by code, in their order.
type columnsOut []*field.Field

// MarshalJSON keeps the order, which a map would not.
func (c columnsOut) MarshalJSON() ([]byte, error) {
	dst := []byte{'{'}
	for i, f := range c {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(field.AppendString(dst, f.Code), ':')
		b, err := json.Marshal(showField(f))
		if err != nil {
			return nil, err
		}
		dst = append(dst, b...)
	}
	return append(dst, '}'), nil
}

func showShared(v share.View) sharedOut {
	out := sharedOut{
		Company: v.Company, Title: v.Title, Fields: []sharedField{}, Comments: []sharedComment{},
		Can: sharedCan{v.CanComment, v.CanDownload}, ExpiresAt: instantOrNull(v.ExpiresAt), Lang: string(v.Lang),
	}
	for _, s := range v.Fields {
		f := showField(s.Field)
		f["value"] = s.Value
		if s.Field.Type == field.Subtable {
			f["fields"] = columnsOut(s.Columns)
		}
		out.Fields = append(out.Fields, f)
	}
	for _, c := range v.Comments {
		out.Comments = append(out.Comments, sharedComment{
			id.String(c.ID), c.Text, instant(c.CreatedAt), sharedAuthor{c.Name, c.Mine, c.Company},
		})
	}
	return out
}

// getShared answers GET /api/v1/shared.
func (a *API) getShared(ctx context.Context, rq Request) error {
	v, err := a.shares.Read(ctx, visitor(rq, rq.R.URL.Query().Get("token")))
	if err != nil {
		return err
	}
	return writeJSON(rq.W, showShared(v))
}

// unlockShared answers POST /api/v1/shared/unlock.
func (a *API) unlockShared(ctx context.Context, rq Request) error {
	var in struct {
		Token    string `json:"token"`
		Password string `json:"password"`
	}
	if err := readJSON(rq, &in); err != nil {
		return err
	}
	pass, err := a.shares.Unlock(ctx, visitor(rq, in.Token), in.Password)
	if err != nil {
		return err
	}
	if pass.Value != "" {
		a.keep(rq.W, passCookie+share.Door(in.Token), pass.Value, pass.Life)
	}
	return writeJSON(rq.W, none{})
}

// addSharedComment answers POST /api/v1/shared/comment.
func (a *API) addSharedComment(ctx context.Context, rq Request) error {
	var in struct {
		Token string `json:"token"`
		Name  string `json:"name"`
		Text  string `json:"text"`
	}
	if err := readJSON(rq, &in); err != nil {
		return err
	}
	v := visitor(rq, in.Token)
	v.Name = in.Name
	added, key, err := a.shares.Comment(ctx, v, in.Text)
	if err != nil {
		return err
	}
	a.keep(rq.W, visitorCookie, key, visitorLife)
	return writeJSON(rq.W, idOut{id.String(added)})
}

// downloadShared answers GET /api/v1/shared/file.
func (a *API) downloadShared(ctx context.Context, rq Request) error {
	q := rq.R.URL.Query()
	f, err := a.shares.File(ctx, visitor(rq, q.Get("token")), q.Get("fileKey"), q.Has("size"))
	if err != nil {
		return err
	}
	return a.send(ctx, rq, f, false)
}

// sharedEvents answers GET /api/v1/shared/events until the link is closed.
func (a *API) sharedEvents(ctx context.Context, rq Request) error {
	v := visitor(rq, rq.R.URL.Query().Get("token"))
	if _, err := a.shares.Enter(ctx, v); err != nil {
		return err
	}
	s := httpx.NewStream(rq.W)
	serveEvents(ctx, s, func(ctx context.Context) {
		a.shares.Watch(ctx, v, func(n share.News) bool { return s.Send(string(n), none{}) })
	})
	return nil
}

// serveEvents serves a stream that tell fills; it ends when tell returns.
func serveEvents(ctx context.Context, s *httpx.Stream, tell func(ctx context.Context)) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer s.Close()
		tell(ctx)
	}()
	_ = s.Serve(ctx) // a reader too slow to be served connects again
	cancel()
	<-ended
}
