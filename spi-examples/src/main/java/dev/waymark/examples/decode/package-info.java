/**
 * What {@code waymark decode} and {@code waymark encode} do: single messages judged by the very classes that sessions use,
 * {@link dev.waymark.bgp.session.SessionMachine} included, and written again. Read {@code JudgedSession} first.
 */
@NullMarked
package dev.waymark.examples.decode;

import org.jspecify.annotations.NullMarked;
