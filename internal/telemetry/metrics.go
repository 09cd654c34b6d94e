package telemetry

import (
	"crypto/subtle"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/engawa/engawa/internal/httpx"
)

// Metrics are the server's numbers. Labels are few and known beforehand (a route's pattern, never an address), so that
// no client can make them grow.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	batch    prometheus.Histogram
	jobs     *prometheus.CounterVec
}

// NewMetrics returns a fresh set, with those of the Go runtime and the process.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "engawa_http_requests_total", Help: "Requests answered, by route and status.",
		}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "engawa_http_request_seconds", Help: "Time from a request's header to the end of its answer, by route.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route"}),
		batch: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "engawa_db_write_batch_size", Help: "Writes that were made durable by one commit.",
			Buckets: []float64{1, 2, 4, 8, 16, 32, 64, 128},
		}),
		jobs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "engawa_jobs_total", Help: "Jobs that ended, by kind and how.",
		}, []string{"kind", "end"}),
	}
	info := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "engawa_info", Help: "Always 1; the label says the version.", ConstLabels: prometheus.Labels{"version": version},
	})
	info.Set(1)
	m.registry.MustRegister(m.requests, m.seconds, m.batch, m.jobs, info,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Request counts an answer: the done function of httpx.Observe.
func (m *Metrics) Request(x *httpx.Exchange, took time.Duration) {
	route := x.Pattern
	if route == "" {
		route = "none"
	}
	m.requests.WithLabelValues(route, strconv.Itoa(x.Status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// WriteBatch counts a commit of n writes.
func (m *Metrics) WriteBatch(n int) { m.batch.Observe(float64(n)) }

// Job counts the end of a job: done, failed or cancelled.
func (m *Metrics) Job(kind, end string) { m.jobs.WithLabelValues(kind, end).Inc() }

// Gauge adds a number that is asked for when the metrics are read.
func (m *Metrics) Gauge(name, help string, read func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "engawa_" + name, Help: help}, read))
}

// Handler answers with the metrics those who ask from this machine, and those who show token as a bearer token, if
// there is one. For all others there is no such page.
func (m *Metrics) Handler(token string) http.Handler {
	show := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		shown, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		known := token != "" && subtle.ConstantTimeCompare([]byte(shown), []byte(token)) == 1
		// A proxy on this machine that nobody declared would make everybody look local; it leaves this header.
		local := httpx.Of(r.Context()).IP.IsLoopback() && r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == ""
		if !known && !local {
			http.NotFound(w, r)
			return
		}
		show.ServeHTTP(w, r)
	})
}
