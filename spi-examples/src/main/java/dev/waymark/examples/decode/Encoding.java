package dev.waymark.examples.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.HexFormat;
import java.util.Map;

/** {@code waymark encode}: reads what {@link Decoding} printed, and writes the messages. Confined to one thread. */
public final class Encoding {

    /** How messages are written. */
    public enum Form {
        /** Hexadecimal, one message a line. */
        HEX,
        /** Lines of JSON with {@code id} and {@code hex}. */
        JSON,
        /** The octets themselves. */
        RAW
    }

    private final MessageWriter writer;
    private final Form form;
    private final PrintStream out;
    private final PrintStream err;
    private int lines;
    private boolean hasErrors;

    /**
     * Prepares encoding.
     *
     * @param context the session that the messages are for
     * @param form how they are written
     * @param out takes them
     * @param err takes what is wrong with the input
     */
    public Encoding(DecodeContext context, Form form, PrintStream out, PrintStream err) {
        this.writer = new MessageWriter(context);
        this.form = form;
        this.out = out;
        this.err = err;
    }

    /** Reads an input to its end. */
    public void read(String name, InputStream in) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8));
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                write(name + ":" + number, line);
            }
        }
        out.flush();
    }

    /** Returns whether any line could not be written. */
    public boolean hasErrors() {
        return hasErrors;
    }

    private void write(String where, String line) {
        Object id = ++lines;
        try {
            Map<String, Object> object = JsonTree.object(line);
            id = object.getOrDefault("id", id);
            for (byte[] message : writer.messages(object)) {
                String hex = HexFormat.of().formatHex(message);
                switch (form) {
                    case HEX -> out.println(hex);
                    case JSON -> out.println(JudgementJson.line(id, json -> json.writeStringField("hex", hex)));
                    case RAW -> out.write(message, 0, message.length);
                }
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            hasErrors = true;
            err.println("waymark: " + where + ": " + e.getMessage());
        }
    }
}
