/** Policy steps on AS numbers and AS paths. */
@NullMarked
package dev.waymark.policy.asn;

import org.jspecify.annotations.NullMarked;
