package dev.waymark.engine;

import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Origin;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.WireAttributes;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.PathChange;
import dev.waymark.rib.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The static prefixes of VPN gateways (ARS-53), kept as paths of the gateways' instances: one slot and one path a prefix for
 * each next hop. They count for the total of prefixes as learned ones do (ARS-27). Confined to the engine loop.
 */
final class StaticRoutes {
    private final Settings settings;
    private final List<FamilyRib> ribs;
    private final AttributeTable attributes;
    private final Slots slots;
    private final Map<String, IntList> slotsOf = new HashMap<>();

    StaticRoutes(Settings settings, List<FamilyRib> ribs, AttributeTable attributes, Slots slots) {
        this.settings = settings;
        this.ribs = ribs;
        this.attributes = attributes;
        this.slots = slots;
    }

    /** Adds what a gateway has that passed the configuration's checks. */
    void add(VpnGateway gateway) {
        IntList taken = new IntList();
        for (FamilyRib rib : ribs) {
            List<IpPrefix> prefixes = gateway.staticPrefixes().stream()
                    .filter(prefix -> prefix.family() == rib.family())
                    .toList();
            if (!prefixes.isEmpty()) {
                for (IpAddress nextHop : gateway.nextHops(rib.family())) {
                    taken.add(announce(rib, StaticSource.of(gateway, nextHop, settings), prefixes));
                }
            }
        }
        slotsOf.put(gateway.name(), taken);
    }

    private int announce(FamilyRib rib, StaticSource source, List<IpPrefix> prefixes) {
        int slot = slots.take();
        slots.bind(slot, source);
        AsPath path = source.isExternal()
                ? AsPath.ofSequence(List.of(source.identity().orElseThrow().asn()))
                : AsPath.empty();
        int id = attributes.intern(WireAttributes.of(Origin.IGP, path, source.address()));
        for (IpPrefix prefix : prefixes) {
            int row = rib.prefixes().findOrAdd(prefix.high(), prefix.low(), prefix.length());
            byte verdict = rib.cap().admit(rib, row, Verdict.ACCEPTED);
            rib.paths().announce(row, slot, id, id, verdict, 0);
            rib.markDirty(row);
            if (verdict == Verdict.ACCEPTED) {
                rib.cap().admitted(rib, row);
            }
        }
        return slot;
    }

    /** Removes what was added of a gateway. */
    void remove(VpnGateway gateway) {
        IntList taken = slotsOf.remove(gateway.name());
        if (taken == null) {
            return;
        }
        for (FamilyRib rib : ribs) {
            for (IpPrefix prefix : gateway.staticPrefixes()) {
                if (prefix.family() == rib.family()) {
                    withdraw(rib, prefix, taken);
                }
            }
        }
        for (int i = 0; i < taken.size(); i++) {
            slots.release(taken.get(i));
        }
    }

    private static void withdraw(FamilyRib rib, IpPrefix prefix, IntList taken) {
        int row = rib.prefixes().find(prefix.high(), prefix.low(), prefix.length());
        AdjRibIn paths = rib.paths();
        for (int i = 0; row >= 0 && i < taken.size(); i++) {
            PathChange before = paths.withdraw(row, taken.get(i));
            if (before.existed()) {
                rib.cap().released(rib, row);
                rib.markDirty(row);
            }
        }
    }
}
