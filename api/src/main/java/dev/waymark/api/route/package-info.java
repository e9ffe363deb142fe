/**
 * The values of a route: its path attributes and what stands in them. All values are immutable.
 *
 * <p>Read {@link dev.waymark.api.route.Route} and {@link dev.waymark.api.route.PathAttributes} first: the attributes of
 * a route are an opaque, interned handle; the other types are views that are made when a host asks for them. A policy
 * that wants other attributes makes them with {@link dev.waymark.api.route.AttributesEdit}.
 */
@NullMarked
package dev.waymark.api.route;

import org.jspecify.annotations.NullMarked;
