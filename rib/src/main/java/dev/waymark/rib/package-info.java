/** Tables, the decision process (RFC 4271 §9) and per-peer accounting. Confined to the engine loop. */
@NullMarked
package dev.waymark.rib;

import org.jspecify.annotations.NullMarked;
