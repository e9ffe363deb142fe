/**
 * What the value types share and hosts never see: how text and numbers are read, and how a refusal is worded.
 * Not exported.
 */
@NullMarked
package dev.waymark.api.internal;

import org.jspecify.annotations.NullMarked;
