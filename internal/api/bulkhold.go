package api

import (
	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/rawjson"
	"github.com/engawa/engawa/internal/record"
)

// changing is what the requests of a bulkRequest name the records by that they change.
type changing struct {
	App Int `json:"app"`
	changed
	IDs     List[Int] `json:"ids"`
	Records []changed `json:"records"`
	Upsert  Bool      `json:"upsert"`
}

type changed struct {
	ID        Int        `json:"id"`
	UpdateKey *updateKey `json:"updateKey"`
}

// named are the records that requests change, by app. What is wrong with a request is told when it is its turn: until then
// it names nothing.
func (in bulkIn) named() map[id.App][]record.Named {
	all := map[id.App][]record.Named{}
	for _, r := range *in.Requests {
		var c changing
		if r.Method == "POST" || rawjson.Unmarshal(r.Payload, &c) != nil || !positive(c.App) {
			continue
		}
		if len(c.Records) > record.MaxBulk || len(c.IDs) > record.MaxBulk {
			continue
		}
		n := record.Named{Need: access.Edit}
		switch {
		case r.Method == "DELETE":
			n.Need = access.Delete
		case r.API == "/k/v1/records.json" && c.Upsert.is:
			n.Need, n.Upsert = access.Edit|access.Add, true
		}
		for _, one := range c.IDs {
			c.Records = append(c.Records, changed{ID: one})
		}
		for _, one := range append(c.Records, c.changed) {
			switch {
			case one.UpdateKey != nil:
				n.Keys = append(n.Keys, record.Key{Field: string(one.UpdateKey.Field), Value: string(one.UpdateKey.Value)})
			case positive(one.ID):
				n.IDs = append(n.IDs, id.Record(one.ID.n))
			}
		}
		if len(n.IDs)+len(n.Keys) > 0 {
			all[id.App(c.App.n)] = append(all[id.App(c.App.n)], n)
		}
	}
	return all
}

func positive(n Int) bool { return n.given && !n.bad && n.n > 0 }
