/** Benchmarks that set the codec beside those of others; compiled with the Maven profile {@code peers} only. */
@NullMarked
package dev.waymark.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
