package httpx

import (
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

// Assets serves the files of a build, addressed relative to fsys, from a route with the wildcard {path...}.
// Files in the folder "assets" have a hash of their content in their name and are kept by browsers for ever;
// the others are asked for again each time, by their ETag. Where the build left name.br or name.gz beside a
// file, that is sent to browsers that take it.
func Assets(fsys fs.FS) http.Handler { return &assets{fs: fsys} }

type assets struct {
	fs   fs.FS
	tags sync.Map // name → ETag
}

func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("path")
	ext := path.Ext(name)
	if ext == ".br" || ext == ".gz" || !fs.ValidPath(name) {
		http.NotFound(w, r)
		return
	}
	body, encoding, err := a.read(name, r.Header.Get("Accept-Encoding"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h["Content-Type"] = []string{typeOf(ext)}
	h.Add("Vary", "Accept-Encoding")
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		tag := a.tag(name, body) // of whichever encoding was asked for first: it names the content
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", tag)
		if strings.Contains(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if r.Method != http.MethodHead {
		w.Write(body) //nolint:errcheck // the reader has left
	}
}

// read returns the smallest form of the file that the browser takes.
func (a *assets) read(name, accept string) (body []byte, encoding string, err error) {
	for _, form := range [...]struct{ encoding, ext string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !strings.Contains(accept, form.encoding) {
			continue
		}
		if body, err := fs.ReadFile(a.fs, name+form.ext); err == nil {
			return body, form.encoding, nil
		}
	}
	body, err = fs.ReadFile(a.fs, name)
	return body, "", err
}

func (a *assets) tag(name string, body []byte) string {
	if tag, ok := a.tags.Load(name); ok {
		return tag.(string)
	}
	sum := sha256.Sum256(body)
	tag, _ := a.tags.LoadOrStore(name, `W/"`+base64.RawURLEncoding.EncodeToString(sum[:12])+`"`)
	return tag.(string)
}

// typeOf returns the content type of an extension, the same on every machine for those that matter.
func typeOf(ext string) string {
	switch ext {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".webmanifest":
		return "application/manifest+json"
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}
