package dev.waymark.examples.decode;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/** {@code waymark decode}: reads messages, and prints what a session would make of each. Confined to one thread. */
public final class Decoding {
    private final Judge judge;
    private final PrintStream out;
    private final PrintStream err;
    private final Paint paint;
    private final boolean isPretty;
    private final MessageSource source;
    private boolean hasErrors;

    /**
     * Prepares decoding into lines of JSON.
     *
     * @param context what holds for messages that say nothing else
     * @param out takes the lines
     * @param err takes what is wrong with the input
     */
    public Decoding(DecodeContext context, PrintStream out, PrintStream err) {
        this(context, out, err, Paint.PLAIN, false);
    }

    private Decoding(DecodeContext context, PrintStream out, PrintStream err, Paint paint, boolean isPretty) {
        this.judge = new Judge(context);
        this.out = out;
        this.err = err;
        this.paint = paint;
        this.isPretty = isPretty;
        this.source = new MessageSource(this::take, this::report);
    }

    /** Prepares decoding into text for people. */
    public static Decoding pretty(DecodeContext context, PrintStream out, PrintStream err, Paint paint) {
        return new Decoding(context, out, err, paint, true);
    }

    /** Reads an input to its end. */
    public void read(String name, InputStream in) throws IOException {
        source.read(name, in);
        out.flush();
    }

    /** Returns whether anything was no message. */
    public boolean hasErrors() {
        return hasErrors;
    }

    private void take(Item item) {
        Judgement judgement = judge.judge(item);
        if (!isPretty) {
            out.println(JudgementJson.of(item.id(), judgement));
            return;
        }
        out.println(paint.title("message " + item.id() + ", " + judgement.type + ", "
                + item.octets().size() + " octets"));
        for (String line : Dissector.lines(item.octets().toByteArray(), judge.contextOf(item), paint)) {
            out.println(line);
        }
        out.println("  " + paint.outcome(judgement.outcome, PrettyOutcome.of(judgement)));
        out.println();
    }

    private void report(Object id, String where, String text) {
        hasErrors = true;
        err.println("waymark: " + where + ": " + text);
        if (!isPretty) {
            out.println(JudgementJson.error(id, text));
        }
    }
}
