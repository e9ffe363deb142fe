package dev.waymark.engine;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteView;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.AdjRibIn;
import dev.waymark.rib.Contributors;
import dev.waymark.rib.NextHopSets;
import dev.waymark.rib.PathList;
import dev.waymark.rib.PathRib;
import dev.waymark.rib.SendCap;
import dev.waymark.rib.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables for hosts (ARS-70), a bounded number of rows at a time, so that a look at a million routes costs no session
 * its timers. Confined to the engine loop.
 */
final class Views {
    /** Rows looked at for one page at most. */
    private static final int ROWS_PER_PAGE = 16_384;
    /** Rejected routes in one page at most: a policy is asked about each. */
    private static final int REJECTED_PER_PAGE = 512;

    private final Settings settings;
    private final List<FamilyRib> ribs;
    private final Slots slots;
    private final Peers peers;
    private final AttributeTable attributes;
    private final NextHopSets sets;
    private final Revisions revisions;
    private final OnPremises onPremises;
    private final ImportRules rules;

    Views(
            Settings settings,
            List<FamilyRib> ribs,
            Slots slots,
            Peers peers,
            AttributeTable attributes,
            NextHopSets sets,
            Revisions revisions,
            ImportRules rules) {
        this.settings = settings;
        this.ribs = ribs;
        this.slots = slots;
        this.peers = peers;
        this.attributes = attributes;
        this.sets = sets;
        this.revisions = revisions;
        this.onPremises = new OnPremises(settings);
        this.rules = rules;
    }

    /** Returns a piece of a view. Throws {@link IllegalArgumentException} if it names a peer that there is not. */
    RoutePage page(RouteQuery query, int cursor, int limit) {
        FamilyRib rib = ribOf(query.family());
        Peer peer = query.peer().isEmpty() ? null : peerOf(query.peer().get());
        if (query.view() == RouteView.ON_PREMISES
                && peer != null
                && peer.config().role() != PeerRole.EXPRESS_ROUTE_GATEWAY) {
            throw new ConfigurationException(
                    "query.peer",
                    peer.name() + " is no ExpressRoute gateway; nothing is on-premises behind it",
                    "ARS-54");
        }
        if (rib == null) {
            return new RoutePage(revisions.last(), List.of(), OptionalInt.empty());
        }
        List<RouteEntry> entries = new ArrayList<>();
        int rowLimit = rib.prefixes().rowLimit();
        int row = cursor;
        int end = (int) Math.min(rowLimit, (long) cursor + ROWS_PER_PAGE);
        int most = query.view() == RouteView.REJECTED ? Math.min(limit, REJECTED_PER_PAGE) : limit;
        while (row < end && entries.size() < most) {
            if (isWithin(query, rib, row)) {
                addRow(query, rib, peer, row, entries);
            }
            row++;
        }
        return new RoutePage(revisions.last(), entries, row < rowLimit ? OptionalInt.of(row) : OptionalInt.empty());
    }

    private void addRow(RouteQuery query, FamilyRib rib, @Nullable Peer peer, int row, List<RouteEntry> entries) {
        switch (query.view()) {
            case RECEIVED, ACCEPTED, REJECTED -> addReceived(query, rib, peer, row, entries);
            case SELECTED, PROGRAMMED -> addChosen(query, rib, peer, row, entries);
            case ADVERTISED, ON_PREMISES -> addAdvertised(query, rib, peer, row, entries);
            case HELD_BACK -> addHeldBack(rib, peer, row, entries);
            case CONTRIBUTORS -> addContributors(rib, peer, row, entries);
            case ADVERTISED_CONTRIBUTORS -> addAdvertisedParts(rib, peer, row, entries);
        }
    }

    private void addReceived(RouteQuery query, FamilyRib rib, @Nullable Peer peer, int row, List<RouteEntry> entries) {
        AdjRibIn paths = rib.paths();
        for (int path = paths.first(row); path != 0; path = paths.next(path)) {
            Session session = slots.session(paths.slot(path));
            if (session == null || session.peer() != peer || Slots.isAggregate(paths.slot(path))) {
                continue;
            }
            boolean isAccepted = Verdict.isAccepted(paths.verdict(path));
            switch (query.view()) {
                case RECEIVED -> entries.add(entry(rib, row, path, paths.received(path)));
                case ACCEPTED -> {
                    if (isAccepted) {
                        entries.add(entry(rib, row, path, paths.effective(path)));
                    }
                }
                case REJECTED -> {
                    if (!isAccepted) {
                        entries.add(rejected(rib, row, path, session));
                    }
                }
                case SELECTED, PROGRAMMED, ADVERTISED, ON_PREMISES, HELD_BACK, CONTRIBUTORS, ADVERTISED_CONTRIBUTORS ->
                    throw new AssertionError(query.view());
            }
        }
    }

