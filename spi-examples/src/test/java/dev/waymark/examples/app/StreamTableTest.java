package dev.waymark.examples.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.examples.app.StreamTable.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTableTest {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(octets, false, UTF_8);

    private StreamTable table(PrintStream to) {
        return new StreamTable(
                to,
                Comparator.comparing(row -> Cells.text(row, "name")),
                List.of(
                        Column.text("NAME", "name"),
                        Column.number("COUNT", "count"),
                        Column.text("NOTE", "note").optional()));
    }

    private String printed() {
        out.flush();
        return octets.toString(UTF_8);
    }

    @Test
    @DisplayName("few rows: sorted, lined up, numbers at the right with separators, no column without anything in it")
    void linesUp() {
        StreamTable table = table(out);
        table.row(Map.of("name", "zebra", "count", 5));
        table.row(Map.of("name", "a", "count", 1_234_567));
        table.end();
        assertEquals("NAME       COUNT\na      1,234,567\nzebra          5\n", printed());
    }

    @Test
    @DisplayName("no rows: nothing, not even a header")
    void empty() {
        table(out).end();
        assertEquals("", printed());
    }

    @Test
    @DisplayName(
            "many rows are printed as they come; what is wider than before is not cut, what comes late is not lost")
    void streams() {
        StreamTable table = table(out);
        for (int i = 0; i < 1_500; i++) {
            assertTrue(table.row(Map.of("name", "n" + i, "count", i)));
        }
        assertTrue(printed().contains("n1499"), "it doesn't wait for the end");
        table.row(Map.of("name", "a-name-that-is-wider-than-all", "count", 7, "note", "late"));
        table.end();
        assertTrue(
                printed().endsWith("\na-name-that-is-wider-than-all      7  late\n"),
                () -> printed().substring(printed().length() - 200));
        assertEquals(1_502, printed().lines().count());
    }

    @Test
    @DisplayName("it says when nobody reads on")
    void seesClosedPipe() {
        PrintStream broken = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                false,
                UTF_8);
        StreamTable table = table(broken);
        boolean goesOn = true;
        int rows = 0;
        while (goesOn && rows < 5_000) {
            rows++;
            goesOn = table.row(Map.of("name", "n", "count", 1));
        }
        assertFalse(goesOn);
        assertTrue(rows <= 1_000, "after " + rows);
    }

    @Test
    @DisplayName("text from peers can't steer the terminal")
    void showsNoControls() {
        StreamTable table = table(out);
        table.row(Map.of("name", "\u001b[31mred\n", "count", 1));
        table.end();
        assertEquals("NAME       COUNT\n?[31mred?      1\n", printed());
    }

    @ParameterizedTest
    @CsvSource({
        "0,0s",
        "59,59s",
        "60,1m 00s",
        "182,3m 02s",
        "3600,1h 00m",
        "3725,1h 02m",
        "86399,23h 59m",
        "273600,3d 04h"
    })
    @DisplayName("lengths of time as people say them")
    void lengths(long seconds, String text) {
        assertEquals(text, Lengths.of(seconds));
    }
}
