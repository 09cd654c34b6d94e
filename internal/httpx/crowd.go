package httpx

import "sync"

// Crowd counts who is inside, so that nobody takes all the places of a Gate.
type Crowd struct {
	each int

	mu     sync.Mutex
	inside map[string]int
}

// NewCrowd returns a crowd in which each has room each times.
func NewCrowd(each int) *Crowd { return &Crowd{each: each, inside: map[string]int{}} }

// Enter reports whether there is room for one more of who; if so the caller says Leave.
func (c *Crowd) Enter(who string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.inside[who] >= c.each {
		return false
	}
	c.inside[who]++
	return true
}

// Leave gives a place of who back.
func (c *Crowd) Leave(who string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.inside[who]--; c.inside[who] == 0 {
		delete(c.inside, who)
	}
}