    private void addChosen(RouteQuery query, FamilyRib rib, @Nullable Peer peer, int row, List<RouteEntry> entries) {
        int best = rib.isDirty(row) ? 0 : rib.loc().best(row);
        if (best == 0) {
            return;
        }
        Session session = slots.session(rib.paths().slot(best));
        if (peer != null && (session == null || session.peer() != peer)) {
            return;
        }
        RouteEntry entry = entry(rib, row, best, rib.paths().effective(best));
        switch (query.view()) {
            case SELECTED -> entries.add(entry);
            case PROGRAMMED -> {
                List<IpAddress> nextHops = sets.nextHops(rib.loc().nextHops(row));
                if (!nextHops.isEmpty()) {
                    entries.add(new RouteEntry(
                            entry.prefix(),
                            entry.sourcePeer(),
                            entry.localAddress(),
                            nextHops,
                            entry.attributes(),
                            Optional.empty(),
                            Optional.empty(),
                            entry.isLeaving(),
                            entry.isStale(),
                            entry.aggregate(),
                            entry.pathId()));
                }
            }
            case RECEIVED,
                    ACCEPTED,
                    REJECTED,
                    ADVERTISED,
                    ON_PREMISES,
                    HELD_BACK,
                    CONTRIBUTORS,
                    ADVERTISED_CONTRIBUTORS -> throw new AssertionError(query.view());
        }
    }

    private void addContributors(FamilyRib rib, @Nullable Peer peer, int row, List<RouteEntry> entries) {
        AdjRibIn paths = rib.paths();
        for (int path = paths.first(row); path != 0; path = paths.next(path)) {
            Session session = slots.session(paths.slot(path));
            boolean isAsked = peer == null || (session != null && session.peer() == peer);
            if (isAsked && paths.verdict(path) == Verdict.CONTRIBUTES) {
                entries.add(entry(rib, row, path, paths.effective(path)));
            }
        }
    }

    private void addAdvertisedParts(FamilyRib rib, @Nullable Peer peer, int row, List<RouteEntry> entries) {
        Session session = peer == null ? null : peer.session();
        SessionFamily family = session == null ? null : session.family(rib.family());
        UpdateGroup group = family == null ? null : family.group();
        GroupAggregates aggregates = group == null ? null : group.aggregates();
        if (session == null || group == null || aggregates == null || rib.isDirty(row)) {
            return;
        }
        int slot = session.slot();
        boolean isSeveral = group.paths() != null;
        int aggregate = isSeveral ? group.parts().aggregateOf(row, slot) : aggregates.aggregateOf(row, slot);
        if (aggregate != Contributors.NONE) {
            long kind = isSeveral ? group.parts().kindOf(row, slot) : aggregates.kindOf(row, slot);
            entries.add(ofPart(rib, row, kind, Optional.of(rib.prefixes().prefix(aggregate))));
        }
    }

    private void addAdvertised(
            RouteQuery query, FamilyRib rib, @Nullable Peer peer, int row, List<RouteEntry> entries) {
        Session session = peer == null ? null : peer.session();
        UpdateGroup group = groupOf(rib, peer);
        if (session == null || group == null) {
            return;
        }
        PathRib paths = group.paths();
        if (paths != null) {
            PathList list = paths.get(row).firstFor(session.slot(), paths.most());
            for (int i = 0; i < list.size(); i++) {
                OptionalLong pathId = OptionalLong.of(Integer.toUnsignedLong(list.pathId(i)));
                entries.add(advertised(query, rib, row, list.attributes(i), list.source(i), pathId));
            }
            return;
        }
        int sent = group.rib().sentTo(session.slot(), row);
        if (sent != 0) {
            int source = group.rib().sourceTo(session.slot(), row);
            entries.add(advertised(query, rib, row, sent, source, OptionalLong.empty()));
        }
    }

    private RouteEntry advertised(RouteQuery query, FamilyRib rib, int row, int sent, int source, OptionalLong pathId) {
        IpPrefix prefix = rib.prefixes().prefix(row);
        PathAttributes shown = attributes.view(sent);
        if (query.view() == RouteView.ON_PREMISES) {
            shown = onPremises.seen(prefix, shown);
        }
        return new RouteEntry(
                prefix,
                slots.identity(source),
                settings.config().localAddress(rib.family()),
                List.of(attributes.nextHop(sent)),
                shown,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                pathId);
    }

