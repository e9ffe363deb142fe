package dev.waymark.spi;

/** What every provider has: a name and a place in the order. Found by {@link java.util.ServiceLoader} when the host asks. */
public interface SpiProvider {
    /** Returns a stable name, {@code [a-z0-9-]+}, unique among the providers of one SPI. */
    String name();

    /** Returns the place among providers of the same SPI: lower comes earlier; ties go by {@link #name()}. */
    default int order() {
        return 0;
    }
}
