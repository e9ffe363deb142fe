/** Values of a route: path attributes, communities and route changes. Immutable. */
@NullMarked
package dev.waymark.api.route;

import org.jspecify.annotations.NullMarked;
