package dev.waymark.api;

import java.time.Duration;

/** Range checks that name the parameter and what is allowed. */
final class Checks {
    private Checks() {}

    static void range(String parameter, long value, long least, long most, String rule) {
        if (value < least || value > most) {
            throw new ConfigurationException(parameter, value + " is not in " + least + " to " + most, rule);
        }
    }

    static void range(String parameter, Duration value, Duration least, Duration most, String rule) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new ConfigurationException(
                    parameter, text(value) + " is not in " + text(least) + " to " + text(most), rule);
        }
    }

    static void require(boolean condition, String parameter, String problem, String rule) {
        if (!condition) {
            throw new ConfigurationException(parameter, problem, rule);
        }
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
