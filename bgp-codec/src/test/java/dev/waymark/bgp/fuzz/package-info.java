/**
 * Fuzz targets of the codec and of the session machine: classes with a method {@code fuzzerTestOneInput(byte[])}, which
 * throws when an invariant is broken, and {@code seeds()}, inputs to begin with. They need no fuzzer: {@link
 * dev.waymark.bgp.fuzz.FuzzTargetsTest} runs every seed and mutations of them in the ordinary build. With Jazzer:
 *
 * <pre>{@code
 * .ci/fuzz                  every target for 20 seconds
 * .ci/fuzz 600              ... for ten minutes
 * .ci/fuzz 600 Update Open  only these
 * }</pre>
 *
 * <p>The target of the running server is {@code dev.waymark.engine.CoreTarget} in module {@code rib}. What Jazzer found is
 * in {@code src/test/resources/fuzz}, as seeds, each with the name of its defect.
 *
 * <p>Invariants of all targets: they return; nothing is thrown, and no failure is swallowed; the octets that a message makes
 * us allocate are bounded by its length; what was decoded, encoded and decoded again is the same; what a message means does
 * not depend on what came before; references to attributes come back to zero.
 */
@NullMarked
package dev.waymark.bgp.fuzz;

import org.jspecify.annotations.NullMarked;
