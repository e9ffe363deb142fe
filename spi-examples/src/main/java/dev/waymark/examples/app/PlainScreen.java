package dev.waymark.examples.app;

import java.io.PrintStream;
import java.util.List;

/** Prints one thing after the other: for files, pipes and small terminals. */
final class PlainScreen implements DemoScreen {
    private final PrintStream out;
    private final DemoTables tables;

    PlainScreen(PrintStream out, DemoTables tables) {
        this.out = out;
        this.tables = tables;
    }

    @Override
    public void begin(int number, int count, String title) {
        out.println();
        out.println(number + "/" + count + "  " + title);
    }

    @Override
    public void claim(String text, boolean isTrue, List<String> evidence) {
        out.println("     " + (isTrue ? "yes: " : "NO:  ") + text);
        evidence.stream()
                .flatMap(line -> TextTable.wrap(line, TEXT_WIDTH).stream())
                .forEach(line -> out.println("          " + line));
    }

    @Override
    public void refresh() {}

    @Override
    public void end() {
        out.println();
        tables.sessions().forEach(line -> out.println("     " + line));
        out.println();
        tables.routes().forEach(line -> out.println("     " + line));
    }

    @Override
    public void over(List<String> lines) {
        out.println();
        lines.forEach(out::println);
        out.flush();
    }
}