    private void addHeldBack(FamilyRib rib, @Nullable Peer peer, int row, List<RouteEntry> entries) {
        UpdateGroup group = groupOf(rib, peer);
        SendCap cap = group == null ? null : group.cap();
        if (group == null || cap == null || !cap.isWaiting(row) || rib.isDirty(row)) {
            return;
        }
        int best = rib.loc().best(row);
        if (best != 0) {
            entries.add(entry(rib, row, best, rib.paths().effective(best)));
            return;
        }
        GroupAggregates aggregates = group.aggregates();
        int member = group.members().get(0).slot(); // a group with a cap has one
        long part = aggregates == null ? 0 : aggregates.firstPart(row, member);
        if (part != 0) {
            entries.add(ofPart(rib, row, part, Optional.of(rib.prefixes().prefix(row))));
        }
    }

    /** Returns a row with what a kind of part has. */
    private RouteEntry ofPart(FamilyRib rib, int row, long kind, Optional<IpPrefix> aggregate) {
        int attribute = GroupAggregates.attributes(kind);
        return new RouteEntry(
                rib.prefixes().prefix(row),
                slots.identity(GroupAggregates.source(kind)),
                settings.config().localAddress(rib.family()),
                List.of(attributes.nextHop(attribute)),
                attributes.view(attribute),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                aggregate,
                OptionalLong.empty());
    }

    private static @Nullable UpdateGroup groupOf(FamilyRib rib, @Nullable Peer peer) {
        Session session = peer == null ? null : peer.session();
        SessionFamily family = session == null ? null : session.family(rib.family());
        return family == null ? null : family.group();
    }

    private RouteEntry entry(FamilyRib rib, int row, int path, int attribute) {
        return entry(rib, row, path, attribute, "");
    }

    private RouteEntry rejected(FamilyRib rib, int row, int path, Session session) {
        int received = rib.paths().received(path);
        RejectReason reason = Verdict.reason(rib.paths().verdict(path));
        String detail = rules.detailOf(session, received, rib.prefixes().prefix(row), reason);
        return entry(rib, row, path, received, detail);
    }

    private RouteEntry entry(FamilyRib rib, int row, int path, int attribute, String detail) {
        AdjRibIn paths = rib.paths();
        Session session = slots.session(paths.slot(path));
        SessionFamily family = session == null ? null : session.family(rib.family());
        return new RouteEntry(
                rib.prefixes().prefix(row),
                slots.identity(paths.slot(path)),
                settings.config().localAddress(rib.family()),
                List.of(attributes.nextHop(attribute)),
                attributes.view(attribute),
                Optional.ofNullable(Verdict.reason(paths.verdict(path))),
                detail.isEmpty() ? Optional.empty() : Optional.of(detail),
                session != null && !session.isEligible(),
                family != null && (Slots.isAggregate(paths.slot(path)) ? family.isAllStale() : family.isStale(path)),
                aggregateOf(rib, path),
                pathIdOf(rib, session, path));
    }

    private static OptionalLong pathIdOf(FamilyRib rib, @Nullable Session session, int path) {
        boolean hasOne = session != null
                && !Slots.isAggregate(rib.paths().slot(path))
                && session.negotiated().extensions().addPathReceive().contains(rib.family());
        return hasOne ? OptionalLong.of(Integer.toUnsignedLong(rib.paths().pathId(path))) : OptionalLong.empty();
    }

    private static Optional<IpPrefix> aggregateOf(FamilyRib rib, int path) {
        int row = rib.contributors().row(path);
        return row == Contributors.NONE
                ? Optional.empty()
                : Optional.of(rib.prefixes().prefix(row));
    }

    private static boolean isWithin(RouteQuery query, FamilyRib rib, int row) {
        Optional<IpPrefix> within = query.within();
        if (!rib.prefixes().contains(row)) {
            return false;
        }
        return within.isEmpty() || within.get().contains(rib.prefixes().prefix(row));
    }

    private @Nullable FamilyRib ribOf(AddressFamily family) {
        for (FamilyRib rib : ribs) {
            if (rib.family() == family) {
                return rib;
            }
        }
        return null;
    }

    private Peer peerOf(String name) {
        Peer peer = peers.byName(name);
        if (peer == null) {
            throw new IllegalArgumentException("there is no peer '" + name + "'");
        }
        return peer;
    }
}
