package outbound

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// guard decides what may be connected to.
type guard struct {
	allow      []netip.Prefix
	resolver   Resolver
	listenPort string // of this server
	host, port string // what this server is called from outside; "" is not known
	interfaces func() ([]net.Addr, error)
}

func newGuard(o Options) guard {
	g := guard{allow: o.Allow, resolver: o.Resolver, interfaces: net.InterfaceAddrs}
	_, g.listenPort, _ = net.SplitHostPort(o.Listen)
	if u, err := url.Parse(o.BaseURL); err == nil && u.Hostname() != "" {
		g.host, g.port = strings.ToLower(u.Hostname()), portOf(u)
	}
	return g
}

// MaxURL is how long an address may be, in bytes.
const MaxURL = 2048

// Check reports whether an address could be called now: its shape, and what its name resolves to. It is for when an
// address is written down; when it is called everything is looked at again. That a name is unknown and that it leads
// inside is answered alike.
//
// Errors: ErrRefused.
func (c *Client) Check(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || len(address) > MaxURL {
		return fmt.Errorf("%w: it is no address", ErrRefused)
	}
	if err := c.guard.shape(u); err != nil {
		return err
	}
	_, err = c.guard.resolve(ctx, u.Hostname(), portOf(u))
	if err != nil && !errors.Is(err, ErrRefused) {
		err = fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return err
}

// shape refuses what is no plain web address, or this server's own.
func (g *guard) shape(u *url.URL) error {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%w: only http and https are", ErrRefused)
	case host == "" || u.Opaque != "" || u.User != nil:
		return fmt.Errorf("%w: it is no plain web address", ErrRefused)
	case oddNumber(host):
		return fmt.Errorf("%w: a number is no host", ErrRefused)
	case host == g.host && portOf(u) == g.port:
		return fmt.Errorf("%w: it is this server", ErrRefused)
	}
	return nil
}

// oddNumber reports whether some systems would take host for an IPv4 address, and we would not: 127.1, 0x7f000001, 017700000001.
func oddNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	_, err := strconv.ParseUint(last, 0, 64)
	numeric := err == nil || strings.HasPrefix(last, "0x") || last != "" && strings.Trim(last, "0123456789") == ""
	_, err = netip.ParseAddr(host)
	return numeric && err != nil
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

// dial connects to host:port if all addresses of host may be: one that may not makes the others suspicious.
func (g *guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	list, err := g.resolve(ctx, host, port)
	if err != nil {
		return nil, err
	}
	// The address is looked at once more where the system connects to it: there is nothing between that and the wire.
	d := net.Dialer{Timeout: connectWithin, ControlContext: func(ctx context.Context, _, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrRefused, err)
		}
		return g.check(ctx, to.Addr(), strconv.Itoa(int(to.Port())))
	}}
	var failed error
	for _, ip := range list {
		conn, err := d.DialContext(ctx, network, net.JoinHostPort(ip.String(), port))
		if err == nil {
			return conn, nil
		}
		failed = errors.Join(failed, err)
	}
	return nil, failed
}

// resolve returns the addresses of a host, at least one, if all may be reached.
func (g *guard) resolve(ctx context.Context, host, port string) ([]netip.Addr, error) {
	list := []netip.Addr{{}}
	var err error
	if list[0], err = netip.ParseAddr(host); err != nil {
		if list, err = g.resolver.LookupNetIP(ctx, "ip", host); err != nil {
			return nil, err
		}
	}
	if len(list) == 0 {
		return nil, &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
	}
	for _, ip := range list {
		if err := g.check(ctx, ip, port); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// check refuses an address that is not public, or this server's own.
func (g *guard) check(ctx context.Context, ip netip.Addr, port string) error {
	ip = ip.Unmap()
	here, err := g.here(ip)
	if err != nil {
		return err
	}
	switch {
	case here && port == g.listenPort:
		return fmt.Errorf("%w: it is this server", ErrRefused)
	case ip.Zone() == "" && contains(g.allow, ip):
		return nil
	case here || !public(ip):
		return fmt.Errorf("%w: it is not public", ErrRefused)
	case port == g.port && g.outside(ctx, ip):
		return fmt.Errorf("%w: it is this server", ErrRefused)
	}
	return nil
}

// here reports whether ip is one of this machine.
func (g *guard) here(ip netip.Addr) (bool, error) {
	if ip.IsLoopback() || ip.IsUnspecified() {
		return true, nil
	}
	list, err := g.interfaces()
	if err != nil {
		return false, fmt.Errorf("outbound: addresses of this machine: %w", err)
	}
	for _, a := range list {
		if p, err := netip.ParsePrefix(a.String()); err == nil && p.Addr().Unmap() == ip {
			return true, nil
		}
	}
	return false, nil
}

// outside reports whether ip is where this server is reached from outside, before a proxy for example.
func (g *guard) outside(ctx context.Context, ip netip.Addr) bool {
	own, err := netip.ParseAddr(g.host)
	if err == nil {
		return own.Unmap() == ip
	}
	list, err := g.resolver.LookupNetIP(ctx, "ip", g.host)
	return err == nil && slices.ContainsFunc(list, func(a netip.Addr) bool { return a.Unmap() == ip })
}
