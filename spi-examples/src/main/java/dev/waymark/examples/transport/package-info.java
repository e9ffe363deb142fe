/**
 * Two transports: {@link dev.waymark.examples.transport.NioTransport} over TCP with one selector thread, and
 * {@link dev.waymark.examples.transport.InMemoryTransport} over a network that is only an object, for tests.
 */
@NullMarked
package dev.waymark.examples.transport;

import org.jspecify.annotations.NullMarked;
