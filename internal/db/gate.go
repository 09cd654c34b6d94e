package db

import "sync"

// gate keeps readers and the writer apart where the database does not.
type gate interface {
	sync.Locker
	RLock()
	RUnlock()
}

// noGate is for files: the write-ahead log lets readers and the writer work side by side.
type noGate struct{}

func (noGate) Lock()    {}
func (noGate) Unlock()  {}
func (noGate) RLock()   {}
func (noGate) RUnlock() {}
