package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A VPN gateway: peers that belong together, or, with BGP off, the prefixes behind it (ARS-53). Static prefixes are routes like
 * those that the gateway's peers would send: each once by way of every next hop, without AS_PATH hops before the gateway, of the
 * source class VPN. What import policies say is not asked about them, since the host wrote them itself. Immutable.
 *
 * @param name its name, unique among gateways and peers: 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 * @param asn its AS number; that of its peers
 * @param peers its instances as BGP peers, of the role {@code VPN_GATEWAY}; none: BGP is off
 * @param nextHops the addresses of its instances, for static prefixes; if left out, those of the peers
 * @param prefixes what lies behind it and no BGP tells of
 * @param pointToSite the prefixes of its point-to-site clients, never exchanged with ExpressRoute (ARS-52); with BGP off they
 *     are static prefixes too
 */
public record VpnGateway(
        String name,
        Asn asn,
        List<PeerConfig> peers,
        List<IpAddress> nextHops,
        List<IpPrefix> prefixes,
        List<IpPrefix> pointToSite) {

    /** Checks what holds whatever the server is; the peers get the gateway's name, role and point-to-site prefixes. */
    public VpnGateway {
        Checks.require(
                name.matches("[A-Za-z0-9._-]{1,64}"),
                "vpnGateway.name",
                "'" + name + "' is not 1 to 64 of A-Z a-z 0-9 . _ -",
                "ARS-53");
        nextHops = List.copyOf(nextHops);
        prefixes = List.copyOf(prefixes);
        pointToSite = List.copyOf(pointToSite);
        peers = members(name, peers, pointToSite);
        String parameter = "vpnGateway." + name;
        for (PeerConfig peer : peers) {
            Checks.require(
                    peer.asn().equals(asn),
                    parameter + ".peers",
                    peer.name() + " has ASN " + peer.asn() + "; the gateway's is " + asn,
                    "ARS-53");
        }
        requireDistinct(parameter + ".nextHops", nextHops);
        requireDistinct(parameter + ".prefixes", prefixes);
        requireDistinct(parameter + ".pointToSite", pointToSite);
        Checks.require(
                !peers.isEmpty() || !nextHops.isEmpty(),
                parameter,
                "has neither peers nor, for BGP off, nextHops with prefixes",
                "ARS-53");
    }

    private static List<PeerConfig> members(String name, List<PeerConfig> peers, List<IpPrefix> pointToSite) {
        List<PeerConfig> members = new ArrayList<>();
        for (PeerConfig peer : peers) {
            members.add(peer.toBuilder()
                    .role(PeerRole.VPN_GATEWAY)
                    .gateway(name)
                    .pointToSite(pointToSite)
                    .build());
        }
        return List.copyOf(members);
    }

    private static void requireDistinct(String parameter, List<?> values) {
        Set<Object> seen = new LinkedHashSet<>();
        for (Object value : values) {
            Checks.require(seen.add(value), parameter, value + " is there twice", "ARS-53");
        }
    }

    /** Starts a gateway with nothing but its name and AS number. */
    public static Builder builder(String name, Asn asn) {
        return new Builder(name, asn);
    }

    /** Returns a builder that holds this gateway's values. */
    public Builder toBuilder() {
        Builder copy = new Builder(name, asn);
        copy.peers.addAll(peers);
        copy.nextHops.addAll(nextHops);
        copy.prefixes.addAll(prefixes);
        copy.pointToSite.addAll(pointToSite);
        return copy;
    }

    /** Returns whether its routes come over BGP. */
    public boolean isBgpOn() {
        return !peers.isEmpty();
    }

    /** Returns all prefixes that are routes without BGP: its prefixes and, with BGP off, the point-to-site ones. */
    public Set<IpPrefix> staticPrefixes() {
        Set<IpPrefix> all = new LinkedHashSet<>(prefixes);
        if (!isBgpOn()) {
            all.addAll(pointToSite);
        }
        return all;
    }

    /** Returns the next hops of its static prefixes of a family. */
    public List<IpAddress> nextHops(AddressFamily family) {
        List<IpAddress> all =
                nextHops.isEmpty() ? peers.stream().map(PeerConfig::address).toList() : nextHops;
        return all.stream().filter(address -> address.family() == family).toList();
    }

    /** Collects a gateway's values; not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Asn asn;
        private final List<PeerConfig> peers = new ArrayList<>();
        private final List<IpAddress> nextHops = new ArrayList<>();
        private final List<IpPrefix> prefixes = new ArrayList<>();
        private final List<IpPrefix> pointToSite = new ArrayList<>();

        private Builder(String name, Asn asn) {
            this.name = name;
            this.asn = asn;
        }

        /** Adds an instance as a peer; its role, gateway and point-to-site prefixes are set by the gateway. */
        public Builder peer(PeerConfig value) {
            peers.add(value);
            return this;
        }

        /** Adds the address of an instance. */
        public Builder nextHop(IpAddress value) {
            nextHops.add(value);
            return this;
        }

        /** Replaces the static prefixes. */
        public Builder prefixes(List<IpPrefix> value) {
            prefixes.clear();
            prefixes.addAll(value);
            return this;
        }

        /** Replaces the prefixes of point-to-site clients. */
        public Builder pointToSite(List<IpPrefix> value) {
            pointToSite.clear();
            pointToSite.addAll(value);
            return this;
        }

        /** Returns the gateway, or throws a {@link ConfigurationException} that names what is wrong. */
        public VpnGateway build() {
            return new VpnGateway(name, asn, peers, nextHops, prefixes, pointToSite);
        }
    }
}
