package dev.waymark.api;

import dev.waymark.api.net.Asn;
import java.util.List;

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
        NetworkChecks.check(config);
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
}
