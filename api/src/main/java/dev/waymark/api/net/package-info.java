/** Values of the network: AS numbers, router ids, prefixes and address families. Immutable. */
@NullMarked
package dev.waymark.api.net;

import org.jspecify.annotations.NullMarked;
