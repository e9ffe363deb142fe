package dev.waymark.api;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.Protection;
import dev.waymark.spi.RoutePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One peer of a route server. What is left out is taken from the server's settings. Immutable.
 *
 * @param name its unique name, 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 * @param address its unique address
 * @param port the port to connect to, 1 to 65,535
 * @param asn its AS number (ARS-11, ARS-12)
 * @param role what it is to the virtual network (ARS-52)
 * @param passive whether only the peer opens connections (ARS-17)
 * @param enabled whether sessions are held at all (ARS-74)
 * @param holdTime the hold time offered (ARS-14)
 * @param routeLimit the route limit (ARS-20)
 * @param sendLimit how many routes it may be sent (ARS-55); replaces the server's for its role
 * @param enforceFirstAs whether its AS must come first in its AS_PATHs
 * @param prependLocalAs whether the own AS is prepended towards it (ARS-50)
 * @param importPolicy what may come in; replaces the server's
 * @param exportPolicy what may go out; replaces the server's
 * @param pointToSite of a VPN gateway, the prefixes of its point-to-site clients: never exchanged with ExpressRoute (ARS-52)
 * @param gateway the name of the {@link VpnGateway} that it is an instance of; set by the gateway itself (ARS-53)
 * @param addPath whether several paths of one prefix are taken from it and sent to it (RFC 7911)
 * @param protection what its connections must have; a peer whose protection the transport can't give is refused
 */
