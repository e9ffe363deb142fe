/** The session state machine (RFC 4271 §8), a pure function of state and event. */
@NullMarked
package dev.waymark.bgp.session;

import org.jspecify.annotations.NullMarked;
