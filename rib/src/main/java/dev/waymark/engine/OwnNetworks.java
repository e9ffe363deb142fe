package dev.waymark.engine;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Origin;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.WireAttributes;
import dev.waymark.rib.Verdict;
import java.util.List;

/**
 * The virtual network's address spaces: routes of the server's own, which win over all others for the same prefix, and
 * system routes over what lies inside them (ARS-40, ARS-41). Confined to the engine loop.
 */
final class OwnNetworks {
    private final Settings settings;
    private final List<FamilyRib> ribs;
    private final AttributeTable attributes;
    private final SystemSpaces spaces;
    private final Jobs jobs;

    OwnNetworks(Settings settings, List<FamilyRib> ribs, AttributeTable attributes, SystemSpaces spaces, Jobs jobs) {
        this.settings = settings;
        this.ribs = ribs;
        this.attributes = attributes;
        this.spaces = spaces;
        this.jobs = jobs;
    }

    /** Adds a space that has passed the configuration's checks. */
    void add(NetworkSpace space) {
        IpPrefix prefix = space.prefix();
        FamilyRib rib = ribOf(prefix);
        int row = rib.prefixes().findOrAdd(prefix.high(), prefix.low(), prefix.length());
        int id = attributes.intern(WireAttributes.of(Origin.IGP, AsPath.empty(), nextHopOf(space)));
        rib.paths().announce(row, Slots.OWN, id, id, Verdict.ACCEPTED, 0);
        rib.cap().addOwn(rib.family(), row);
        rib.markDirty(row);
        spaces.add(prefix);
        jobs.add(new Redecision(ribs));
    }

    /** Removes a space that was added. */
    void remove(IpPrefix prefix) {
        FamilyRib rib = ribOf(prefix);
        int row = rib.prefixes().find(prefix.high(), prefix.low(), prefix.length());
        rib.paths().withdraw(row, Slots.OWN);
        rib.cap().removeOwn(rib.family(), row);
        rib.markDirty(row);
        spaces.remove(prefix);
        jobs.add(new Redecision(ribs));
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
