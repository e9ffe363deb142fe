/**
 * A race of whole route servers, for anyone to repeat. Begin with {@link dev.waymark.benchmarks.race.Race}, whose Javadoc has the
 * command; {@link dev.waymark.benchmarks.race.Heat} is one race of one server, {@link dev.waymark.benchmarks.race.Tally} its judge.
 */
@NullMarked
package dev.waymark.benchmarks.race;

import org.jspecify.annotations.NullMarked;
