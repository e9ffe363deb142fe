package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that a configuration must meet, each with its own error. The server uses the same ones when peers and networks
 * come at run time.
 */
final class ConfigChecks {
    private ConfigChecks() {}

    static void check(RouteServerConfig config) {
        config.routerId();
        Checks.require(config.routerId().bits() != 0, "routerId", "0.0.0.0 is no BGP identifier", "RFC 6286 2.1");
        Checks.require(config.localAsn().value() != 0, "localAsn", "0 is no AS number", "RFC 7607 2");
        Checks.require(
                config.session().fourOctetAsn() || config.localAsn().isTwoOctet(),
                "localAsn",
                config.localAsn() + " needs four octets, which session.fourOctetAsn turns off; use 1 to 65534",
                "ARS-13");
        config.importPolicy().ifPresent(policy -> policy.check(config));
        config.exportPolicy().ifPresent(policy -> policy.check(config));
        List<PeerConfig> peers = config.peers();
        for (int i = 0; i < peers.size(); i++) {
            checkPeer(config, peers.subList(0, i), peers.get(i));
        }
        GatewayChecks.check(config);
        config.deployment().ifPresent(Deployment::check);
        List<NetworkSpace> networks = config.networks();
        for (int i = 0; i < networks.size(); i++) {
            checkNetwork(config, networks.subList(0, i), networks.get(i));
        }
    }

    static void checkPeer(RouteServerConfig config, List<PeerConfig> others, PeerConfig peer) {
        int most = config.limits().maxPeers();
        String parameter = "peer." + peer.name();
        Checks.require(
                most == 0 || others.size() < most,
                parameter,
                "is peer " + (others.size() + 1) + "; limits.maxPeers allows " + most,
                "ARS-16");
        for (PeerConfig other : others) {
            Checks.require(!other.name().equals(peer.name()), parameter, "is there twice; names are unique", "ARS-16");
            Checks.require(
                    !other.address().equals(peer.address()),
                    parameter + ".address",
                    peer.address() + " is that of peer " + other.name() + "; addresses are unique",
                    "ARS-16");
        }
        checkAsn(config, peer);
        Checks.require(
                peer.holdTime().isEmpty()
                        || !peer.holdTime().get().isZero()
                        || config.session().zeroHoldTimeAllowed(),
                parameter + ".holdTime",
                "0 is not allowed here; use 3 to 65535 seconds, or set session.zeroHoldTimeAllowed",
                "ARS-14");
        Checks.require(
                config.transport().isEmpty() || config.transport().get().supports(peer.protection()),
                parameter + ".protection",
                peer.protection() + " is not available from the transport",
                "ERROR-HANDLING 11");
        peer.importPolicy().ifPresent(policy -> policy.check(config));
        peer.exportPolicy().ifPresent(policy -> policy.check(config));
    }

    private static void checkAsn(RouteServerConfig config, PeerConfig peer) {
        String parameter = "peer." + peer.name() + ".asn";
        Asn asn = peer.asn();
        if (peer.role().isGateway() && asn.equals(config.localAsn())) {
            return;
        }
        Checks.require(
                !asn.equals(config.localAsn()),
                parameter,
                asn + " is the route server's own; an NVA needs another",
                "ARS-11");
        for (AsnRange range : config.reservedAsns()) {
            Checks.require(!range.contains(asn), parameter, asn + " is in " + range + ", " + range.reason(), "ARS-12");
        }
        Checks.require(
                config.session().fourOctetAsn() || asn.isTwoOctet(),
                parameter,
                asn + " needs four octets, which session.fourOctetAsn turns off; use 1 to 65534",
                "ARS-13");
    }

    static void checkNetwork(RouteServerConfig config, List<NetworkSpace> others, NetworkSpace space) {
        String parameter = "network." + space.prefix();
        Set<AddressFamily> families = new HashSet<>(config.session().families());
        Checks.require(
                families.contains(space.prefix().family()),
                parameter,
                space.prefix().family() + " is not among session.families " + families,
                "ARS-15");
        int most = config.limits().maxNetworks();
        Checks.require(
                most == 0 || others.size() < most,
                parameter,
                "is network " + (others.size() + 1) + "; limits.maxNetworks allows " + most,
                "ARS-27");
        for (NetworkSpace other : others) {
            Checks.require(!other.prefix().equals(space.prefix()), parameter, "is there twice", "ARS-40");
        }
        Optional<IpAddress> nextHop =
                space.nextHop().or(() -> config.localAddress(space.prefix().family()));
        Checks.require(
                nextHop.isPresent(),
                parameter + ".nextHop",
                "is missing, and the server has no localAddress of that family to use instead",
                "ARS-40");
        Checks.require(
                isUsable(nextHop.get()),
                parameter + ".nextHop",
                nextHop.get()
                        + (space.nextHop().isPresent() ? "" : ", the localAddress,")
                        + " can't be a next hop: give one outside 0/8, 127/8, 224/4, 240/4, ::/127 and ff00::/8",
                "ARS-33");
    }

    /** Peers refuse routes with other next hops (ARS-33, RFC 7606 §3(e)). */
    static boolean isUsable(IpAddress nextHop) {
        if (nextHop.isIpv4()) {
            int first = nextHop.ipv4Bits() >>> 24;
            return first != 0 && first != 127 && first < 224;
        }
        return nextHop.high() >>> 56 != 0xff && (nextHop.high() != 0 || nextHop.low() >>> 1 != 0);
    }
}
