/**
 * The route-server engine. Hosts need {@link dev.waymark.engine.RouteServerEngine} only.
 *
 * <p>To read it, follow an UPDATE. {@code EngineLoop} takes octets from a {@code Pump} and hands them to {@code
 * RouteServerCore}, which has no thread, socket or clock. There {@code Receiver} cuts them into messages and asks {@code
 * Sessions}, the state machines, whether the content is wanted; {@code Importer} judges the routes and stores them, and
 * marks their rows dirty. The next turn ({@code Turns}) lets {@code Decisions} choose for each dirty row, which changes what
 * sinks ({@code SinkFeed}) and update groups ({@code UpdateGroup}) hold; {@code GroupFlush} encodes what changed once for
 * all members of a group. A member whose window is full is owed rows, not octets, and {@code MemberDrain} tells it the latest
 * state later. Everything that is large goes on as a {@code Job}, some rows a turn. {@code OutputPerformer} does what the core
 * wants: {@code Wire} writes, {@code HostCalls} calls the host's code, on other threads. A {@code LoopThread} gives turns to the loop of
 * one server, or of many in an {@link dev.waymark.engine.EngineLoopGroup}.
 *
 * <p>Where graceful restart was negotiated (RFC 4724), a lost session's slot goes on with its routes: {@code Restarts} has the timers,
 * {@code StaleRoutes} knows which were not announced again, and {@code Session.isEligible} says whether they may still be chosen.
 *
 * <p>Where a route map replaces prefixes by an aggregate (ARS-62), {@code ImportAggregates} makes one path of a peer's contributors
 * before rows are decided, and {@code AggregateChoice} one route of a group's after; {@code Contributors} knows which are parts of
 * which.
 *
 * <p>Where a peer sends several paths of a prefix (ADD-PATH, RFC 7911), {@code AdditionalPaths} finds the one that is meant. Groups whose
 * members are sent several have a {@code PathRib} in place of a {@code GroupRib}: {@code PathChoice} fills it, {@code PathUpdates} tells
 * the members.
 *
 * <p>{@code OwnNetworks} has the virtual network's spaces, {@code SystemSpaces} says what lies inside them: {@code Decisions}
 * asks it what is programmed, {@code EffectiveRoutes} what a route table comes to. {@code SinkGate} is between a route table's
 * sink and the rows.
 *
 * <p>Two instances make a pair ({@code EnginePair}): each programs one half of a {@code UnionTable}, through a sink that
 * {@code PairUnion} gives it, and the pair's sinks are fed from there by the same {@code SinkFeed} as an instance's own.
 */
@NullMarked
package dev.waymark.engine;

import org.jspecify.annotations.NullMarked;
