package identity

import (
	"crypto/sha256"
	"sync"

	"github.com/engawa/engawa/internal/id"
)

// maxVerified bounds the cache; each entry is about 100 bytes.
const maxVerified = 8192

// verified remembers which password headers have been proved, so that a program that sends one with each request does
// not cost a password hash each time. It keeps a keyed hash of the header, never the header; an entry is for one
// auth version of the user, and dead when that changes.
type verified struct {
	key  []byte
	mu   sync.RWMutex
	seen map[[sha256.Size]byte]proof
}

// proof says whom a header proved to be, and until when it counts.
type proof struct {
	user    id.User
	version int64
}

func newVerified(key []byte) *verified {
	return &verified{key: key, seen: map[[sha256.Size]byte]proof{}}
}

// sum is what the cache knows a header by. The key is made at each start, is always as long, and nobody is shown a sum.
func (v *verified) sum(header string) [sha256.Size]byte {
	return sha256.Sum256(append(append(make([]byte, 0, 128), v.key...), header...))
}

func (v *verified) get(sum [sha256.Size]byte) (proof, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	p, ok := v.seen[sum]
	return p, ok
}

// put remembers a proof, in the place of any other when there is no room.
func (v *verified) put(sum [sha256.Size]byte, p proof) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for k := range v.seen {
		if len(v.seen) < maxVerified {
			break
		}
		delete(v.seen, k)
	}
	v.seen[sum] = p
}
