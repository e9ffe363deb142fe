package dev.waymark.engine;

import dev.waymark.api.PeerRole;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.api.route.Route;
import dev.waymark.bgp.codec.AttributeFlags;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.spi.PolicyContext;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a group of peers is sent of a chosen route, and makes it what it must look like there (ARS-50 to ARS-56).
 * Filters come after selection: what one stops, no other path takes the place of (ARS-51). Confined to the engine loop.
 */
final class ExportRules {
    private static final int ONLY_TO_CUSTOMER = 35;

    private final Settings settings;
    private final AttributeTable attributes;
    private final Slots slots;
    private final PolicyCalls policies;
    private final FitProbe probe;
    private final Reflection reflection;
    private final AggregateAttributes merge;
    private Optional<IpPrefix> aggregate = Optional.empty();
    private ExportReason reason = ExportReason.NOTHING_CHOSEN;

    ExportRules(
            Settings settings,
            AttributeTable attributes,
            Slots slots,
            PolicyCalls policies,
            AggregateAttributes merge) {
        this.settings = settings;
        this.attributes = attributes;
        this.slots = slots;
        this.policies = policies;
        this.merge = merge;
        this.probe = new FitProbe(attributes);
        this.reflection = new Reflection(attributes);
    }

    /** Returns why the last evaluation came out as it did. */
    ExportReason reason() {
        return reason;
    }

    /** Returns the aggregate that the last evaluation made the route a part of, if any (ARS-62). */
    Optional<IpPrefix> aggregate() {
        return aggregate;
    }

    /**
     * Returns the attributes that a group's members are sent for a path, or 0 for none. Where there is an {@link #aggregate},
     * returns what the route brings into it instead.
     *
     * @param path the chosen path of the row, or 0
     * @param isSystemRoute whether the row lies in a system route's space (ARS-41)
     */
    int evaluate(FamilyRib rib, UpdateGroup group, int row, int path, boolean isSystemRoute) {
        aggregate = Optional.empty();
        AdjRibIn paths = rib.paths();
        if (path == 0) {
            return stop(ExportReason.NOTHING_CHOSEN);
        }
        int source = Slots.ofSession(paths.slot(path));
        boolean isAggregate = Slots.isAggregate(paths.slot(path));
        boolean isOwn = source == Slots.OWN;
        if (isSystemRoute && !isOwn) {
            return stop(ExportReason.INSIDE_SYSTEM_ROUTE);
        }
        GroupKey key = group.key();
        if (!isOwn && !mayExchange(slots.role(source), key.role(), settings.branchToBranch())) {
            return stop(ExportReason.ROLES);
        }
        if (!isOwn && key.role() == PeerRole.EXPRESS_ROUTE_GATEWAY && isPointToSite(source, rib, row, isAggregate)) {
            return stop(ExportReason.ROLES);
        }
        if (!permitsCommunities(paths.received(path), key) || !permitsCommunities(paths.effective(path), key)) {
            return stop(ExportReason.WELL_KNOWN_COMMUNITY);
        }
        int exported = applyPolicy(rib, key, row, source, paths.effective(path));
        if (exported == 0) {
            return 0;
        }
        if (!permitsCommunities(exported, key)) {
            return stop(ExportReason.WELL_KNOWN_COMMUNITY);
        }
        if (key.policy().isPresent() && policies.aggregate().isPresent()) {
            aggregate = policies.aggregate();
            reason = ExportReason.AGGREGATED;
            return exported;
        }
        return finish(rib.family(), key, shape(key, source, exported, isAggregate));
    }

    /**
     * Returns the attributes that a group's members are sent for an aggregate that export policy made, or 0 for none.
     *
     * @param parts what its contributors bring into it, each once; at least one
     * @param source the slot that its next hop comes from
     */
    int evaluate(AddressFamily family, GroupKey key, IntList parts, int source) {
        return finish(family, key, shape(key, source, merge.merge(parts), true));
    }

    private int finish(AddressFamily family, GroupKey key, int shaped) {
        boolean isIpv6 = family == AddressFamily.IPV6_UNICAST;
        boolean mayDiffer = !isIpv6 && key.encoding().hasExtendedNextHop(); // RFC 8950 §4
        if (!mayDiffer && attributes.hasIpv6NextHop(shaped) != isIpv6) {
            return stop(ExportReason.NEXT_HOP_FAMILY);
        }
        if (!probe.fits(key.encoding(), shaped, family)) {
            return stop(ExportReason.TOO_LONG);
        }
        reason = ExportReason.SENT;
        return key.gracefulShutdown() ? tagged(key, shaped, family) : shaped;
    }

    /** Compares two slots by the addresses of their peers. */
    int compareSources(int oneSlot, int otherSlot) {
        return slots.compareAddresses(oneSlot, otherSlot);
    }

    /** Returns whether what a group is sent may depend on the prefix, apart from policies. */
    boolean looksAtPrefixes() {
        return settings.branchToBranch() && settings.hasPointToSite();
    }

    /**
     * A route of a VPN gateway that is equal to or inside one of its point-to-site prefixes (ARS-52); or an aggregate that contains
     * one, since what it is made of may be.
     */
    private boolean isPointToSite(int source, FamilyRib rib, int row, boolean isAggregate) {
        List<IpPrefix> spaces = slots.pointToSite(source);
        if (spaces.isEmpty()) {
            return false;
        }
        IpPrefix prefix = rib.prefixes().prefix(row);
        for (IpPrefix space : spaces) {
            if (space.contains(prefix) || (isAggregate && prefix.contains(space))) {
                return true;
            }
        }
        return false;
    }

