package outbound

import (
	"net/netip"
	"slices"
)

// global6 is where public IPv6 addresses are; of all others, some lead to IPv4 (::/96, NAT64), the rest inside.
var global6 = netip.MustParsePrefix("2000::/3")

// special are the networks that are not public although they look it.
// Source: IANA IPv4 and IPv6 Special-Purpose Address Registries; the metadata services of hosting companies.
var special = prefixes(
	"0.0.0.0/8",       // this network
	"10.0.0.0/8",      // private
	"100.64.0.0/10",   // shared by customers of a provider; a metadata service
	"127.0.0.0/8",     // loopback
	"168.63.129.16",   // a metadata service at a public address
	"169.254.0.0/16",  // link-local; metadata services
	"172.16.0.0/12",   // private
	"192.0.0.0/24",    // protocol assignments; a metadata service
	"192.0.2.0/24",    // documentation
	"192.88.99.0/24",  // 6to4 relays
	"192.168.0.0/16",  // private
	"198.18.0.0/15",   // benchmarks
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"224.0.0.0/4",     // multicast
	"240.0.0.0/4",     // reserved, broadcast
	"2001::/23",       // protocol assignments: Teredo, ORCHID, benchmarks
	"2001:db8::/32",   // documentation
	"2002::/16",       // 6to4: any IPv4 address
	"3fff::/20",       // documentation
)

// public reports whether ip is an address of the public internet. A zone makes it one of this machine's links.
func public(ip netip.Addr) bool {
	if !ip.IsValid() || ip.Zone() != "" {
		return false
	}
	if ip = ip.Unmap(); ip.Is6() && !global6.Contains(ip) {
		return false
	}
	return !contains(special, ip)
}

func contains(list []netip.Prefix, ip netip.Addr) bool {
	return slices.ContainsFunc(list, func(p netip.Prefix) bool { return p.Contains(ip) })
}

func prefixes(list ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(list))
	for i, s := range list {
		if ip, err := netip.ParseAddr(s); err == nil {
			all[i] = netip.PrefixFrom(ip, ip.BitLen())
			continue
		}
		all[i] = netip.MustParsePrefix(s)
	}
	return all
}
