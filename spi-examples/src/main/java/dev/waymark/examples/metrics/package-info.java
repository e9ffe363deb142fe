/** A metrics binding without dependencies: {@link dev.waymark.examples.metrics.JmxMetrics}. */
@NullMarked
package dev.waymark.examples.metrics;

import org.jspecify.annotations.NullMarked;
