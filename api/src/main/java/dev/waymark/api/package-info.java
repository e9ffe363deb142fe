/**
 * What hosts call: start with {@link dev.waymark.api.RouteServerConfig}, then {@link dev.waymark.api.RouteServer}.
 * Interfaces here are implemented by Waymark, not by hosts; what hosts implement is in {@code dev.waymark.spi}.
 */
@NullMarked
package dev.waymark.api;

import org.jspecify.annotations.NullMarked;
