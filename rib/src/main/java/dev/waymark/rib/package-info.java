/**
 * Tables, the decision process (RFC 4271 §9.1.2) and per-peer accounting: pure data structures without I/O, locks, clocks or
 * logs, confined to the engine loop.
 *
 * <p>Read first {@link dev.waymark.rib.PrefixTable}: it gives every prefix of a family a row number, and all else is an array
 * by row or by path. {@link dev.waymark.rib.AdjRibIn} holds what peers announced, {@link dev.waymark.rib.DecisionProcess} chooses,
 * {@link dev.waymark.rib.LocRib} remembers the choice, {@link dev.waymark.rib.GroupRib} what is sent to the peers of one update
 * group, and {@link dev.waymark.rib.MemberLag} how one of them differs. {@link dev.waymark.rib.PeerRouteAccount} counts, {@link
 * dev.waymark.rib.PrefixLimit} and {@link dev.waymark.rib.TotalLimit} limit.
 *
 * <p>Attribute sets are numbers here, above 0; what they mean comes in through {@link dev.waymark.rib.PathMetrics}, and who
 * holds them is counted by {@link dev.waymark.rib.AttributeRefs}. Rows are numbered from 0, paths from 1, peers by slot.
 */
@NullMarked
package dev.waymark.rib;

import org.jspecify.annotations.NullMarked;
