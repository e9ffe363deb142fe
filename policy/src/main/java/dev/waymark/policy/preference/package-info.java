/**
 * The routing preference: which class of source wins before AS_PATH length is compared (ARS-30, ARS-31).
 */
@NullMarked
package dev.waymark.policy.preference;

import org.jspecify.annotations.NullMarked;
