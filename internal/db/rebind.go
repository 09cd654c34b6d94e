package db

import (
	"strconv"
	"strings"
	"sync"
)

// maxRebound is how many statements a rebinder remembers before it starts afresh.
const maxRebound = 2048

// rebinder turns '?' placeholders into $1, $2, … and remembers the result by text.
type rebinder struct {
	mu    sync.RWMutex
	known map[string]string
}

func (r *rebinder) rebind(query string) string {
	r.mu.RLock()
	out, ok := r.known[query]
	r.mu.RUnlock()
	if ok {
		return out
	}
	out = numbered(query)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || len(r.known) >= maxRebound {
		r.known = make(map[string]string)
	}
	r.known[query] = out
	return out
}

// numbered numbers the placeholders of query. A '?' in a quoted text or name, or in a comment, stays.
func numbered(query string) string {
	var b strings.Builder
	n := 0
	for rest := query; rest != ""; {
		i := strings.IndexAny(rest, `?'"-/`)
		if i < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:i])
		rest = rest[i:]
		if rest[0] == '?' {
			n++
			b.WriteString("$" + strconv.Itoa(n))
			rest = rest[1:]
			continue
		}
		end := verbatim(rest)
		b.WriteString(rest[:end])
		rest = rest[end:]
	}
	return b.String()
}

// verbatim returns the length of the quotation or comment that s begins with; 1 if it begins with neither. A doubled
// quote inside a quotation makes two quotations of one, which comes to the same.
func verbatim(s string) int {
	end, skip := "", 1
	switch {
	case s[0] == '\'' || s[0] == '"':
		end = s[:1]
	case strings.HasPrefix(s, "--"):
		end, skip = "\n", 2
	case strings.HasPrefix(s, "/*"):
		end, skip = "*/", 2
	default:
		return 1
	}
	i := strings.Index(s[skip:], end)
	if i < 0 {
		return len(s)
	}
	return skip + i + len(end)
}
