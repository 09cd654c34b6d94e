package server

import (
	"context"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
)

// What the outer wall refuses is as harmless to a browser as every other answer.
func TestEveryAnswerIsHarmless(t *testing.T) {
	s := newTestSite(t)
	many := s.request("nobody", "GET /k/", "")
	many.Header["X-Many"] = make([]string, 1000)
	override := s.request("nobody", "POST /k/v1/records.json", "{}")
	override.Header.Set("X-HTTP-Method-Override", "PATCH")
	for what, r := range map[string]*http.Request{
		"another spelling": s.request("nobody", "GET /k//v1/records.json", ""), "a long address": s.request("nobody", "GET /"+strings.Repeat("a", 9000), ""),
		"many headers": many, "an odd override": override, "a document": s.request("nobody", "GET /login", ""),
		"an error": s.request("nobody", "GET /k/v1/records.json", ""), "health": s.request("nobody", "GET /healthz", ""), "the icon": s.request("nobody", "GET /favicon.ico", ""),
	} {
		a := s.do(r)
		for _, name := range []string{"X-Content-Type-Options", "X-Frame-Options", "Content-Security-Policy", "Referrer-Policy", "Cross-Origin-Resource-Policy"} {
			if a.Header.Get(name) == "" {
				t.Errorf("%s (%d): no %s", what, a.Status, name)
			}
		}
	}
}

// broken is a body whose sender goes away in the middle.
type broken struct{ sent *strings.Reader }

func (b broken) Read(p []byte) (int, error) {
	if b.sent.Len() == 0 {
		return 0, http.ErrBodyReadAfterClose
	}
	return b.sent.Read(p)
}

func (b broken) Close() error { return nil }

// Attack case 61.
func TestUploadsThatBreakOffLeaveNothing(t *testing.T) {
	s := newTestSite(t)
	const half = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\nhalf of it"
	for _, call := range []string{"POST /k/v1/file.json", "POST /api/v1/imports"} {
		r := s.request("root", call, "")
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		r.Body, r.ContentLength = broken{strings.NewReader(half)}, 1<<20
		if got := s.do(r).String(); got != "400 CB_IL02" {
			t.Errorf("%s: %s", call, got)
		}
	}
	if n := s.storedFiles(); n != 0 {
		t.Errorf("%d files are left", n)
	}
}

// Attack case 60: what nobody puts into a record in time is removed, its bytes too.
func TestUploadsExpire(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.upload("root", "forgotten.txt", "text/plain", "forgotten")
		err := s.db.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, "UPDATE file SET expires_at = ?", tx.Now().Add(-time.Second))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s.upload("root", "next.txt", "text/plain", "next")
		if n := s.storedFiles(); n != 1 {
			t.Errorf("%d files are kept, want 1", n)
		}
	})
}

// storedFiles counts what is in the blob store, whole or in part.
func (s *testSite) storedFiles() (n int) {
	s.T.Helper()
	err := fs.WalkDir(os.DirFS(filepath.Join(s.config.Data, "files")), ".", func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		s.T.Fatal(err)
	}
	return n
}

func TestABodyThatSaysItIsTooLargeIsNotWaitedFor(t *testing.T) {
	s := newTestSite(t)
	r := s.request("root", "POST /k/v1/record.json", "{}")
	r.ContentLength = 1 << 30
	if got := s.do(r).String(); got != "413 CB_TL01" {
		t.Error(got)
	}
}

// A form of another site comes without the session's cookie, or without proof: it must not take the cookie away.
func TestAnotherSiteLogsNobodyOut(t *testing.T) {
	s := newTestSite(t)
	cookie, _ := s.login("root")
	for _, cookies := range [][]*http.Cookie{nil, {cookie}} {
		r := s.request("nobody", "POST /api/v1/logout", "")
		r.Header.Set("Content-Type", "text/plain")
		for _, c := range cookies {
			r.AddCookie(c)
		}
		if set := s.do(r).Header.Values("Set-Cookie"); len(set) != 0 {
			t.Errorf("with %d cookies: %v", len(cookies), set)
		}
	}
}
