package dev.waymark.examples.app;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.examples.control.ControlRefusal;
import dev.waymark.spi.Protection;
import java.util.List;
import java.util.Optional;

/** Gives keys of a peer their defaults again. Stateless. */
final class PeerDefaults {
    private static final List<String> KEYS = List.of(
            "port",
            "role",
            "passive",
            "enabled",
            "holdTime",
            "routeLimit",
            "sendLimit",
            "enforceFirstAs",
            "prependLocalAs",
            "importPolicy",
            "exportPolicy",
            "pointToSite",
            "addPath",
            "protection");

    private PeerDefaults() {}

    /** Returns a peer without what the configuration file would not say of it; refuses keys that have no default. */
    static PeerConfig unset(PeerConfig peer, List<String> keys) {
        PeerConfig changed = peer;
        for (String key : keys) {
            if (!KEYS.contains(key)) {
                throw new ControlRefusal("unset: '" + Values.printable(key) + "' has no default: allowed are "
                        + String.join(", ", KEYS));
            }
            changed = without(changed, key);
        }
        return changed;
    }

    private static PeerConfig without(PeerConfig peer, String key) {
        return new PeerConfig(
                peer.name(),
                peer.address(),
                key.equals("port") ? PeerConfig.BGP_PORT : peer.port(),
                peer.asn(),
                key.equals("role") ? PeerRole.NVA : peer.role(),
                !key.equals("passive") && peer.passive(),
                key.equals("enabled") || peer.enabled(),
                kept(key, "holdTime", peer.holdTime()),
                kept(key, "routeLimit", peer.routeLimit()),
                kept(key, "sendLimit", peer.sendLimit()),
                kept(key, "enforceFirstAs", peer.enforceFirstAs()),
                kept(key, "prependLocalAs", peer.prependLocalAs()),
                kept(key, "importPolicy", peer.importPolicy()),
                kept(key, "exportPolicy", peer.exportPolicy()),
                key.equals("pointToSite") ? List.of() : peer.pointToSite(),
                peer.gateway(),
                key.equals("addPath") ? AddPathSettings.off() : peer.addPath(),
                key.equals("protection") ? Protection.NONE : peer.protection());
    }

    private static <V> Optional<V> kept(String unset, String key, Optional<V> value) {
        return unset.equals(key) ? Optional.empty() : value;
    }
}
