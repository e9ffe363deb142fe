/** Route sinks. */
@NullMarked
package dev.waymark.examples.sink;

import org.jspecify.annotations.NullMarked;
