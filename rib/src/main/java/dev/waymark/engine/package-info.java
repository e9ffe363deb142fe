/** The route-server engine, where codec, policy and tables meet. Start at {@code RouteServerEngine}. */
@NullMarked
package dev.waymark.engine;

import org.jspecify.annotations.NullMarked;
