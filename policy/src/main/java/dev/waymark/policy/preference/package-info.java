/** The preference that decides between routes to one prefix. */
@NullMarked
package dev.waymark.policy.preference;

import org.jspecify.annotations.NullMarked;
