package dev.waymark.policy;

import dev.waymark.api.ConfigurationException;

/** Checks what a host gives when it makes steps: names the parameter and what is allowed. */
final class PolicyChecks {

    private PolicyChecks() {}

    static void require(boolean condition, String parameter, String problem) {
        if (!condition) {
            throw new ConfigurationException(parameter, problem, "");
        }
    }

    static void range(String parameter, long value, long least, long most) {
        require(value >= least && value <= most, parameter, value + " is not in " + least + " to " + most);
    }
}
