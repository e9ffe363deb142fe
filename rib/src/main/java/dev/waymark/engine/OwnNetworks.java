package dev.waymark.engine;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Origin;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.WireAttributes;
import dev.waymark.rib.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The address spaces of the virtual network and its peerings: those that are advertised are routes of the server's own, which
 * win over all others for the same prefix; all are system routes over what lies inside them, as those of service endpoints
 * (ARS-40, ARS-41). Confined to the engine loop.
 */
final class OwnNetworks {
    private final Settings settings;
    private final List<FamilyRib> ribs;
    private final AttributeTable attributes;
    private final SystemSpaces spaces;
    private final Jobs jobs;
    private final Map<IpPrefix, NetworkSpace> advertised = new HashMap<>();

    OwnNetworks(Settings settings, List<FamilyRib> ribs, AttributeTable attributes, SystemSpaces spaces, Jobs jobs) {
        this.settings = settings;
        this.ribs = ribs;
        this.attributes = attributes;
        this.spaces = spaces;
        this.jobs = jobs;
    }

    /** Makes everything as the configuration of now has it, which has passed its checks; what is the same stays untouched. */
    void update() {
        Map<IpPrefix, NetworkSpace> wanted = new LinkedHashMap<>();
        for (NetworkSpace space : settings.config().advertisedSpaces()) {
            wanted.put(space.prefix(), space);
        }
        for (IpPrefix prefix : advertised.keySet().stream().sorted().toList()) {
            if (!wanted.containsKey(prefix)) {
                advertised.remove(prefix);
                withdraw(prefix);
            }
        }
        wanted.forEach((prefix, space) -> {
            if (!space.equals(advertised.put(prefix, space))) {
                announce(space);
            }
        });
        if (spaces.replace(systemSpaces(settings.config()))) {
            jobs.add(new Redecision(ribs));
        }
    }

    /** Peered spaces count whether or not they are advertised; those of a family that isn't spoken have no routes to beat. */
    private static List<IpPrefix> systemSpaces(RouteServerConfig config) {
        List<IpPrefix> all = new ArrayList<>(config.serviceEndpoints());
        for (NetworkSpace space : config.networks()) {
            all.add(space.prefix());
        }
        for (NetworkPeering peering : config.peerings()) {
            for (NetworkSpace space : peering.spaces()) {
                all.add(space.prefix());
            }
        }
        return all;
    }

    private void announce(NetworkSpace space) {
        IpPrefix prefix = space.prefix();
        FamilyRib rib = ribOf(prefix);
        int row = rib.prefixes().findOrAdd(prefix.high(), prefix.low(), prefix.length());
        int id = attributes.intern(WireAttributes.of(Origin.IGP, AsPath.empty(), nextHopOf(space)));
        rib.paths().announce(row, Slots.OWN, id, id, Verdict.ACCEPTED, 0);
        rib.cap().addOwn(rib.family(), row);
        rib.markDirty(row);
    }

    private void withdraw(IpPrefix prefix) {
        FamilyRib rib = ribOf(prefix);
        int row = rib.prefixes().find(prefix.high(), prefix.low(), prefix.length());
        rib.paths().withdraw(row, Slots.OWN);
        rib.cap().removeOwn(rib.family(), row);
        rib.markDirty(row);
    }

    private IpAddress nextHopOf(NetworkSpace space) {
        return space.nextHop()
                .or(() -> settings.config().localAddress(space.prefix().family()))
                .orElseThrow(() ->
                        new ConfigurationException("network." + space.prefix() + ".nextHop", "is missing", "ARS-40"));
    }

    private FamilyRib ribOf(IpPrefix prefix) {
        for (FamilyRib rib : ribs) {
            if (rib.family() == prefix.family()) {
                return rib;
            }
        }
        throw new ConfigurationException(
                "network." + prefix, prefix.family() + " is not among session.families", "ARS-15");
    }
}
