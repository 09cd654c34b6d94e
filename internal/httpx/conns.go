package httpx

import (
	"io"
	"net"
	"net/netip"
	"sync"
)

// limitConns returns l with at most total open connections, and at most each of one client's network; more are
// closed at once. Loopback is exempt from the second: that is where a reverse proxy stands.
func limitConns(l net.Listener, total, each int) net.Listener {
	return &connLimiter{Listener: l, total: total, each: each, open: map[netip.Prefix]int{}}
}

type connLimiter struct {
	net.Listener
	total, each int

	mu   sync.Mutex
	all  int
	open map[netip.Prefix]int
}

func (l *connLimiter) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		var from netip.Addr
		if addr, ok := conn.RemoteAddr().(*net.TCPAddr); ok {
			from = addr.AddrPort().Addr().Unmap()
		}
		key := Network(from)
		if l.enter(key, from.IsLoopback()) {
			return &countedConn{Conn: conn, leave: sync.OnceFunc(func() { l.leave(key) })}, nil
		}
		conn.Close() //nolint:errcheck // refused
	}
}

func (l *connLimiter) enter(key netip.Prefix, exempt bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all >= l.total || !exempt && l.open[key] >= l.each {
		return false
	}
	l.all++
	l.open[key]++
	return true
}

func (l *connLimiter) leave(key netip.Prefix) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if l.open[key]--; l.open[key] == 0 {
		delete(l.open, key)
	}
}

type countedConn struct {
	net.Conn
	leave func()
}

func (c *countedConn) Close() error {
	c.leave()
	return c.Conn.Close()
}

// ReadFrom keeps the kernel's way of sending a file.
func (c *countedConn) ReadFrom(src io.Reader) (int64, error) { return io.Copy(c.Conn, src) }
