/** Policy steps as a host would write them. */
@NullMarked
package dev.waymark.examples.policy;

import org.jspecify.annotations.NullMarked;
