/**
 * A small BGP speaker, made of the codec and a transport: what a network virtual appliance says to a route server. For
 * demonstrations and tests. Start with {@link dev.waymark.examples.nva.NvaSpeaker}.
 */
@NullMarked
package dev.waymark.examples.nva;

import org.jspecify.annotations.NullMarked;
