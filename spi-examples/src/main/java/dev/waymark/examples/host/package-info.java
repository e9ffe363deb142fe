/** The smallest host that embeds a route server; the README shows it. */
@NullMarked
package dev.waymark.examples.host;

import org.jspecify.annotations.NullMarked;
