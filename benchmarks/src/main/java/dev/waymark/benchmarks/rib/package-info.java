/** Benchmarks of the tables. */
@NullMarked
package dev.waymark.benchmarks.rib;

import org.jspecify.annotations.NullMarked;
