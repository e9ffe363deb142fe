/** The daemon and the quick start. */
@NullMarked
package dev.waymark.examples.app;

import org.jspecify.annotations.NullMarked;
