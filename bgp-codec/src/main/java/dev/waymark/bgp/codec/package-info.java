/** The wire codec: octets to messages and back, with the error rules of RFC 7606. */
@NullMarked
package dev.waymark.bgp.codec;

import org.jspecify.annotations.NullMarked;
