/** What hosts call: the route server, its configuration and its snapshots. Start at {@code RouteServer}. */
@NullMarked
package dev.waymark.api;

import org.jspecify.annotations.NullMarked;
