/**
 * Policy on AS numbers and AS paths: numbers that peers may not have ({@link dev.waymark.policy.asn.ReservedAsns}), paths
 * that are judged before any policy ({@link dev.waymark.policy.asn.AsPathChecks}), and steps on paths.
 */
@NullMarked
package dev.waymark.policy.asn;

import org.jspecify.annotations.NullMarked;
