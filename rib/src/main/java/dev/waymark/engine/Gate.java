package dev.waymark.engine;

import dev.waymark.api.LimitSettings;
import dev.waymark.api.net.IpAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds what a configured address can cost before its session is Established: connections at once, in all and of one
 * address, and how fast they come (ERROR-HANDLING §9). Confined to the engine loop.
 */
final class Gate {
    private static final long REFILL_NANOS = 1_000_000_000L;

    private final Settings settings;
    private final Links links;
    private final Map<IpAddress, Bucket> buckets = new HashMap<>();

    Gate(Settings settings, Links links) {
        this.settings = settings;
        this.links = links;
    }

    /** Returns why one more connection of an address is refused, or an empty string if it is not. */
    String refusal(IpAddress address, long nowNanos) {
        LimitSettings limits = settings.config().limits();
        Bucket bucket = buckets.computeIfAbsent(address, unused -> new Bucket(limits.acceptBurst(), nowNanos));
        if (!bucket.take(limits.acceptBurst(), nowNanos)) {
            return "more than " + limits.acceptBurst() + " connections at a time, then one a second";
        }
        if (links.unfinished(address) >= limits.unfinishedPerAddress()) {
            return "the address has " + limits.unfinishedPerAddress() + " unfinished connections";
        }
        if (links.unfinished() >= limits.unfinished()) {
            return "the server has " + limits.unfinished() + " unfinished connections";
        }
        return "";
    }

    /** Forgets an address that is no peer's any more. */
    void forget(IpAddress address) {
        buckets.remove(address);
    }

    private static final class Bucket {
        private long tokens;
        private long sinceNanos;

        Bucket(long tokens, long nowNanos) {
            this.tokens = tokens;
            this.sinceNanos = nowNanos;
        }

        boolean take(long burst, long nowNanos) {
            long earned = (nowNanos - sinceNanos) / REFILL_NANOS;
            tokens = Math.min(burst, tokens + earned);
            sinceNanos += earned * REFILL_NANOS;
            if (tokens == 0) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}