    /** The table of ARS-52, as far as roles decide: who gets whose routes. */
    static boolean mayExchange(PeerRole source, PeerRole target, boolean isBranchToBranch) {
        if (source == PeerRole.NVA && target == PeerRole.NVA) {
            return true;
        }
        return isBranchToBranch && source != target;
    }

    private boolean permitsCommunities(int attribute, GroupKey key) {
        int flags = attributes.flags(attribute);
        if ((flags & AttributeFlags.NO_ADVERTISE) != 0) {
            return false;
        }
        if ((flags & AttributeFlags.LLGR_STALE) != 0 && !key.takesLongLived()) {
            return false; // RFC 9494 §4.3
        }
        int localOnly = AttributeFlags.NO_EXPORT | AttributeFlags.NO_EXPORT_SUBCONFED;
        return !settings.honourNoExport() || !key.isExternal() || (flags & localOnly) == 0;
    }

    private int applyPolicy(FamilyRib rib, GroupKey key, int row, int source, int attribute) {
        if (key.policy().isEmpty()) {
            return key.requiresPolicy() ? stop(ExportReason.NO_EXPORT_POLICY) : attribute;
        }
        Route route = new Route(rib.prefixes().prefix(row), attributes.view(attribute));
        PolicyContext context = new PolicyContext(
                PolicyContext.Direction.EXPORT,
                settings.localAsn(),
                slots.identity(source),
                Optional.of(key.role()),
                settings.config().routeMapRestrictions());
        int judged = policies.judge(key.policy().get(), context, route, attribute);
        if (judged == PolicyCalls.FAILED) {
            return stop(ExportReason.POLICY_FAILED);
        }
        if (judged == PolicyCalls.NOT_WIDER) {
            return stop(ExportReason.NOT_WIDER);
        }
        return judged == PolicyCalls.REJECTED ? stop(ExportReason.POLICY) : judged;
    }

    /**
     * Rewrites what the kind of session demands; most routes between external peers need nothing (RFC 7947 §2.2). An aggregate
     * begins here, so that the own AS number comes before whatever its path is (RFC 4271 §5.1.2), and nobody reflects it.
     */
    private int shape(GroupKey key, int source, int attribute, boolean isAggregate) {
        boolean isOwn = source == Slots.OWN;
        boolean fromInternal = !isOwn && !slots.isExternal(source);
        boolean prepends = key.isExternal() && (isOwn || isAggregate || fromInternal || key.prependLocalAs());
        boolean ownNextHop = key.isExternal()
                && !isOwn
                && key.nextHopSelf()
                && key.localAddress().isPresent();
        boolean hasLocalPref = (attributes.flags(attribute) & AttributeFlags.HAS_LOCAL_PREF) != 0;
        boolean needsLocalPref = !key.isExternal() && !hasLocalPref;
        boolean dropsLocalPref = key.isExternal() && hasLocalPref;
        boolean reflects = !key.isExternal() && fromInternal && !isAggregate;
        boolean wasReflected = key.isExternal() && (attributes.flags(attribute) & AttributeFlags.IS_REFLECTED) != 0;
        boolean addsOtc = key.addsOnlyToCustomer() && (attributes.flags(attribute) & AttributeFlags.HAS_OTC) == 0;
        if (!prepends && !ownNextHop && !needsLocalPref && !dropsLocalPref && !reflects && !wasReflected && !addsOtc) {
            return attribute;
        }
        AttributesEdit edit = attributes.view(attribute).edit();
        if (prepends) {
            edit.prepend(settings.localAsn(), 1);
        }
        if (ownNextHop) {
            edit.nextHop(key.localAddress().get());
        }
        if (needsLocalPref) {
            edit.localPref(Settings.DEFAULT_LOCAL_PREF);
        }
        if (dropsLocalPref) {
            edit.removeLocalPref();
        }
        if (wasReflected) {
            reflection.forget(edit);
        }
        if (addsOtc) { // RFC 9234 §5: whoever gets the route from us may only give it to customers
            byte[] asn =
                    ByteBuffer.allocate(4).putInt(settings.localAsn().bits()).array();
            edit.raw(RawAttribute.of(ONLY_TO_CUSTOMER, RawAttribute.OPTIONAL | RawAttribute.TRANSITIVE, asn));
        }
        if (reflects) {
            int ownId = settings.config().routerId().bits();
            reflection.reflect(edit, attribute, slots.routerId(source), ownId); // ARS-52a
        }
        return attributes.intern(edit.build());
    }

    /** Adds GRACEFUL_SHUTDOWN (RFC 8326 §4.1), unless it would make the attributes too long to be sent at all. */
    private int tagged(GroupKey key, int attribute, AddressFamily family) {
        AttributesEdit edit = attributes.view(attribute).edit().addCommunity(Community.GRACEFUL_SHUTDOWN);
        int tagged = attributes.intern(edit.build());
        return probe.fits(key.encoding(), tagged, family) ? tagged : attribute;
    }

    private int stop(ExportReason why) {
        reason = why;
        return 0;
    }
}
