package dev.waymark.examples.app;

import dev.waymark.api.ResetKind;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of command lines are read: as those of the configuration file, with the same words of refusal. Stateless. */
final class CtlValues {
    private CtlValues() {}

    /** On or off. */
    enum Switch {
        ON,
        OFF
    }

    static void register(CommandLine line) {
        line.registerConverter(IpPrefix.class, of(IpPrefix::parse));
        line.registerConverter(IpAddress.class, of(IpAddress::parse));
        line.registerConverter(AddressFamily.class, of(AddressFamily::parse));
        line.registerConverter(Long.class, of(Values::longInteger));
        line.registerConverter(Duration.class, of(Values::duration));
        line.registerConverter(ResetKind.class, of(Values.oneOf(ResetKind.class)));
        line.registerConverter(RoutingPreference.class, of(Values.oneOf(RoutingPreference.class)));
        line.registerConverter(Switch.class, of(Values.oneOf(Switch.class)));
    }

    private static <V> ITypeConverter<V> of(ValueParser<V> parser) {
        return text -> {
            try {
                return parser.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        };
    }
}
