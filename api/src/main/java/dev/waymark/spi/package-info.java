/**
 * What hosts implement. Each SPI is a contract that the engine calls and a provider that
 * {@link java.util.ServiceLoader} can find.
 */
@NullMarked
package dev.waymark.spi;

import org.jspecify.annotations.NullMarked;
