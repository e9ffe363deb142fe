/**
 * The contract kit: what every implementation of an SPI must pass, and fakes for tests of hosts. Extend
 * {@link dev.waymark.spi.contract.TransportContract}, {@link dev.waymark.spi.contract.RouteSinkContract},
 * {@link dev.waymark.spi.contract.RoutePolicyContract} or {@link dev.waymark.spi.contract.ProviderContract} and give the one
 * thing each asks for. Published as the {@code tests} jar of {@code waymark-api}; add {@code junit-jupiter-api} yourself.
 */
@NullMarked
package dev.waymark.spi.contract;

import org.jspecify.annotations.NullMarked;
