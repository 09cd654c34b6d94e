package httpx

import (
	"net/netip"
	"testing"
	"time"
)

func TestLimiter(t *testing.T) {
	now := time.Unix(1000, 0)
	l := NewLimiter[string](time.Second, 3, 10, func() time.Time { return now })
	for i := range 3 {
		if wait := l.Take("a"); wait != 0 {
			t.Fatalf("act %d waits %s", i, wait)
		}
	}
	if wait := l.Take("a"); wait != time.Second {
		t.Errorf("fourth act waits %s, want 1s", wait)
	}
	if wait := l.Wait("b"); wait != 0 {
		t.Errorf("another key waits %s", wait)
	}
	now = now.Add(time.Second)
	if wait := l.Take("a"); wait != 0 {
		t.Errorf("after the wait: %s", wait)
	}
	for range 100 {
		l.Add("a")
	}
	if wait := l.Wait("a"); wait > 5*time.Second {
		t.Errorf("acts over the limit add up to %s", wait)
	}
	l.Forget("a")
	if l.Wait("a") != 0 {
		t.Error("forgotten key waits")
	}
}

func TestLimiterMemoryIsBoundedAndKeepsTheBusiest(t *testing.T) {
	now := time.Unix(1000, 0)
	l := NewLimiter[int](time.Minute, 2, 1000, func() time.Time { return now })
	for range 10 {
		l.Add(-1)
	}
	for i := range 100_000 {
		l.Take(i)
	}
	if l.Len() > 1000 {
		t.Errorf("%d keys kept", l.Len())
	}
	if l.Wait(-1) == 0 {
		t.Error("a flood of other keys washed out the one held back")
	}
}

func TestOneIPv6NetworkIsOneClient(t *testing.T) {
	a, b := netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8::ffff:1")
	if Network(a) != Network(b) || Network(a) == Network(netip.MustParseAddr("2001:db8:0:1::1")) {
		t.Error("/64 is the unit")
	}
	if Network(netip.MustParseAddr("1.2.3.4")) == Network(netip.MustParseAddr("1.2.3.5")) || Network(netip.Addr{}).IsValid() {
		t.Error("IPv4 addresses are clients each")
	}
}
