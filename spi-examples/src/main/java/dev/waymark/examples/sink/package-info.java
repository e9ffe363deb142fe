/**
 * Route sinks that show what is programmed: {@link dev.waymark.examples.sink.ConsoleSink} for people,
 * {@link dev.waymark.examples.sink.JsonLinesSink} for programs. A host's own sink would write to its route tables.
 */
@NullMarked
package dev.waymark.examples.sink;

import org.jspecify.annotations.NullMarked;
