package dev.waymark.spi;

/** A provider is missing, ambiguous or could not be created: names the SPI, the classes and the way out. */
public final class SpiConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with what is wrong and what to do about it. */
    public SpiConfigurationException(String message) {
        super(message);
    }

    /** Creates the exception with what is wrong, what to do about it, and what the provider threw. */
    public SpiConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
