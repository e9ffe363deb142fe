package dev.waymark.examples.decode;

import dev.waymark.bgp.message.Octets;
import java.util.Map;

/**
 * One message of the input. Immutable.
 *
 * @param id the id that was given, or the number of the message
 * @param octets the octets of the message
 * @param context what the input says of its session, as text by name
 */
record Item(Object id, Octets octets, Map<String, String> context) {}
