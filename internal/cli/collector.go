package cli

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// How far the heap may grow between two garbage collections, in percent of what is in use, which is little: at rest, where
// memory counts, and at work, where time does. A site is at work while it allocates so many bytes a second.
const (
	atRest = 200
	atWork = 400
	work   = 32 << 20
)

// paceCollector sets the garbage collector by how much there is to do, each second, until ctx ends.
func paceCollector(ctx context.Context, second <-chan time.Time) {
	percent := atRest
	debug.SetGCPercent(percent)
	for before := allocated(); ; {
		select {
		case <-ctx.Done():
			return
		case <-second:
		}
		now := allocated()
		if p := percentFor(now - before); p != percent {
			percent = p
			debug.SetGCPercent(percent)
		}
		before = now
	}
}

// percentFor is the percentage for a site that allocated so many bytes in a second.
func percentFor(bytes uint64) int {
	if bytes >= work {
		return atWork
	}
	return atRest
}

// allocated is how many bytes were allocated since the start.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
