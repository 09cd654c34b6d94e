package api

import (
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/webhook"
)

// webhookRoutes are the webhooks of an app, for people who manage it; kintone has only screens for them.
func (a *API) webhookRoutes() []Route {
	return []Route{
		route("GET", "/api/v1/app/webhooks", a.getWebhooks),
		route("POST", "/api/v1/app/webhooks", a.addWebhook),
		route("PUT", "/api/v1/app/webhooks", a.updateWebhook),
		route("DELETE", "/api/v1/app/webhooks", a.deleteWebhook),
		route("POST", "/api/v1/app/webhooks/secret", a.rotateWebhook),
		route("POST", "/api/v1/app/webhooks/test", a.testWebhook),
		route("GET", "/api/v1/app/webhooks/deliveries", a.getDeliveries),
		route("POST", "/api/v1/app/webhooks/redeliver", a.redeliver),
	}
}

type webhookOut struct {
	ID           string          `json:"id"`
	URL          string          `json:"url"`
	Description  string          `json:"description"`
	Events       []webhook.Event `json:"events"`
	Active       bool            `json:"active"`
	Stopped      webhook.Reason  `json:"stopped"`
	Owner        personOut       `json:"owner"`
	FailingSince *string         `json:"failingSince"`
	CreatedAt    string          `json:"createdAt"`
	UpdatedAt    string          `json:"updatedAt"`
}

type webhooksOut struct {
	Webhooks []webhookOut `json:"webhooks"`
}

// getWebhooks answers GET /api/v1/app/webhooks, without their secrets.
func (a *API) getWebhooks(ctx context.Context, who access.Actor, in appInfoIn) (webhooksOut, error) {
	out := webhooksOut{Webhooks: []webhookOut{}}
	var p errs.Fields
	app := in.App.app(&p, "app")
	if err := p.Err(); err != nil {
		return out, err
	}
	list, err := a.webhooks.List(ctx, who, app)
	if err != nil {
		return out, err
	}
	dir, err := a.people.Directory(ctx)
	for _, w := range list {
		out.Webhooks = append(out.Webhooks, webhookOut{
			ID: id.String(w.ID), URL: w.URL, Description: w.Description, Events: w.Events, Active: w.Active, Stopped: w.Stopped,
			Owner: person(dir, w.Owner), FailingSince: instantOrNull(w.FailingSince), CreatedAt: instant(w.CreatedAt), UpdatedAt: instant(w.UpdatedAt),
		})
	}
	return out, err
}

type addWebhookIn struct {
	App         Int         `json:"app"`
	URL         *Text       `json:"url"`
	Description *Text       `json:"description"`
	Events      *List[Text] `json:"events"`
	Active      Bool        `json:"active"`
}

func (in *addWebhookIn) change(p *errs.Fields) webhook.Change {
	c := webhook.Change{URL: (*string)(in.URL), Description: (*string)(in.Description), Active: in.Active.optional(p, "active")}
	if in.Events != nil {
		events := make([]webhook.Event, len(*in.Events))
		for i, e := range *in.Events {
			events[i] = webhook.Event(e)
		}
		c.Events = &events
	}
	return c
}

type addWebhookOut struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

// addWebhook answers POST /api/v1/app/webhooks. The secret is told this once.
func (a *API) addWebhook(ctx context.Context, who access.Actor, in addWebhookIn) (addWebhookOut, error) {
	var p errs.Fields
	app, c := in.App.app(&p, "app"), in.change(&p)
	if err := p.Err(); err != nil {
		return addWebhookOut{}, err
	}
	w, secret, err := a.webhooks.Add(ctx, who, app, c)
	if err != nil {
		return addWebhookOut{}, err
	}
	return addWebhookOut{id.String(w.ID), secret}, nil
}

type updateWebhookIn struct {
	ID Int `json:"id"`
	addWebhookIn
}

// updateWebhook answers PUT /api/v1/app/webhooks: what is not mentioned stays.
func (a *API) updateWebhook(ctx context.Context, who access.Actor, in updateWebhookIn) (none, error) {
	var p errs.Fields
	app, n, c := in.App.app(&p, "app"), id.Webhook(in.ID.need(&p, "id", 1)), in.change(&p)
	if err := p.Err(); err != nil {
		return none{}, err
	}
	return none{}, a.webhooks.Update(ctx, who, app, n, c)
}

