package main

import (
	"fmt"
	"math/rand/v2"
	"time"
)

const (
	mixClients = 16
	mixParts   = 10
)

// mixed is what a working day looks like: 70 % pages, 20 % single records, 10 % writes, one half of them new records.
func (a *app) mixed(r *rand.Rand) request {
	switch n := r.IntN(20); {
	case n < 14:
		return a.list(100)(r)
	case n < 18:
		return a.get(r)
	case n < 19:
		return a.update(r)
	}
	return a.create(r)
}

// measureMix prints how the server does under a mixed load that goes on, a line for each tenth of it: latencies that rise
// or memory that grows show there. A request that fails ends it.
func measureMix(p *process, a *app, d time.Duration) error {
	run(a.client, a.mixed, mixClients, time.Second)
	fmt.Printf("| minutes | requests/s | p50 ms | p99 ms | most ms | memory MiB |\n|--:|--:|--:|--:|--:|--:|\n")
	for i := range mixParts {
		f := run(a.client, a.mixed, mixClients, d/mixParts)
		if f.failed != nil {
			return f.failed
		}
		fmt.Printf("| %.0f | %.0f | %.1f | %.1f | %.0f | %.0f |\n",
			(d / mixParts * time.Duration(i+1)).Minutes(), f.requests, f.p50, f.p99, f.most, p.memory())
	}
	return nil
}
