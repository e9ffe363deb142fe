/**
 * Route maps (ARS-60 to ARS-64): ordered rules of conditions and actions, as data that a host keeps and edits. Read
 * {@link dev.waymark.policy.routemap.RouteMap} first. A map is a policy like any other; it is given to a peer as its import or
 * export policy, one in each direction, and one map may serve many peers.
 *
 * <p>Everything that is exported is immutable and thread-safe.
 */
@NullMarked
package dev.waymark.policy.routemap;

import org.jspecify.annotations.NullMarked;
