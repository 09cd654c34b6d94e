package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"
)

// request is one call of a scenario. Items is how many records it carries or asks for.
type request struct {
	method, path string
	body         []byte
	items        int
}

// app is the deal app on one server: how to ask it for the things that are measured.
type app struct {
	client *client
	id     string
	loaded int          // records 1 to loaded are there, with contiguous ids
	next   atomic.Int64 // the number of the next new deal
}

type value struct {
	Value any `json:"value"`
}

func record(d deal) map[string]value {
	done := []string{}
	if d.done {
		done = append(done, "済")
	}
	return map[string]value{
		"title": {d.title}, "company": {d.company}, "amount": {strconv.Itoa(d.amount)}, "due": {d.due},
		"meet": {d.meet}, "stage": {d.stage}, "tags": {d.tags}, "done": {done}, "email": {d.email},
		"phone": {d.phone}, "memo": {d.memo}, "owner": {d.owner},
	}
}

// makeApp makes the deal app through the API and waits until it is live.
func makeApp(c *client) (*app, error) {
	a := &app{client: c}
	var made struct{ App string }
	if err := c.call("POST", "/k/v1/preview/app.json", map[string]any{"name": "deals"}, &made); err != nil {
		return nil, err
	}
	a.id = made.App
	err := c.call("POST", "/k/v1/preview/app/form/fields.json", map[string]any{"app": a.id, "properties": fields()}, nil)
	if err != nil {
		return nil, err
	}
	return a, a.deploy()
}

// deploy makes the app's preview settings live and waits until they are.
func (a *app) deploy() error {
	apps := map[string]any{"apps": []any{map[string]any{"app": a.id}}}
	if err := a.client.call("POST", "/k/v1/preview/app/deploy.json", apps, nil); err != nil {
		return err
	}
	return until(30*time.Second, 20*time.Millisecond, func() (bool, error) {
		var state struct{ Apps []struct{ Status string } }
		err := a.client.call("GET", "/k/v1/preview/app/deploy.json?apps%5B0%5D="+a.id, nil, &state)
		return err == nil && len(state.Apps) == 1 && state.Apps[0].Status == "SUCCESS", err
	})
}

// token makes an API token of the app that may view records.
func (a *app) token() (string, error) {
	var made struct{ Token string }
	wanted := map[string]any{"app": a.id, "note": "bench", "rights": map[string]bool{"view": true}}
	if err := a.client.call("POST", "/api/v1/app/tokens", wanted, &made); err != nil {
		return "", err
	}
	return made.Token, a.deploy()
}

func fields() map[string]any {
	choices := func(labels ...string) map[string]any {
		options := map[string]any{}
		for i, l := range labels {
			options[l] = map[string]string{"label": l, "index": strconv.Itoa(i)}
		}
		return options
	}
	field := func(kind, code string) map[string]any {
		return map[string]any{"type": kind, "code": code, "label": code}
	}
	all := map[string]any{}
	for _, code := range []string{"title", "company", "owner"} {
		all[code] = field("SINGLE_LINE_TEXT", code)
	}
	all["amount"], all["due"], all["meet"] = field("NUMBER", "amount"), field("DATE", "due"), field("DATETIME", "meet")
	all["memo"] = field("MULTI_LINE_TEXT", "memo")
	for code, options := range map[string]map[string]any{"stage": choices(stages...), "tags": choices(tagNames...), "done": choices("済")} {
		f := field(map[string]string{"stage": "DROP_DOWN", "tags": "MULTI_SELECT", "done": "CHECK_BOX"}[code], code)
		f["options"] = options
		all[code] = f
	}
	for code, protocol := range map[string]string{"email": "MAIL", "phone": "CALL"} {
		f := field("LINK", code)
		f["protocol"] = protocol
		all[code] = f
	}
	return all
}

func (a *app) create(*rand.Rand) request {
	d := makeDeal(int(a.next.Add(1)) - 1)
	return request{"POST", "/k/v1/record.json", encode(map[string]any{"app": a.id, "record": record(d)}), 1}
}

// bulk makes a request that adds 100 records.
func (a *app) bulk(*rand.Rand) request {
	hi := int(a.next.Add(batch))
	return a.add(hi-batch, hi)
}

const batch = 100

// add makes a request that adds the deals lo to hi-1.
func (a *app) add(lo, hi int) request {
	records := make([]any, 0, hi-lo)
	for i := lo; i < hi; i++ {
		records = append(records, record(makeDeal(i)))
	}
	return request{"POST", "/k/v1/records.json", encode(map[string]any{"app": a.id, "records": records}), hi - lo}
}

func (a *app) anyID(r *rand.Rand) string { return strconv.Itoa(1 + r.IntN(a.loaded)) }

func (a *app) get(r *rand.Rand) request {
	return request{"GET", "/k/v1/record.json?app=" + a.id + "&id=" + a.anyID(r), nil, 1}
}

func (a *app) update(r *rand.Rand) request {
	change := map[string]value{"amount": {strconv.Itoa(r.IntN(1_000_000))}, "stage": {stages[r.IntN(len(stages))]}}
	return request{"PUT", "/k/v1/record.json", encode(map[string]any{"app": a.id, "id": a.anyID(r), "record": change}), 1}
}

// list asks for a page that is filtered, which 4 to 20 % of the records pass, and sorted.
func (a *app) list(limit int) scenario {
	return func(r *rand.Rand) request {
		one := r.IntN(len(stages))
		other := (one + 1 + r.IntN(len(stages)-1)) % len(stages)
		return a.page(fmt.Sprintf(`amount > "%d" and stage in ("%s", "%s") order by due desc limit %d offset 0`,
			500_000+r.IntN(400_000), stages[one], stages[other], limit), limit)
	}
}

func (a *app) search(r *rand.Rand) request {
	return a.page(fmt.Sprintf(`memo like "%s" order by due desc limit 100 offset 0`, needle(r.IntN(1000))), 100)
}

func (a *app) deep(*rand.Rand) request {
	return a.page("order by due desc limit 100 offset 10000", 100)
}

func (a *app) page(query string, items int) request {
	return request{"GET", "/k/v1/records.json?" + url.Values{"app": {a.id}, "query": {query}}.Encode(), nil, items}
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only maps, slices and strings come here
	}
	return b
}
