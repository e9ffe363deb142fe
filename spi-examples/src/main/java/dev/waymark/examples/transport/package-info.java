/** Transports: TCP over NIO. */
@NullMarked
package dev.waymark.examples.transport;

import org.jspecify.annotations.NullMarked;
