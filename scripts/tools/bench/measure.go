package main

import (
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// scenario makes the next request of one of its clients.
type scenario func(*rand.Rand) request

// figures is what a scenario did. The rates are per second, the latencies in milliseconds as the client saw them.
type figures struct {
	requests, items float64
	p50, p99, most  float64
	failed          error // of the first request that failed, if any
}

// measure runs s with so many clients, each waiting for one answer before its next request: once to warm up,
// then runs times, and answers the run with the median rate.
func measure(c *client, s scenario, clients, runs int, each time.Duration) figures {
	run(c, s, clients, each/4)
	all := make([]figures, runs)
	for i := range all {
		all[i] = run(c, s, clients, each)
		if all[i].failed != nil {
			return all[i]
		}
	}
	slices.SortFunc(all, func(a, b figures) int { return int(a.requests - b.requests) })
	return all[runs/2]
}

func run(c *client, s scenario, clients int, d time.Duration) figures {
	var (
		wait      sync.WaitGroup
		lock      sync.Mutex
		latencies []time.Duration
		result    figures
		items     int
	)
	began := time.Now()
	for i := range clients {
		wait.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), uint64(began.UnixNano())))
			var mine []time.Duration
			var carried int
			var failed error
			for failed == nil && time.Since(began) < d {
				q := s(r)
				sent := time.Now()
				failed = c.send(q)
				mine = append(mine, time.Since(sent))
				carried += q.items
			}
			lock.Lock()
			defer lock.Unlock()
			latencies = append(latencies, mine...)
			items += carried
			if result.failed == nil {
				result.failed = failed
			}
		})
	}
	wait.Wait()
	seconds := time.Since(began).Seconds()
	slices.Sort(latencies)
	at := func(q float64) float64 { return latencies[int(q*float64(len(latencies)-1))].Seconds() * 1000 }
	result.requests, result.items = float64(len(latencies))/seconds, float64(items)/seconds
	result.p50, result.p99, result.most = at(.5), at(.99), at(1)
	return result
}

// load adds the first n deals, two requests at a time, and answers the records per second.
func (a *app) load(n int) (float64, error) {
	var (
		wait  sync.WaitGroup
		next  atomic.Int64
		fails = make(chan error, 2)
	)
	began := time.Now()
	for range cap(fails) {
		wait.Go(func() {
			for {
				hi := int(next.Add(batch))
				if hi-batch >= n {
					return
				}
				if err := a.client.send(a.add(hi-batch, min(hi, n))); err != nil {
					fails <- err
					return
				}
			}
		})
	}
	wait.Wait()
	close(fails)
	a.loaded = n
	a.next.Store(int64(n))
	return float64(n) / time.Since(began).Seconds(), <-fails
}
