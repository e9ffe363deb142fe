/**
 * Policy on communities (RFC 1997, RFC 8092): steps and matchers, and what the well-known communities ask of a route server
 * ({@link dev.waymark.policy.community.WellKnownCommunities}).
 */
@NullMarked
package dev.waymark.policy.community;

import org.jspecify.annotations.NullMarked;
