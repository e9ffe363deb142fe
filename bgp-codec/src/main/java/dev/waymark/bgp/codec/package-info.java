/**
 * The wire codec: octets to messages and back, with the error rules of RFC 7606. Attributes are interned as the octets
 * that they are sent as: a block that was accepted before is recognised without being parsed.
 *
 * <p>Read first: {@link dev.waymark.bgp.codec.Framer} finds messages, {@link dev.waymark.bgp.codec.UpdateDecoder} and
 * {@link dev.waymark.bgp.codec.MessageDecoder} decode them, {@link dev.waymark.bgp.codec.DecodeCondition} is the list of
 * everything that can be wrong and what follows; ERRORS.md, at the root of the module, has a row for each with the tests
 * that show it. {@link dev.waymark.bgp.codec.AttributeTable} holds attributes for all
 * sessions of a server; {@link dev.waymark.bgp.codec.UpdateEncoder} and {@link dev.waymark.bgp.codec.MessageEncoder}
 * write.
 */
@NullMarked
package dev.waymark.bgp.codec;

import org.jspecify.annotations.NullMarked;
