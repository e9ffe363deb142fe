/** Benchmarks of the wire codec. */
@NullMarked
package dev.waymark.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
