package httpx

import (
	"sync"
	"time"
)

// Limiter counts what each key does and says when it is too much: burst at once, then one per interval.
// Its memory is bounded: with max keys in use, the least busy of a handful makes room, so a flood of
// addresses cannot wash out one that is being held back.
// Source: the generic cell rate algorithm; one time per key.
type Limiter[K comparable] struct {
	interval time.Duration
	burst    time.Duration // interval × burst
	max      int
	clock    func() time.Time

	mu   sync.Mutex
	full map[K]time.Time // when the key will have nothing on its account again
}

// NewLimiter returns a limiter for at most max keys. clock is time.Now except in tests.
func NewLimiter[K comparable](interval time.Duration, burst, max int, clock func() time.Time) *Limiter[K] {
	return &Limiter[K]{interval: interval, burst: interval * time.Duration(burst), max: max, clock: clock, full: map[K]time.Time{}}
}

// Take counts one act of key and returns 0, or, without counting it, how long key has to wait.
func (l *Limiter[K]) Take(key K) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	if wait := l.wait(key, now); wait > 0 {
		return wait
	}
	l.add(key, now)
	return 0
}

// Wait returns how long key has to wait before its next act, 0 when it need not, and counts nothing.
func (l *Limiter[K]) Wait(key K) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.wait(key, l.clock())
}

// Add counts one act of key that has happened, over the limit too, but never more than twice the burst.
func (l *Limiter[K]) Add(key K) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	if l.full[key].Sub(now) < 2*l.burst {
		l.add(key, now)
	}
}

// Forget clears the account of key.
func (l *Limiter[K]) Forget(key K) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.full, key)
}

// Len is the number of keys remembered.
func (l *Limiter[K]) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.full)
}

func (l *Limiter[K]) wait(key K, now time.Time) time.Duration {
	at := l.full[key]
	if at.Before(now) {
		return 0
	}
	return max(at.Add(l.interval).Sub(now)-l.burst, 0)
}

func (l *Limiter[K]) add(key K, now time.Time) {
	at, known := l.full[key]
	if !known && len(l.full) >= l.max {
		l.makeRoom(now)
	}
	if at.Before(now) {
		at = now
	}
	l.full[key] = at.Add(l.interval)
}

// makeRoom looks at a few keys (Go starts a map at a random one) and drops those that owe nothing any more,
// or else the one that owes least.
func (l *Limiter[K]) makeRoom(now time.Time) {
	var least K
	var leastAt time.Time
	seen := 0
	for k, at := range l.full {
		if at.Before(now) {
			delete(l.full, k)
		} else if leastAt.IsZero() || at.Before(leastAt) {
			least, leastAt = k, at
		}
		if seen++; seen == 16 {
			break
		}
	}
	if len(l.full) >= l.max {
		delete(l.full, least)
	}
}
