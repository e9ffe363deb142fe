/**
 * Route policy (RFC 4271 §9.1.1): chains of named steps, and the steps that most networks need. Read
 * {@link dev.waymark.policy.PolicyChain} first, then {@link dev.waymark.policy.PolicySteps}.
 *
 * <p>Everything here is immutable, pure and thread-safe: a step decides from its arguments alone, so one chain can serve
 * many peers and servers. Attributes that no step changes stay the same object.
 */
@NullMarked
package dev.waymark.policy;

import org.jspecify.annotations.NullMarked;
