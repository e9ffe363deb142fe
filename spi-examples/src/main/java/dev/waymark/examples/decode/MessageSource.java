package dev.waymark.examples.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waymark.bgp.message.Octets;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages of an input: octets that begin with a marker are taken as BGP messages one after another; all else is
 * text, of which a line that begins with a brace is JSON and any other hexadecimal. Numbers messages from 1. Confined to
 * one thread.
 */
final class MessageSource {
    private static final int HEADER = 19;
    private static final int MARKER = 16;

    private final Consumer<Item> receiver;
    private final Complaint complaint;
    private int messages;

    /** Makes one whose receiver throws an IllegalArgumentException for a message that it can't take. */
    MessageSource(Consumer<Item> receiver, Complaint complaint) {
        this.receiver = receiver;
        this.complaint = complaint;
    }

    /** Takes what is no message. */
    interface Complaint {
        void report(Object id, String where, String text);
    }

    /** Reads an input to its end. */
    void read(String name, InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(MARKER);
        byte[] first = buffered.readNBytes(MARKER);
        buffered.reset();
        if (isMarker(first)) {
            readRaw(name, buffered);
        } else {
            readLines(name, new BufferedReader(new InputStreamReader(buffered, UTF_8)));
        }
    }

    private void readLines(String name, BufferedReader lines) throws IOException {
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                readLine(name + ":" + number, text);
            }
        }
    }

    private void readLine(String where, String text) {
        Object id = ++messages;
        try {
            if (text.startsWith("{")) {
                Map<String, Object> object = JsonTree.object(text);
                id = object.getOrDefault("id", id);
                receiver.accept(new Item(id, hex(JsonTree.text(object, "hex")), context(object)));
            } else {
                receiver.accept(new Item(id, hex(text), Map.of()));
            }
        } catch (IllegalArgumentException e) {
            complaint.report(id, where, String.valueOf(e.getMessage()));
        }
    }

    private void readRaw(String name, InputStream in) throws IOException {
        long offset = 0;
        while (true) {
            byte[] header = in.readNBytes(HEADER);
            if (header.length == 0) {
                return;
            }
            Object id = ++messages;
            String where = name + ", octet " + offset;
            int claimed = header.length < HEADER || !isMarker(header) ? 0 : ContextSession.claimed(header);
            byte[] message = Arrays.copyOf(header, Math.max(header.length, claimed));
            int read = claimed <= HEADER ? 0 : in.readNBytes(message, HEADER, claimed - HEADER);
            message = Arrays.copyOf(message, header.length + read);
            try {
                receiver.accept(new Item(id, Octets.copyOf(message), Map.of()));
            } catch (IllegalArgumentException e) {
                complaint.report(id, where, String.valueOf(e.getMessage()));
            }
            offset += message.length;
            if (claimed < HEADER && in.read() >= 0) {
                complaint.report(id, name + ", octet " + offset, "what follows a broken header can't be told apart");
                return;
            }
        }
    }

    private static boolean isMarker(byte[] octets) {
        for (int i = 0; i < MARKER; i++) {
            if (i >= octets.length || octets[i] != -1) {
                return false;
            }
        }
        return true;
    }

    /** Reads digits, with blanks, colons or a leading 0x where people put them. */
    private static Octets hex(@Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException("hex: the octets of the message are missing");
        }
        String digits = text.replaceAll("^0[xX]|[\\s:]", "");
        if (digits.isEmpty() || !digits.matches("([0-9a-fA-F]{2})+")) {
            throw new IllegalArgumentException("not hexadecimal: an even number of the digits 0-9 and a-f is expected");
        }
        return Octets.parse(digits);
    }

    private static Map<String, String> context(Map<String, Object> object) {
        Map<String, String> context = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry :
                JsonTree.object(object, "context").entrySet()) {
            if (entry.getValue() instanceof Map) {
                throw new IllegalArgumentException(entry.getKey() + ": one value or a list of values is expected");
            }
            context.put(
                    entry.getKey(),
                    entry.getValue() instanceof List<?> list
                            ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                            : entry.getValue().toString());
        }
        return context;
    }
}
