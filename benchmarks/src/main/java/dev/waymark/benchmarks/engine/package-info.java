/** Benchmarks of the whole engine. */
@NullMarked
package dev.waymark.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
