package dev.waymark.engine;

import dev.waymark.api.PeerConfig;

/** Configurations of peers for tests. */
final class PeerConfigs {
    private PeerConfigs() {}

    /** Starts the configuration of a speaker as a passive NVA. */
    static PeerConfig.Builder of(Speaker speaker) {
        return PeerConfig.builder(speaker.name, speaker.address, speaker.asn).passive(true);
    }
}