type webhookIn struct {
	App Int `json:"app"`
	ID  Int `json:"id"`
}

// read returns the app, and the webhook or delivery.
func (in webhookIn) read() (app id.App, n int64, err error) {
	var p errs.Fields
	app, n = in.App.app(&p, "app"), in.ID.need(&p, "id", 1)
	return app, n, p.Err()
}

// deleteWebhook answers DELETE /api/v1/app/webhooks.
func (a *API) deleteWebhook(ctx context.Context, who access.Actor, in webhookIn) (none, error) {
	app, n, err := in.read()
	if err != nil {
		return none{}, err
	}
	return none{}, a.webhooks.Delete(ctx, who, app, id.Webhook(n))
}

type secretOut struct {
	Secret string `json:"secret"`
}

// rotateWebhook answers POST /api/v1/app/webhooks/secret. The new secret is told this once.
func (a *API) rotateWebhook(ctx context.Context, who access.Actor, in webhookIn) (secretOut, error) {
	app, n, err := in.read()
	if err != nil {
		return secretOut{}, err
	}
	secret, err := a.webhooks.Rotate(ctx, who, app, id.Webhook(n))
	return secretOut{secret}, err
}

// testWebhook answers POST /api/v1/app/webhooks/test with the delivery that shows how it went.
func (a *API) testWebhook(ctx context.Context, who access.Actor, in webhookIn) (idOut, error) {
	app, n, err := in.read()
	if err != nil {
		return idOut{}, err
	}
	d, err := a.webhooks.Test(ctx, who, app, id.Webhook(n))
	return idOut{id.String(d)}, err
}

// redeliver answers POST /api/v1/app/webhooks/redeliver with the new delivery.
func (a *API) redeliver(ctx context.Context, who access.Actor, in webhookIn) (idOut, error) {
	app, n, err := in.read()
	if err != nil {
		return idOut{}, err
	}
	d, err := a.webhooks.Redeliver(ctx, who, app, id.Delivery(n))
	return idOut{id.String(d)}, err
}

type deliveriesIn struct {
	App    Int `json:"app"`
	ID     Int `json:"id"`
	Before Int `json:"before"`
}

type deliveryOut struct {
	ID        string          `json:"id"`
	Event     webhook.Event   `json:"event"`
	Outcome   webhook.Outcome `json:"outcome"`
	Attempts  string          `json:"attempts"`
	Times     string          `json:"times"`
	Status    *string         `json:"status"`
	Duration  *string         `json:"duration"`
	CreatedAt string          `json:"createdAt"`
	TriedAt   *string         `json:"triedAt"`
	NextAt    *string         `json:"nextAt"`
}

type deliveriesOut struct {
	Deliveries []deliveryOut `json:"deliveries"`
	More       bool          `json:"more"`
}

// getDeliveries answers GET /api/v1/app/webhooks/deliveries: of what the targets said only the status.
func (a *API) getDeliveries(ctx context.Context, who access.Actor, in deliveriesIn) (deliveriesOut, error) {
	out := deliveriesOut{Deliveries: []deliveryOut{}}
	var p errs.Fields
	before := id.Delivery(in.Before.within(&p, "before", 0, 1, 1<<62))
	app, n := in.App.app(&p, "app"), id.Webhook(in.ID.need(&p, "id", 1))
	if err := p.Err(); err != nil {
		return out, err
	}
	list, more, err := a.webhooks.Deliveries(ctx, who, app, n, before)
	for _, d := range list {
		o := deliveryOut{
			ID: id.String(d.ID), Event: d.Event, Outcome: d.Outcome, Attempts: strconv.Itoa(d.Attempts), Times: strconv.Itoa(d.Times),
			CreatedAt: instant(d.CreatedAt), TriedAt: instantOrNull(d.TriedAt), NextAt: instantOrNull(d.NextAt),
		}
		if d.Status != 0 {
			o.Status, o.Duration = text(strconv.Itoa(d.Status)), text(strconv.Itoa(int(d.Duration.Milliseconds())))
		}
		out.Deliveries = append(out.Deliveries, o)
	}
	out.More = more
	return out, err
}