public record PeerConfig(
        String name,
        IpAddress address,
        int port,
        Asn asn,
        PeerRole role,
        boolean passive,
        boolean enabled,
        Optional<Duration> holdTime,
        Optional<RouteLimit> routeLimit,
        Optional<SendLimit> sendLimit,
        Optional<Boolean> enforceFirstAs,
        Optional<Boolean> prependLocalAs,
        Optional<RoutePolicy> importPolicy,
        Optional<RoutePolicy> exportPolicy,
        List<IpPrefix> pointToSite,
        Optional<String> gateway,
        AddPathSettings addPath,
        Protection protection) {

    /** The port that BGP speakers listen on (RFC 4271 §8.2.1). */
    public static final int BGP_PORT = 179;

    /** Checks the ranges. */
    public PeerConfig {
        Checks.require(
                name.matches("[A-Za-z0-9._-]{1,64}"),
                "peer.name",
                "'" + name + "' is not 1 to 64 of A-Z a-z 0-9 . _ -",
                "ARS-16");
        Checks.range("peer." + name + ".port", port, 1, 65_535, "");
        pointToSite = List.copyOf(pointToSite);
        Checks.require(
                pointToSite.isEmpty() || role == PeerRole.VPN_GATEWAY,
                "peer." + name + ".pointToSite",
                "belongs to the role VPN_GATEWAY only",
                "ARS-52");
        Checks.require(
                gateway.isEmpty() || role == PeerRole.VPN_GATEWAY,
                "peer." + name + ".gateway",
                "belongs to the role VPN_GATEWAY only",
                "ARS-53");
        if (holdTime.isPresent() && !holdTime.get().isZero()) {
            Checks.range(
                    "peer." + name + ".holdTime",
                    holdTime.get(),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(65_535),
                    "ARS-14");
        }
    }

    /** Starts a peer with the role NVA, both sides opening connections. */
    public static Builder builder(String name, IpAddress address, Asn asn) {
        return new Builder(name, address, asn);
    }

    /** Returns a builder that holds this peer's values. */
    public Builder toBuilder() {
        Builder copy = new Builder(name, address, asn);
        copy.port = port;
        copy.role = role;
        copy.passive = passive;
        copy.enabled = enabled;
        copy.holdTime = holdTime;
        copy.routeLimit = routeLimit;
        copy.sendLimit = sendLimit;
        copy.enforceFirstAs = enforceFirstAs;
        copy.prependLocalAs = prependLocalAs;
        copy.importPolicy = importPolicy;
        copy.exportPolicy = exportPolicy;
        copy.pointToSite = pointToSite;
        copy.gateway = gateway;
        copy.addPath = addPath;
        copy.protection = protection;
        return copy;
    }

    /** Returns who the peer is. */
    public PeerIdentity identity() {
        return new PeerIdentity(name, address, asn, role);
    }

    /** Collects a peer's values; not thread-safe. */
    public static final class Builder {
        private final String name;
        private IpAddress address;
        private Asn asn;
        private int port = BGP_PORT;
        private PeerRole role = PeerRole.NVA;
        private boolean passive;
        private boolean enabled = true;
        private Optional<Duration> holdTime = Optional.empty();
        private Optional<RouteLimit> routeLimit = Optional.empty();
        private Optional<SendLimit> sendLimit = Optional.empty();
        private Optional<Boolean> enforceFirstAs = Optional.empty();
        private Optional<Boolean> prependLocalAs = Optional.empty();
        private Optional<RoutePolicy> importPolicy = Optional.empty();
        private Optional<RoutePolicy> exportPolicy = Optional.empty();
        private List<IpPrefix> pointToSite = List.of();
        private Optional<String> gateway = Optional.empty();
        private AddPathSettings addPath = AddPathSettings.off();
        private Protection protection = Protection.NONE;

        private Builder(String name, IpAddress address, Asn asn) {
            this.name = name;
            this.address = address;
            this.asn = asn;
        }

        /** Sets another address. */
        public Builder address(IpAddress value) {
            address = value;
            return this;
        }

        /** Sets another AS number. */
        public Builder asn(Asn value) {
            asn = value;
            return this;
        }

        /** Sets the port to connect to; 179 if left out. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Sets what the peer is to the virtual network; NVA if left out. */
        public Builder role(PeerRole value) {
            role = value;
            return this;
        }

        /** Sets whether only the peer opens connections. */
        public Builder passive(boolean value) {
            passive = value;
            return this;
        }

        /** Sets whether sessions are held at all. */
        public Builder enabled(boolean value) {
            enabled = value;
            return this;
        }

        /** Sets the hold time offered, in whole seconds. */
        public Builder holdTime(Duration value) {
            holdTime = Optional.of(value);
            return this;
        }

        /** Sets the route limit. */
        public Builder routeLimit(RouteLimit value) {
            routeLimit = Optional.of(value);
            return this;
        }

        /** Sets how many routes the peer may be sent. */
        public Builder sendLimit(SendLimit value) {
            sendLimit = Optional.of(value);
            return this;
        }

        /** Sets whether the peer's AS must come first in its AS_PATHs. */
        public Builder enforceFirstAs(boolean value) {
            enforceFirstAs = Optional.of(value);
            return this;
        }

        /** Sets whether the own AS is prepended towards the peer. */
        public Builder prependLocalAs(boolean value) {
            prependLocalAs = Optional.of(value);
            return this;
        }

        /** Sets what may come in. */
        public Builder importPolicy(RoutePolicy value) {
            importPolicy = Optional.of(value);
            return this;
        }

        /** Sets what may go out. */
        public Builder exportPolicy(RoutePolicy value) {
            exportPolicy = Optional.of(value);
            return this;
        }

        /** Sets the prefixes of a VPN gateway's point-to-site clients; a route equal to or inside one is theirs (ARS-52). */
        public Builder pointToSite(List<IpPrefix> value) {
            pointToSite = List.copyOf(value);
            return this;
        }

        /** Sets the VPN gateway that the peer is an instance of; {@link VpnGateway} does it for its peers (ARS-53). */
        public Builder gateway(String value) {
            gateway = Optional.of(value);
            return this;
        }

        /** Sets whether several paths of one prefix are taken and sent (RFC 7911); neither if left out. */
        public Builder addPath(AddPathSettings value) {
            addPath = value;
            return this;
        }

        /** Sets what connections must have. */
        public Builder protection(Protection value) {
            protection = value;
            return this;
        }

        /** Returns the peer, or throws a {@link ConfigurationException} that names what is wrong. */
        public PeerConfig build() {
            return new PeerConfig(
                    name,
                    address,
                    port,
                    asn,
                    role,
                    passive,
                    enabled,
                    holdTime,
                    routeLimit,
                    sendLimit,
                    enforceFirstAs,
                    prependLocalAs,
                    importPolicy,
                    exportPolicy,
                    pointToSite,
                    gateway,
                    addPath,
                    protection);
        }
    }
}
