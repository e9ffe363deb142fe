/** Metrics bindings. */
@NullMarked
package dev.waymark.examples.metrics;

import org.jspecify.annotations.NullMarked;
