package dev.waymark.examples.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Messages in hexadecimal, put together from their parts, and streams in memory. */
final class Hex {
    static final String ATTRIBUTES = "40010100" + "40020602010000fde9" + "400304c0000201";
    static final String SOUND = update("", ATTRIBUTES, "080a");
    static final String OPEN = message(1, "04fde900b4c0000201" + "00");

    private Hex() {}

    static String ipv4OverIpv6() {
        return update(
                "",
                "800e17" + "000101" + "10" + "20010db8" + "00".repeat(11) + "01" + "00" + "080a" + "40010100"
                        + "40020602010000fde9",
                "");
    }

    static String path(String path) {
        return update(
                "", "40010100" + "4002" + String.format("%02x", path.length() / 2) + path + "400304c0000201", "080a");
    }

    static String update(String withdrawn, String attributes, String nlri) {
        return message(
                2,
                String.format("%04x", withdrawn.length() / 2)
                        + withdrawn
                        + String.format("%04x", attributes.length() / 2)
                        + attributes
                        + nlri);
    }

    static String message(int type, String body) {
        return "ff".repeat(16) + String.format("%04x%02x", 19 + body.length() / 2, type) + body;
    }

    static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    static PrintStream print(ByteArrayOutputStream target) {
        return new PrintStream(target, true, UTF_8);
    }
}
