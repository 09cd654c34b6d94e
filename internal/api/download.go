package api

import (
	"io"
	"net/http"

	"github.com/engawa/engawa/internal/httpx"
)

// patiently lets fn take as long as its upload or download moves.
func patiently(rq Request, fn func(rq Request) error) (err error) {
	httpx.Patient(transferIdle)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rq.W, rq.R = w, r
		err = fn(rq)
	})).ServeHTTP(rq.W, rq.R)
	return err
}

// csvType is what downloads of this file say they are.
const csvType = "text/csv"

// download sends what write writes as a file. An error before the first byte is answered as one; later the connection is
// cut, so that nobody takes a part for the whole.
func download(rq Request, name string, write func(w io.Writer) error) error {
	h := rq.W.Header()
	h.Set("Content-Type", csvType)
	h.Set("Content-Disposition", httpx.Disposition(false, name))
	out := &begun{w: rq.W}
	err := write(out)
	if err == nil {
		return nil
	}
	if out.any {
		panic(http.ErrAbortHandler)
	}
	for _, name := range []string{"Content-Type", "Content-Disposition"} {
		h.Del(name)
	}
	return err
}

// begun remembers whether anything was written.
type begun struct {
	w   io.Writer
	any bool
}

func (b *begun) Write(p []byte) (int, error) {
	b.any = b.any || len(p) > 0
	return b.w.Write(p)
}
