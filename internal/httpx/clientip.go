package httpx

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// ClientIP returns the address of the client of r. X-Forwarded-For is believed only as far as it was written by
// trusted proxies: it is read from the right, and the first address that is not a trusted proxy is the client.
// With no trusted proxies, the default, it is ignored. An unreadable peer gives the zero Addr.
func ClientIP(r *http.Request, trusted []netip.Prefix) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	ip := peer.Addr().Unmap().WithZone("")
	if len(trusted) == 0 {
		return ip
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !contains(trusted, ip) {
			return ip
		}
		next, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			return ip
		}
		ip = next.Unmap().WithZone("")
	}
	return ip
}

func contains(prefixes []netip.Prefix, ip netip.Addr) bool {
	return slices.ContainsFunc(prefixes, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// Network returns what counts as one client when requests are counted: the address for IPv4, the /64 for IPv6,
// because one IPv6 customer owns all of it.
func Network(ip netip.Addr) netip.Prefix {
	bits := 32
	if ip.Is6() {
		bits = 64
	}
	p, err := ip.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // the zero Addr: all clients without an address count as one
	}
	return p
}
