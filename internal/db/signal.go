package db

import (
	"slices"
	"sync"
)

// listeners are the channels of one DB that wait for signals, by topic.
type listeners struct {
	mu      sync.RWMutex
	byTopic map[string][]chan struct{}
}

// Signal wakes those who Listen for topic on this DB in this process, once the transaction is durable. It carries
// nothing: they look at the tables for what is new. Many signals may arrive as one, and now and then one for nothing.
func (tx *Tx) Signal(topic string) {
	if !slices.Contains(tx.signals, topic) {
		tx.signals = append(tx.signals, topic)
	}
}

// Listen returns a channel that receives after each commit that signalled topic, and a function that ends this. Other
// processes are not heard: who must not miss their commits looks from time to time, too.
func (d *DB) Listen(topic string) (signals <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	l := &d.listeners
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byTopic == nil {
		l.byTopic = make(map[string][]chan struct{})
	}
	l.byTopic[topic] = append(l.byTopic[topic], c)
	return c, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.byTopic[topic] = slices.DeleteFunc(l.byTopic[topic], func(other chan struct{}) bool { return other == c })
	}
}

// wake tells the listeners of topics.
func (l *listeners) wake(topics []string) {
	if len(topics) == 0 {
		return
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, topic := range topics {
		for _, c := range l.byTopic[topic] {
			select {
			case c <- struct{}{}:
			default: // it has a signal waiting
			}
		}
	}
}
