// Package web carries the browser's side of Engawa inside the binary: the files that `npm run build` leaves in dist.
//
// It holds no handlers. A checkout that has never built the screens still compiles; its dist is empty and
// FS then has no .vite/manifest.json.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var files embed.FS

// FS returns the built files, rooted so that ".vite/manifest.json" maps source entries to hashed names
// ("src/main.tsx" to "assets/main-….js" and its style sheets). Everything under "assets/" is named by its
// content and may be cached for ever.
func FS() fs.FS {
	sub, err := fs.Sub(files, "dist")
	if err != nil {
		panic("web: " + err.Error()) // "dist" is a constant, valid path
	}
	return sub
}
