package dev.waymark.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * AS_PATH and AGGREGATOR of one UPDATE, and what AS4_PATH and AS4_AGGREGATOR make of them (RFC 6793 §4.2.3): read slowly, hop by
 * hop, and written as they go to peers that take all there is. {@link UpdateOracle} asks when the whole message is read.
 */
final class OraclePath {
    private static final int PEER = 65001;
    private static final int MOST_HOPS = 1_000;
    private static final long AS_TRANS = 23456;

    private final Shape shape;
    private boolean isBad;
    private boolean hasPath;
    private List<List<Long>> path = List.of();
    private Optional<List<List<Long>>> wide = Optional.empty();
    private boolean hasWideSet;
    private int aggregatorFlags;
    private Optional<byte[]> aggregator = Optional.empty();
    private Optional<byte[]> wideAggregator = Optional.empty();

    OraclePath(Shape shape) {
        this.shape = shape;
    }

    void path(byte[] value) {
        hasPath = true;
        Optional<List<List<Long>>> read = segments(value, shape.asOctets(), 2);
        isBad |= read.isEmpty();
        path = read.orElse(List.of());
    }

    void aggregator(int flags, byte[] value) {
        boolean isSound = value.length == shape.asOctets() + 4 && number(value, 0, shape.asOctets()) != 0;
        aggregator = isSound ? Optional.of(value) : Optional.empty();
        aggregatorFlags = flags;
    }

    void as4(int type, byte[] value) {
        if (type == 18) {
            boolean isSound = value.length == 8 && number(value, 0, 4) != 0;
            wideAggregator = isSound ? Optional.of(value) : Optional.empty();
            return;
        }
        Optional<List<List<Long>>> read = segments(value, 4, 4);
        if (value.length < 6 || read.isEmpty() || read.get().stream().anyMatch(each -> each.contains(0L))) {
            return; // discarded
        }
        hasWideSet = kindOfAny(value, 1);
        List<List<Long>> sequences = new ArrayList<>();
        int at = 0;
        for (List<Long> segment : read.get()) {
            if (value[at] <= 2) { // without segments of confederations
                sequences.add(segment);
            }
            at += 2 + 4 * segment.size();
        }
        wide = Optional.of(sequences);
    }

    private static boolean kindOfAny(byte[] value, int kind) {
        int at = 0;
        boolean isAny = false;
        while (at < value.length) {
            isAny |= value[at] == kind;
            at += 2 + 4 * (value[at + 1] & 0xff);
        }
        return isAny;
    }

    /** Returns the segments of kinds up to a number, or nothing if it is malformed, or AS_PATH has one that is no sequence. */
    private static Optional<List<List<Long>>> segments(byte[] value, int width, int mostKind) {
        int leastKind = mostKind == 2 ? 2 : 1; // an AS_SET in AS_PATH costs the route (RFC 9774 §3)
        List<List<Long>> segments = new ArrayList<>();
        int at = 0;
        while (at < value.length) {
            boolean isHead = value.length - at >= 2 && value[at] >= leastKind && value[at] <= mostKind;
            int count = isHead ? value[at + 1] & 0xff : 0;
            if (count == 0 || at + 2 + width * count > value.length) {
                return Optional.empty();
            }
            List<Long> segment = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                segment.add(number(value, at + 2 + width * i, width));
            }
            segments.add(segment);
            at += 2 + width * count;
        }
        return Optional.of(segments);
    }

    /** Returns whether the path, as it was meant, costs the route. */
    boolean isBad() {
        return isBad
                || hasWideSet
                || (hasPath && (hops(merged()) > MOST_HOPS || merged().stream().anyMatch(each -> each.contains(0L))));
    }

    /** Returns whether the path does not begin with the peer. */
    boolean isForeign() {
        List<List<Long>> merged = merged();
        return hasPath && (merged.isEmpty() || merged.get(0).get(0) != PEER);
    }

    /** Returns the attributes that go on, by type. */
    Map<Integer, String> kept() {
        Map<Integer, String> kept = new TreeMap<>();
        int width = shape.isStandard() ? 4 : 2;
        StringBuilder text = new StringBuilder("40/02:");
        for (List<Long> segment : merged()) {
            text.append(String.format("02%02x", segment.size()));
            segment.forEach(asn -> text.append(String.format(width == 4 ? "%08x" : "%04x", asn)));
        }
        if (hasPath) {
            kept.put(2, text.toString());
        }
        aggregator.ifPresent(value -> kept.put(7, String.format("%02x/07:", aggregatorFlags) + aggregated(value)));
        return kept;
    }

    private String aggregated(byte[] value) {
        if (!shape.isStandard() || shape.isFourOctet()) {
            return HexFormat.of().formatHex(value);
        }
        if (wideAggregator.isPresent() && !isStale()) {
            return HexFormat.of().formatHex(wideAggregator.get());
        }
        return "0000" + HexFormat.of().formatHex(value);
    }

    /** Both aggregators are there, and the old one is real: somebody aggregated who knows nothing of the new ones. */
    private boolean isStale() {
        return wideAggregator.isPresent()
                && aggregator.isPresent()
                && number(aggregator.get(), 0, shape.asOctets()) != AS_TRANS;
    }

    private List<List<Long>> merged() {
        if (wide.isEmpty() || isStale()) {
            return path;
        }
        int surplus = hops(path) - hops(wide.get());
        if (surplus < 0) {
            return path;
        }
        List<List<Long>> merged = new ArrayList<>();
        for (List<Long> segment : path) {
            int taken = Math.min(segment.size(), surplus);
            if (taken > 0) {
                merged.add(new ArrayList<>(segment.subList(0, taken)));
            }
            surplus -= taken;
        }
        for (int i = 0; i < wide.get().size(); i++) {
            List<Long> segment = wide.get().get(i);
            boolean joins =
                    i == 0 && !merged.isEmpty() && merged.get(merged.size() - 1).size() + segment.size() <= 255;
            if (joins) {
                merged.get(merged.size() - 1).addAll(segment);
            } else {
                merged.add(segment);
            }
        }
        return merged;
    }

    private static int hops(List<List<Long>> segments) {
        return segments.stream().mapToInt(List::size).sum();
    }

    private static long number(byte[] octets, int at, int width) {
        return width == 2
                ? RawMessages.u16(octets, at)
                : ByteBuffer.wrap(octets).getInt(at) & 0xffff_ffffL;
    }
}
