/** Policy steps on communities (RFC 1997). */
@NullMarked
package dev.waymark.policy.community;

import org.jspecify.annotations.NullMarked;
