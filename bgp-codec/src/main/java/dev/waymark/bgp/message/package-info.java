/** BGP messages as values (RFC 4271 §4). */
@NullMarked
package dev.waymark.bgp.message;

import org.jspecify.annotations.NullMarked;
