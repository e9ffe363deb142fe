package dev.waymark.api;

/** Why an effective route is active or overridden. Each reason names the rule it comes from. */
public enum EffectiveReason {
    /** Active: user-defined routes beat all others of their prefix. */
    USER_DEFINED_ROUTE("ARS-41", true),
    /** Active: a virtual-network, peering or service-endpoint space without a user-defined route of the same prefix. */
    SYSTEM_ROUTE("ARS-41", true),
    /** Active: routes from BGP beat default routes of their prefix; sinks of the table hold it. */
    LEARNED_ROUTE("ARS-42", true),
    /** Active: nothing else has this prefix. */
    DEFAULT_ROUTE("ARS-41", true),
    /** Overridden: there is a user-defined route of this prefix. */
    BEATEN_BY_USER_DEFINED("ARS-41", false),
    /** Overridden: a route from BGP that is equal to, or inside, an address space; it is never programmed. */
    INSIDE_SYSTEM_ROUTE("ARS-41", false),
    /** Overridden: there is an address space of this prefix. */
    BEATEN_BY_SYSTEM_ROUTE("ARS-41", false),
    /** Overridden: a default route whose prefix is learned from BGP. */
    BEATEN_BY_LEARNED_ROUTE("ARS-41", false);

    private final String rule;
    private final boolean isActive;

    EffectiveReason(String rule, boolean isActive) {
        this.rule = rule;
        this.isActive = isActive;
    }

    /** Returns the rule behind the reason. */
    public String rule() {
        return rule;
    }

    /** Returns whether a route with this reason is used. */
    public boolean isActive() {
        return isActive;
    }
}
