/** Benchmarks of the policy chain. */
@NullMarked
package dev.waymark.benchmarks.policy;

import org.jspecify.annotations.NullMarked;
