package httpx

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/engawa/engawa/internal/id"
)

// Exchange is what the layers learn about one request and its answer. It lives as long as the request and
// belongs to its goroutine.
type Exchange struct {
	Method  string     // effective, after an override
	Pattern string     // of the route, e.g. "GET /k/v1/record.json"; "" until answered and when none matched
	IP      netip.Addr // of the client, behind trusted proxies
	Who     string     // who asked, for the log; set by the code that authenticates
	Apps    []int64    // that were asked about, each once; set by the code that reads what was asked
	Started time.Time
	Status  int   // of the answer; 0 until its header is written
	Bytes   int64 // of the answer's body so far

	idOnce sync.Once
	id     string
}

type exchangeKey struct{}

// Of returns the exchange that ctx belongs to, or an empty one outside a request.
func Of(ctx context.Context) *Exchange {
	if x, ok := ctx.Value(exchangeKey{}).(*Exchange); ok {
		return x
	}
	return &Exchange{}
}

// About notes that an app is asked about.
func (x *Exchange) About(app int64) {
	if !slices.Contains(x.Apps, app) {
		x.Apps = append(x.Apps, app)
	}
}

// ID is the request's id: 20 letters and digits, made when first asked for, the same in the log and in an
// error that is shown.
func (x *Exchange) ID() string {
	x.idOnce.Do(func() { x.id = id.Short(20) })
	return x.id
}

// Routed remembers which pattern of a mux answered. It belongs directly around the mux, or what chooses between several,
// inside every layer that copies the request.
func Routed(mux http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := Of(r.Context())
		x.Method = r.Method
		defer func() { x.Pattern = r.Pattern }()
		mux.ServeHTTP(w, r)
	})
}
