package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// payload is what is sent. Members stand in kintone's order.
// Source: kintone, webhooks.
type payload struct {
	ID          string          `json:"id"`
	Type        Event           `json:"type"`
	App         named           `json:"app"`
	Record      json.RawMessage `json:"record,omitempty"`
	RecordTitle string          `json:"recordTitle,omitempty"`
	RecordID    string          `json:"recordId,omitempty"`
	Comment     *comment        `json:"comment,omitempty"`
	DeletedBy   *person         `json:"deletedBy,omitempty"`
	DeletedAt   string          `json:"deletedAt,omitempty"`
	URL         string          `json:"url,omitempty"`
}

type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type person struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

type comment struct {
	ID        string           `json:"id"`
	Text      string           `json:"text"`
	CreatedAt string           `json:"createdAt"`
	Creator   person           `json:"creator"`
	Mentions  []record.Mention `json:"mentions"`
}

// seconds is how kintone writes instants.
func seconds(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// errSkip is why there is nothing to send.
type errSkip struct{ outcome Outcome }

func (e errSkip) Error() string { return "webhook: " + string(e.outcome) }

// body is what a delivery says, as its webhook's owner sees it now.
//
// Errors: errSkip when he may not see it, it is gone, or he may no longer manage the app.
func (s *Webhooks) body(ctx context.Context, w Webhook, d Delivery) ([]byte, error) {
	who, ok, err := s.people.ActAs(ctx, w.Owner)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errSkip{NoOwner}
	}
	if err := s.manage(ctx, who, w.App); errs.KindOf(err) == errs.Forbidden {
		return nil, errSkip{NoOwner}
	} else if err != nil {
		return nil, skip(err)
	}
	out := payload{ID: d.uuid, Type: d.Event, App: named{ID: id.String(w.App)}}
	if d.Event == Test {
		out.App.Name, err = s.nameOf(ctx, who, w.App)
		out.URL = s.options.BaseURL + "/k/" + out.App.ID + "/"
	} else {
		err = s.tell(ctx, who, d, &out)
	}
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err = e.Encode(out)
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), err
}

// nameOf is the name of an app that may not be deployed yet.
func (s *Webhooks) nameOf(ctx context.Context, who access.Actor, a id.App) (string, error) {
	h, err := s.apps.Open(ctx, who, a)
	if err != nil {
		return "", err
	}
	var st *app.Settings
	if st, err = h.Settings(ctx, h.App().Live == 0); err != nil {
		return "", err
	}
	return st.Name, nil
}

// tell fills in what happened to a record.
func (s *Webhooks) tell(ctx context.Context, who access.Actor, d Delivery, out *payload) error {
	set, err := s.records.Open(ctx, who, d.app)
	if err != nil {
		return skip(err)
	}
	out.App.Name = set.App().Settings.Name
	if d.Event == RecordDeleted {
		return s.tellDeleted(ctx, set, d, out)
	}
	out.URL = s.options.BaseURL + "/k/" + id.String(d.app) + "/show#record=" + id.String(d.record)
	if d.Event == CommentAdded {
		c, err := set.Comment(ctx, d.record, d.comment)
		if err != nil {
			return skip(err)
		}
		dir, err := s.people.Directory(ctx)
		if err != nil {
			return err
		}
		out.RecordID = id.String(d.record)
		out.Comment = &comment{
			ID: id.String(c.ID), Text: c.Plain(dir), CreatedAt: seconds(c.CreatedAt), Creator: person{c.Author.Code, c.Author.Name},
			Mentions: append([]record.Mention{}, c.Mentions...),
		}
		return nil
	}
	if out.RecordTitle, err = set.Title(ctx, d.record); err != nil {
		return skip(err)
	}
	found, err := set.Get(ctx, d.record)
	out.Record = found.JSON
	return skip(err)
}

func (s *Webhooks) tellDeleted(ctx context.Context, set *record.Set, d Delivery, out *payload) error {
	gone, err := set.Buried(ctx, d.record)
	if err != nil {
		return skip(err)
	}
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return err
	}
	by, _ := dir.User(gone.DeletedBy)
	out.RecordID, out.DeletedBy, out.DeletedAt = id.String(d.record), &person{by.Code, by.Name}, seconds(gone.DeletedAt)
	return nil
}

// skip turns what somebody may not see into the outcome that says so. A record that is gone and one that he may not see cannot be
// told apart from here, and need not be.
func skip(err error) error {
	if err == nil {
		return nil
	}
	switch errs.KindOf(err) {
	case errs.NotFound:
		return errSkip{Gone}
	case errs.Forbidden:
		return errSkip{Hidden}
	}
	return err
}
