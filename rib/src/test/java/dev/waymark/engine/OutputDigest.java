package dev.waymark.engine;

import dev.waymark.api.route.PathAttributes;
import io.netty.buffer.ByteBuf;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a core puts out, the same for equal outputs in every JVM: octets, events, calls of sinks, replies, the next
 * deadline. Collections without an order are sorted.
 */
final class OutputDigest implements CoreHarness.StepObserver {
    private final boolean isForGood;
    private final MessageDigest digest;
    private final List<String> steps = new ArrayList<>();
    long sentOctets;
    long outputs;

    /**
     * Makes one for all outputs.
     *
     * @param isForGood whether to leave out what may well be put in other words one day: events, replies, measures
     */
    OutputDigest(boolean isForGood) {
        this.isForGood = isForGood;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void stepped(long nowNanos, Input input, Outbox outbox) {
        StringBuilder text = new StringBuilder();
        for (Output output : outbox.outputs()) {
            if (isForGood && !isForPeersAndSinks(output)) {
                continue;
            }
            outputs++;
            write(output, text);
            text.append('\n');
        }
        if (input instanceof Input.Turn && !isForGood) {
            text.append(outbox.deadlineNanos()).append(' ').append(outbox.hasWork());
        }
        String step = text.toString();
        digest.update(step.getBytes(StandardCharsets.UTF_8));
        steps.add(HexFormat.of().toHexDigits(step.hashCode()));
    }

    private static boolean isForPeersAndSinks(Output output) {
        return output instanceof Output.Send
                || output instanceof Output.Close
                || output instanceof Output.Abort
                || output instanceof Output.Connect
                || output instanceof Output.CallSink;
    }

    /** Returns one text for each step; equal for equal outputs. */
    List<String> steps() {
        return steps;
    }

    /** Returns the digest of all steps, and begins anew. */
    String finish() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void write(@Nullable Object value, StringBuilder text) {
        if (value instanceof ByteBuf octets) {
            sentOctets += octets.readableBytes();
            byte[] copy = new byte[octets.readableBytes()];
            octets.getBytes(octets.readerIndex(), copy);
            text.append(HexFormat.of().formatHex(copy));
        } else if (value instanceof byte[] octets) {
            text.append(HexFormat.of().formatHex(octets));
        } else if (value instanceof PathAttributes attributes) {
            text.append(attributes.nextHop());
            write(attributes.attributes(), text);
        } else if (value instanceof Optional<?> optional) {
            write(optional.isPresent() ? optional.get() : "none", text);
        } else if (value instanceof Set<?> set) {
            write(sorted(set), text);
        } else if (value instanceof Map<?, ?> map) {
            write(
                    sorted(map.entrySet().stream()
                            .map(entry -> List.of(entry.getKey(), entry.getValue()))
                            .toList()),
                    text);
        } else if (value instanceof List<?> list) {
            text.append('[');
            for (Object each : list) {
                write(each, text);
                text.append(' ');
            }
            text.append(']');
        } else if (value instanceof Throwable thrown) {
            text.append(thrown);
        } else if (value instanceof Record && !hasOwnText(value)) {
            writeRecord(value, text);
        } else if (value != null && !value.getClass().equals(Object.class)) {
            text.append(value);
        }
    }

    private List<String> sorted(Collection<?> values) {
        List<String> texts = new ArrayList<>();
        for (Object each : values) {
            StringBuilder text = new StringBuilder();
            write(each, text);
            texts.add(text.toString());
        }
        texts.sort(null);
        return texts;
    }

    private void writeRecord(Object value, StringBuilder text) {
        text.append(value.getClass().getSimpleName()).append('(');
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                write(component.getAccessor().invoke(value), text);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
            text.append(' ');
        }
        text.append(')');
    }

    /** Values of the network have a text that is made for people and read by tests. */
    private static boolean hasOwnText(Object value) {
        return value.getClass().getPackageName().equals("dev.waymark.api.net");
    }
}
