package dev.waymark.engine;

import dev.waymark.api.RejectReason;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.codec.DecodeCondition;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.NlriList;
import dev.waymark.rib.PrefixTable;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns bursts into few events: rejections into one event a turn for each session and reason, malformed UPDATEs into one for
 * each session and condition, with a count and a sample (DESIGN §4). Confined to the engine loop.
 */
final class EventBursts {
    private static final int SAMPLE = 10;
    private static final int MESSAGE_OCTETS = 4_096;

    private final Map<RejectionKey, Burst> rejections = new LinkedHashMap<>();
    private final Map<ProblemKey, Burst> problems = new LinkedHashMap<>();
    private @Nullable RejectionKey lastKey;
    private @Nullable Burst lastBurst;

    private record RejectionKey(Session session, RejectReason reason) {}

    private record ProblemKey(Session session, ErrorAction action, DecodeCondition condition, int attributeType) {}

    private static final class Burst {
        private final List<IpPrefix> sample = new ArrayList<>();
        private int count;
        private String message = "";
        private String detail = "";
    }

    /**
     * Counts a rejected route.
     *
     * @param detail what the policy said, if it was the policy; that of the first route is told
     */
    void recordRejected(Session session, RejectReason reason, String detail, PrefixTable prefixes, int row) {
        Burst burst = lastBurst;
        if (burst == null || lastKey == null || lastKey.session() != session || lastKey.reason() != reason) {
            lastKey = new RejectionKey(session, reason);
            burst = rejections.computeIfAbsent(lastKey, unused -> new Burst());
            lastBurst = burst;
        }
        if (burst.count == 0) {
            burst.detail = detail;
        }
        burst.count++;
        if (burst.sample.size() < SAMPLE) {
            burst.sample.add(prefixes.prefix(row));
        }
    }

    /**
     * Counts what was wrong with an UPDATE.
     *
     * @param octets where the message is, from {@code offset} on
     */
    void recordProblems(Session session, DecodedUpdate update, byte[] octets, int offset, int length) {
        if (update.action() == ErrorAction.TREAT_AS_WITHDRAW || update.action() == ErrorAction.SESSION_RESET) {
            DecodeCondition condition = update.problem().condition();
            int type = update.problem().attributeType();
            record(new ProblemKey(session, update.action(), condition, type), update, octets, offset, length);
        }
        for (int i = 0; i < update.discardedAttributes(); i++) {
            DecodeCondition condition = update.discardCondition(i);
            int type = update.discardedType(i);
            ProblemKey key = new ProblemKey(session, ErrorAction.ATTRIBUTE_DISCARD, condition, type);
            record(key, update, octets, offset, length);
        }
    }

    private void record(ProblemKey key, DecodedUpdate update, byte[] octets, int offset, int length) {
        Burst burst = problems.computeIfAbsent(key, unused -> new Burst());
        if (burst.message.isEmpty()) {
            burst.message = HexFormat.of().formatHex(octets, offset, offset + Math.min(length, MESSAGE_OCTETS));
        }
        for (AddressFamily family : AddressFamily.values()) {
            NlriList announced = update.announced(family);
            burst.count += announced.size();
            for (int i = 0; i < announced.size() && burst.sample.size() < SAMPLE; i++) {
                burst.sample.add(announced.prefix(i));
            }
        }
    }

    /** Publishes what was counted since the last call. */
    void publish(Outbox out) {
        if (!rejections.isEmpty()) {
            rejections.forEach((key, burst) -> out.add(new Output.Publish(new ServerEvent.RoutesRejected(
                    key.session().config().identity(),
                    key.reason(),
                    burst.detail.isEmpty() ? Optional.empty() : Optional.of(burst.detail),
                    burst.count,
                    burst.sample))));
            rejections.clear();
            lastKey = null;
            lastBurst = null;
        }
        if (!problems.isEmpty()) {
            problems.forEach((key, burst) -> out.add(new Output.Publish(malformed(key, burst))));
            problems.clear();
        }
    }

    private static ServerEvent malformed(ProblemKey key, Burst burst) {
        return new ServerEvent.UpdateMalformed(
                key.session().config().identity(),
                key.action().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                key.condition().name(),
                key.condition().rfc(),
                key.attributeType(),
                burst.sample,
                burst.count,
                burst.message);
    }
}
