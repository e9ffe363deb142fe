/**
 * What all benchmarks share: the routes that they work on. Begin with {@link dev.waymark.benchmarks.UpdateCorpus}; how to run
 * is in the README.
 */
@NullMarked
package dev.waymark.benchmarks;

import org.jspecify.annotations.NullMarked;
