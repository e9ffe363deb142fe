package dev.waymark.examples.decode;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The parts of a message in order, octets beside their meaning. Reads past no bound. Confined to one thread. */
final class Dissection {
    private static final HexFormat HEX = HexFormat.of();
    private static final int OCTETS_A_LINE = 16;
    private static final int LINES_A_PART = 8;

    private final byte[] octets;
    private final List<Part> parts = new ArrayList<>();

    Dissection(byte[] octets) {
        this.octets = octets;
    }

    /** A part; a depth of 0 is a field of the message. */
    private record Part(int from, int to, int depth, String meaning, boolean isFault) {}

    int length() {
        return octets.length;
    }

    int u8(int at) {
        return octets[at] & 0xff;
    }

    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int i32(int at) {
        return u16(at) << 16 | u16(at + 2);
    }

    byte[] octets() {
        return octets;
    }

    void add(int from, int to, int depth, String meaning) {
        parts.add(new Part(from, to, depth, meaning, false));
    }

    void addFault(int from, int to, int depth, String meaning) {
        parts.add(new Part(from, Math.min(to, octets.length), depth, meaning, true));
    }

    /** Returns the lines: offset, octets, meaning. */
    List<String> lines(Paint paint) {
        List<String> lines = new ArrayList<>();
        for (Part part : parts) {
            String meaning = "  ".repeat(part.depth()) + part.meaning();
            int at = part.from();
            for (int line = 0; line == 0 || at < part.to(); line++) {
                if (line == LINES_A_PART) {
                    lines.add("        " + paint.offset((part.to() - at) + " octets more"));
                    break;
                }
                int end = Math.min(part.to(), at + OCTETS_A_LINE);
                String hex = HEX.formatHex(octets, at, end);
                String text = line > 0 ? "" : part.isFault() ? paint.fault(meaning) : meaning;
                lines.add(("  " + paint.offset(String.format("%04x", at)) + "  "
                                + paint.octets(hex)
                                + (text.isEmpty() ? "" : " ".repeat(2 * OCTETS_A_LINE - hex.length() + 2) + text))
                        .stripTrailing());
                at = end;
            }
        }
        return lines;
    }
}
