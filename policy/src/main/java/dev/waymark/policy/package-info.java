/** The policy chain (RFC 4271 §9.1.1) and the factories of its steps. Start at {@code PolicyChain}. */
@NullMarked
package dev.waymark.policy;

import org.jspecify.annotations.NullMarked;
