package dev.waymark.api;

/** The host asked for something that is not allowed: names the parameter, what is allowed, and the rule. */
public final class ConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String rule;

    /**
     * Creates the exception.
     *
     * @param parameter the parameter that is wrong, as in the configuration: {@code peer.nva1.asn}
     * @param problem what is wrong, with the value, and what is allowed instead
     * @param rule the rule behind it ({@code ARS-16}, {@code RFC 4271 4.2}), or an empty string
     */
    public ConfigurationException(String parameter, String problem, String rule) {
        super(parameter + ": " + problem + (rule.isEmpty() ? "" : " [" + rule + "]"));
        this.parameter = parameter;
        this.rule = rule;
    }

    /** Returns the parameter that is wrong. */
    public String parameter() {
        return parameter;
    }

    /** Returns the rule that forbids it, or an empty string. */
    public String rule() {
        return rule;
    }
}
