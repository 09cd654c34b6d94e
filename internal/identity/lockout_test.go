package identity_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/identity"
)

// fail tries wrong passwords from elsewhere.
func (w *world) fail(code string, n int) (last string) {
	for range n {
		last, _ = w.login(code, "wrong", elsewhere)
	}
	return last
}

func TestWrongPasswordsLockForAWhile(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		want(w.t, "four wrong", w.fail("aiko", 4), "auth.wrongLogin")
		got, _ := w.login("aiko", "password of aiko", elsewhere)
		want(w.t, "then right", got, "aiko")
		want(w.t, "the count began again", w.fail("aiko", 4), "auth.wrongLogin")
		for _, lock := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute} {
			w.forgetNetworks()
			want(w.t, "one more", w.fail("aiko", 1), "auth.wrongLogin")
			_, _, err := w.Login(w.t.Context(), identity.Login{Code: "aiko", Password: "password of aiko", IP: header("", "").IP})
			e, ok := errs.As(err)
			if !ok || e.Key != "auth.locked" || e.Kind != errs.TooMany || e.Args["seconds"] != int(lock.Seconds()) {
				w.t.Fatalf("locked for %s: got %v", lock, err)
			}
			w.pass(lock)
		}
		got, _ = w.login("aiko", "password of aiko", elsewhere)
		want(w.t, "after the lock", got, "aiko")
	})
}

// forgetNetworks makes every address a stranger's.
func (w *world) forgetNetworks() {
	w.t.Helper()
	w.sql("DELETE FROM known_network")
}

func TestUnknownLoginNamesLockAlike(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		for i := range 6 {
			a, _ := w.login("aiko", "wrong", elsewhere)
			b, _ := w.login("nobody", "wrong", elsewhere)
			want(w.t, fmt.Sprint("try ", i), b, a)
		}
	})
}

func TestStrangersCannotLockAUserOutOfHisOffice(t *testing.T) {
	each(t, func(w *world) {
		_, _ = w.login("root", rootPassword, office)
		want(w.t, "strangers", w.fail("root", 6), "auth.locked")
		got, _ := w.login("root", rootPassword, office)
		want(w.t, "from the office", got, "root")
	})
}

func TestOneNetworkCannotTryManyUsers(t *testing.T) {
	each(t, func(w *world) {
		last := ""
		for i := range 31 {
			last, _ = w.login(fmt.Sprint("user", i), "wrong", elsewhere)
		}
		want(w.t, "the 31st user", last, "auth.locked")
		got, _ := w.login("root", rootPassword, office)
		want(w.t, "somebody elsewhere", got, "root")
	})
}

func TestManyTriesAtOnceAreCounted(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		var wg sync.WaitGroup
		var mu sync.Mutex
		got := map[string]int{}
		for range 20 {
			wg.Go(func() {
				key, _ := w.login("aiko", "wrong", elsewhere)
				mu.Lock()
				defer mu.Unlock()
				got[key]++
			})
		}
		wg.Wait()
		if got["auth.wrongLogin"] > 6 {
			w.t.Errorf("%v: five tries are free, and one more may be under way", got)
		}
	})
}

func TestUnlock(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		w.fail("aiko", 5)
		u, err := w.User(w.t.Context(), w.root, "aiko")
		must(w.t, err)
		if !u.LockedUntil.Equal(w.clock().Add(30 * time.Second)) {
			w.t.Errorf("locked until %s", u.LockedUntil)
		}
		must(w.t, w.Unlock(w.t.Context(), w.root, "aiko"))
		got, _ := w.login("aiko", "password of aiko", elsewhere)
		want(w.t, "unlocked", got, "aiko")
	})
}
