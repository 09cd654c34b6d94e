package pages

import (
	_ "embed"
	"net/http"
)

// picture is a roof over the strip of floor that is an engawa.
//
//go:embed icon.svg
var picture []byte

// icon answers what browsers ask for by themselves, whatever document they show: at /favicon.ico, under which they take
// other formats too.
func icon(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	_, _ = w.Write(picture) // the client is gone: nobody to tell
}
