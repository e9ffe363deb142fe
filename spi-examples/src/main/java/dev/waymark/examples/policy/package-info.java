/** A policy as a host would write it: {@link dev.waymark.examples.policy.PrefixLengthPolicy}, with its provider. */
@NullMarked
package dev.waymark.examples.policy;

import org.jspecify.annotations.NullMarked;
