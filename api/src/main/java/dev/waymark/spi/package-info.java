/**
 * What hosts implement and the route server calls: {@link dev.waymark.spi.Transport}, {@link dev.waymark.spi.RouteSink},
 * {@link dev.waymark.spi.RoutePolicy}, {@link dev.waymark.spi.ServerEventListener}, {@link dev.waymark.spi.ServerMetrics}
 * and {@link dev.waymark.spi.MonotonicClock}. Each has a provider that ServiceLoader can find; an instance that the host
 * gives always wins. JDK types only.
 */
@NullMarked
package dev.waymark.spi;

import org.jspecify.annotations.NullMarked;
