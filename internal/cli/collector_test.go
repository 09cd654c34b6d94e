package cli

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

func TestTheCollectorWaitsLongerAtWork(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	ctx, stop := context.WithCancel(t.Context())
	seconds, done := make(chan time.Time), make(chan struct{})
	go func() {
		defer close(done)
		paceCollector(ctx, seconds)
	}()
	for _, tc := range []struct {
		percent uint64
		busy    bool
	}{{atWork, true}, {atRest, false}} {
		for deadline := time.Now().Add(30 * time.Second); gcPercent() != tc.percent; {
			if time.Now().After(deadline) {
				t.Fatalf("busy %v: %d percent", tc.busy, gcPercent())
			}
			for range work >> 20 {
				if tc.busy {
					sink = make([]byte, 1<<20)
				}
			}
			seconds <- time.Time{}
		}
	}
	stop()
	<-done
}

var sink []byte

func gcPercent() uint64 {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
