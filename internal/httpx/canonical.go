package httpx

import (
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxTarget is the longest request target in bytes, query included.
// Source: kintone REST API answers 414 above 8 KB of URL.
const MaxTarget = 8 << 10

// Canonical lets a request through only when its path is spelled in the one way that every later layer reads
// alike; it never repairs and never redirects, so an authoriser and a router cannot disagree about a path.
//
// Refused with 404: empty, "." and ".." segments, a segment ending in a dot or a space, ";" parameters, and any
// percent-encoding of a character that can be written plainly or that separates (%61 %2e %2f %5c %3b %25).
// With 400: control characters, NUL, bytes that are not UTF-8, CONNECT and targets that are not a path.
// With 414: targets longer than MaxTarget.
func Canonical(refuse Refuse) Layer {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if status := checkTarget(r); status != 0 {
				refuse(w, r, status)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// checkTarget returns the status to refuse r with, or 0.
func checkTarget(r *http.Request) int {
	if r.Method == http.MethodConnect || r.URL.Opaque != "" || r.URL.User != nil {
		return http.StatusBadRequest
	}
	target := r.RequestURI
	if len(target) > MaxTarget {
		return http.StatusRequestURITooLong
	}
	if r.URL.Scheme != "" || r.URL.Host != "" { // absolute form: only its path counts, Host is compared nowhere
		target = r.URL.EscapedPath()
	}
	path, _, _ := strings.Cut(target, "?")
	if path == "" || path[0] != '/' {
		return http.StatusBadRequest
	}
	return checkPath(path)
}

// checkPath returns the status to refuse a raw path with, or 0.
func checkPath(path string) int {
	escaped := false
	segment := 0 // where the present segment starts
	for i := 1; i <= len(path); i++ {
		if i < len(path) && path[i] != '/' {
			switch c := path[i]; {
			case c == '%':
				escaped = true
			case c <= ' ' || c >= 0x7f:
				return http.StatusBadRequest
			case strings.IndexByte("\\;#\"<>^`{|}", c) >= 0:
				return http.StatusNotFound
			}
			continue
		}
		name := path[segment+1 : i]
		if name == "" && i < len(path) || strings.HasSuffix(name, ".") {
			return http.StatusNotFound
		}
		segment = i
	}
	if escaped {
		return checkEscapes(path)
	}
	return 0
}

// checkEscapes is checkPath for what percent signs hide.
func checkEscapes(path string) int {
	plain := make([]byte, 0, len(path))
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' {
			if i+2 >= len(path) {
				return http.StatusBadRequest
			}
			hi, lo := unhex(path[i+1]), unhex(path[i+2])
			if hi < 0 || lo < 0 {
				return http.StatusBadRequest
			}
			c = byte(hi<<4 | lo)
			i += 2
			if c > ' ' && c < 0x7f && needsNoEscape(c) {
				return http.StatusNotFound
			}
		}
		plain = append(plain, c)
	}
	if !utf8.Valid(plain) {
		return http.StatusBadRequest
	}
	text := string(plain)
	if strings.ContainsFunc(text, unicode.IsControl) {
		return http.StatusBadRequest
	}
	if strings.HasSuffix(text, " ") || strings.Contains(text, " /") {
		return http.StatusNotFound
	}
	return 0
}

// needsNoEscape reports whether %XX of c is a second spelling (letters, digits, "-._~") or a hidden separator.
func needsNoEscape(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~/\\;%", c) >= 0
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
