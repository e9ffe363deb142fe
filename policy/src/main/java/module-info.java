/** The policy chain and its built-in steps. */
module dev.waymark.policy {
    requires transitive dev.waymark.api;
    requires static transitive org.jspecify;

    exports dev.waymark.policy;
    exports dev.waymark.policy.asn;
    exports dev.waymark.policy.community;
    exports dev.waymark.policy.preference;
    exports dev.waymark.policy.routemap;
}
