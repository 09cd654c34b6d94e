package api

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/record"
)

// transferIdle is how long an upload or download may stand still.
const transferIdle = 30 * time.Second

// uploadFile answers POST /k/v1/file.json: one file, in the part "file".
func (a *API) uploadFile(ctx context.Context, rq Request) error {
	return uploaded(rq, func(part *multipart.Part, content io.Reader) (any, error) {
		key, err := a.files.Upload(ctx, rq.Who, part.FileName(), contentType(part.Header.Get("Content-Type"), part.FileName()), content)
		return map[string]string{"fileKey": key}, err
	})
}

// uploaded hands the file in the part "file" of a request to take, for as long as it keeps coming, and answers with what
// take makes of it.
func uploaded(rq Request, take func(part *multipart.Part, content io.Reader) (any, error)) error {
	return patiently(rq, func(rq Request) error {
		parts, err := rq.R.MultipartReader()
		if err != nil {
			return errs.E(errs.Invalid, "request.illegal").With(err)
		}
		for {
			part, err := parts.NextPart()
			if errors.Is(err, io.EOF) {
				var p errs.Fields
				p.Add("file", "param.required")
				return p.Err()
			}
			if err != nil {
				return errs.E(errs.Invalid, "request.cut").With(err)
			}
			if part.FormName() != "file" || part.FileName() == "" {
				continue
			}
			out, err := take(part, sent{part})
			if err != nil {
				return err
			}
			return writeJSON(rq.W, out)
		}
	})
}

// sent tells that the sender broke off from what goes wrong on our side.
type sent struct{ io.Reader }

func (s sent) Read(b []byte) (int, error) {
	n, err := s.Reader.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = errs.E(errs.Invalid, "request.cut").With(err)
	}
	return n, err
}

// contentType is what an upload says it is, when that is a content type at all.
func contentType(said, name string) string {
	if t, _, err := mime.ParseMediaType(said); err == nil && t != "application/octet-stream" {
		return t
	}
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		if t, _, err := mime.ParseMediaType(mime.TypeByExtension(name[i:])); err == nil {
			return t
		}
	}
	return "application/octet-stream"
}

func writeJSON(w http.ResponseWriter, v any) error {
	b, err := encode(nil, v)
	if err != nil {
		return err
	}
	w.Header()["Content-Type"] = jsonType
	_, _ = w.Write(b) // the client is gone: nobody to tell
	return nil
}

// downloadFile answers GET /k/v1/file.json. Whoever may see the field that the file is in, or read the thread, may have it;
// for everybody else it is not there.
func (a *API) downloadFile(ctx context.Context, rq Request) error {
	f, err := a.attached(ctx, rq.Who, rq.R.URL.Query().Get("fileKey"))
	if err != nil {
		return err
	}
	return a.send(ctx, rq, f, rq.R.URL.Query().Has("inline"))
}

func (a *API) attached(ctx context.Context, who access.Actor, key string) (file.File, error) {
	missing := errs.E(errs.NotFound, "file.notFound", errs.Args{"id": key})
	if key == "" {
		var p errs.Fields
		p.Add("fileKey", "param.required")
		return file.File{}, p.Err()
	}
	f, err := a.files.ByKey(ctx, key)
	if err != nil {
		return f, err
	}
	switch {
	case f.Thread != 0:
		err = a.spaces.MayRead(ctx, who, f.Thread)
	case f.Record == 0:
		err = a.kept(ctx, who, f)
	default:
		var set *record.Set
		if set, err = a.records.Open(ctx, who, f.App); err == nil {
			_, err = set.Attachment(ctx, f.Record, f.Field, key)
		}
	}
	if errs.Lasting(err) {
		return f, missing
	}
	return f, err
}

// kept refuses whoever may not have a file that the settings of an app keep.
func (a *API) kept(ctx context.Context, who access.Actor, f file.File) error {
	h, err := a.apps.Open(ctx, who, f.App)
	if err != nil {
		return err
	}
	shown, err := h.ShowsFile(ctx, f.Key)
	if err == nil && !shown {
		return errs.E(errs.NotFound, "file.notFound", errs.Args{"id": f.Key})
	}
	return err
}

// inline are the types that a browser may show itself: they cannot run anything.
var inline = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "application/pdf": true, "text/plain": true}

// send streams a file. Everything but the types above is a download, whatever it calls itself, and nothing may run.
func (a *API) send(ctx context.Context, rq Request, f file.File, show bool) error {
	content, err := a.files.Content(ctx, f)
	if err != nil {
		return err
	}
	defer content.Close() //nolint:errcheck // only read
	h := rq.W.Header()
	h.Set("Content-Type", f.ContentType)
	h.Set("Content-Disposition", httpx.Disposition(show && inline[f.ContentType], f.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, no-store")
	serve := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "", time.Time{}, content)
	})
	httpx.Patient(transferIdle)(serve).ServeHTTP(rq.W, rq.R)
	return nil
}
