/**
 * BGP messages as values (RFC 4271 §4): what an OPEN, a NOTIFICATION and a ROUTE-REFRESH say, and the code points they
 * use. Immutable, and free of any judgement: {@code dev.waymark.bgp.codec} reads and writes them,
 * {@code dev.waymark.bgp.session} decides what follows. An UPDATE has no value here; it is decoded straight into
 * reused lists and interned attributes. Start at {@link dev.waymark.bgp.message.OpenMessage}.
 */
@NullMarked
package dev.waymark.bgp.message;

import org.jspecify.annotations.NullMarked;
