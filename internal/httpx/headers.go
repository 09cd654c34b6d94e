package httpx

import (
	"net/http"

	"github.com/engawa/engawa/internal/id"
)

// What every answer carries. The slices are shared between answers and never appended to.
var (
	nosniff       = []string{"nosniff"}
	denyFrames    = []string{"DENY"}
	sameOrigin    = []string{"same-origin"}
	noStore       = []string{"no-store"}
	nothingLoads  = []string{"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"}
	oneYear       = []string{"max-age=31536000"}
	noPermissions = []string{"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"}
)

// Secure sets the headers that keep an answer harmless wherever it ends up: never sniffed, never framed, never
// stored, and, should a browser show it as a page, unable to load or run anything. Document and Assets relax
// that for what they serve. https says that the site is reached by https only, which is then asked of browsers.
func Secure(https bool) Layer {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h["X-Content-Type-Options"] = nosniff
			h["X-Frame-Options"] = denyFrames
			h["Referrer-Policy"] = sameOrigin
			h["Cross-Origin-Resource-Policy"] = sameOrigin
			h["Cache-Control"] = noStore
			h["Content-Security-Policy"] = nothingLoads
			if https {
				h["Strict-Transport-Security"] = oneYear
			}
			next.ServeHTTP(w, r)
		})
	}
}

// Document makes the answer a page of ours and returns the nonce that its script tags must carry; the page is
// never stored. private pages (whose address is a secret) send no referrer at all.
func Document(w http.ResponseWriter, private bool) (nonce string) {
	nonce = id.Short(22)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'nonce-"+nonce+"'; "+
		"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "+
		"media-src 'self' blob:; worker-src 'self' blob:; manifest-src 'self'; "+
		"frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'")
	h["Permissions-Policy"] = noPermissions
	h["Cross-Origin-Opener-Policy"] = sameOrigin
	if private {
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Robots-Tag", "noindex, nofollow")
	}
	return nonce
}
