package httpx

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	heartbeat    = 25 * time.Second // keeps proxies from closing a quiet stream
	streamBuffer = 64               // events a reader may lag behind
	writeWithin  = 10 * time.Second // for one event to be taken by the network
)

// ErrSlowReader ends a stream whose reader does not keep up. Browsers connect again and ask for the present state.
var ErrSlowReader = errors.New("httpx: event stream: reader too slow")

// Stream sends server-sent events to one reader. Memory is bounded: a reader who lags behind is cut off.
// Source: HTML Living Standard, server-sent events.
type Stream struct {
	w      http.ResponseWriter
	rc     *http.ResponseController
	events chan []byte
	end    chan struct{}
	once   sync.Once
	reason error
}

// NewStream begins the answer. It must be served from the handler's goroutine; Send may be called from any.
func NewStream(w http.ResponseWriter) *Stream {
	s := &Stream{w: w, rc: http.NewResponseController(w), events: make(chan []byte, streamBuffer), end: make(chan struct{})}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would collect the events
	return s
}

// Send queues an event with data as JSON and never waits. It reports false once the stream has ended.
func (s *Stream) Send(event string, data any) bool {
	body, err := json.Marshal(data)
	if err != nil {
		s.close(fmt.Errorf("httpx: event %s: %w", event, err))
		return false
	}
	// JSON has no raw line breaks, so one data line holds it all.
	b := make([]byte, 0, len(event)+len(body)+16)
	b = append(b, "event: "...)
	b = append(b, strings.NewReplacer("\n", "", "\r", "").Replace(event)...)
	b = append(b, "\ndata: "...)
	b = append(b, body...)
	b = append(b, "\n\n"...)
	select {
	case <-s.end:
		return false
	default:
	}
	select {
	case s.events <- b:
		return true
	default:
		s.close(ErrSlowReader)
		return false
	}
}

// Close ends the stream after the events already queued.
func (s *Stream) Close() { s.close(nil) }

func (s *Stream) close(reason error) {
	s.once.Do(func() { s.reason = reason; close(s.end) })
}

// Serve writes events until the reader leaves, the server stops (see Server), ctx ends or the stream is closed.
// It returns nil for these, and else why it ended.
func (s *Stream) Serve(ctx context.Context) error {
	_ = s.rc.SetReadDeadline(time.Time{}) // nothing more is read; the request's limit must not end the stream
	if err := s.write([]byte("retry: 3000\n\n")); err != nil {
		return nil //nolint:nilerr // the reader has left
	}
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	defer s.Close()
	for {
		var b []byte
		select {
		case <-ctx.Done():
			return nil
		case <-stopping(ctx):
			return nil
		case <-s.end:
			return s.drain()
		case b = <-s.events:
		case <-tick.C:
			b = []byte(": \n\n")
		}
		if s.write(b) != nil {
			return nil
		}
	}
}

// drain writes what was queued before the stream was closed in good order.
func (s *Stream) drain() error {
	for s.reason == nil {
		select {
		case b := <-s.events:
			if s.write(b) != nil {
				return nil
			}
		default:
			return nil
		}
	}
	return s.reason
}

func (s *Stream) write(b []byte) error {
	_ = s.rc.SetWriteDeadline(time.Now().Add(writeWithin))
	if _, err := s.w.Write(b); err != nil {
		return err
	}
	return s.rc.Flush()
}
