package dev.waymark.policy.routemap;

import dev.waymark.api.ConfigurationException;
import java.util.Collection;
import java.util.List;

/** Checks the parts of route maps when they are made: names the parameter, what is allowed, and the rule. */
final class RouteMapValues {

    private RouteMapValues() {}

    static String name(String parameter, String name) {
        require(
                name.matches("[A-Za-z0-9._-]{1,64}"),
                parameter,
                "'" + name + "' is not 1 to 64 of A-Z a-z 0-9 . _ -",
                "ARS-60");
        return name;
    }

    static <V> List<V> list(String parameter, Collection<V> values, int least, int most, String rule) {
        require(
                values.size() >= least && values.size() <= most,
                parameter,
                values.size() + " values are not in " + least + " to " + most,
                rule);
        return List.copyOf(values);
    }

    static void require(boolean condition, String parameter, String problem, String rule) {
        if (!condition) {
            throw new ConfigurationException(parameter, problem, rule);
        }
    }
}
