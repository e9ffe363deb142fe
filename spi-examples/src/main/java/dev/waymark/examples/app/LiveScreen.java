package dev.waymark.examples.app;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Repaints a terminal: the story so far above, the tables as they are now below. */
final class LiveScreen implements DemoScreen {
    private static final String ESCAPE = "\u001b[";
    private static final String CLEAR = ESCAPE + "2J";
    private static final String HOME = ESCAPE + "H";
    private static final String CLEAR_LINE = ESCAPE + "K";
    private static final String CLEAR_BELOW = ESCAPE + "J";
    private static final String BOLD = ESCAPE + "1m";
    private static final String GREEN = ESCAPE + "32m";
    private static final String RED = ESCAPE + "31m";
    private static final String NORMAL = ESCAPE + "0m";

    private final PrintStream out;
    private final DemoTables tables;
    private final List<String> story = new ArrayList<>();
    private String painted = "";

    LiveScreen(PrintStream out, DemoTables tables) {
        this.out = out;
        this.tables = tables;
        out.print(CLEAR);
    }

    @Override
    public void begin(int number, int count, String title) {
        story.clear();
        story.add(BOLD + number + "/" + count + "  " + title + NORMAL);
        refresh();
    }

    @Override
    public void claim(String text, boolean isTrue, List<String> evidence) {
        story.add("     " + (isTrue ? GREEN + "yes" : RED + "NO ") + NORMAL + "  " + text);
        evidence.stream()
                .flatMap(line -> TextTable.wrap(line, TEXT_WIDTH).stream())
                .forEach(line -> story.add("          " + line));
        refresh();
    }

    @Override
    public void refresh() {
        List<String> lines = new ArrayList<>();
        lines.add(BOLD + "Waymark: two route servers, three NVAs, TCP on this machine" + NORMAL);
        lines.add("");
        lines.addAll(tables.sessions());
        lines.add("");
        lines.addAll(tables.routes());
        lines.add("");
        lines.addAll(story);
        String picture = String.join(CLEAR_LINE + "\n", lines) + CLEAR_LINE + "\n" + CLEAR_BELOW;
        if (!picture.equals(painted)) {
            painted = picture;
            out.print(HOME + picture);
            out.flush();
        }
    }

    @Override
    public void end() {
        refresh();
    }

    @Override
    public void over(List<String> lines) {
        refresh();
        out.println();
        lines.forEach(out::println);
        out.flush();
    }
}
