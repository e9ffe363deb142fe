package dev.waymark.examples.app;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lines up columns of rows that come one by one, in bounded memory: the first thousand rows say how wide a column is, later ones
 * that need more have it, and nothing is ever cut. Few rows are sorted, and columns without anything in them left out. Not
 * thread-safe.
 */
final class StreamTable {
    private static final int AHEAD = 1_000;
    private static final int CHECK_EVERY = 256;
    private static final String GAP = "  ";

    private final PrintStream out;
    private final @Nullable Comparator<Map<String, Object>> order;
    private List<Column> columns;
    private final List<Map<String, Object>> waiting = new ArrayList<>();
    private int @Nullable [] widths;
    private long rows;

    /**
     * A column.
     *
     * @param header what stands above it
     * @param isRight whether it is lined up at the right, as numbers are
     * @param isOptional whether it is left out when it has nothing
     * @param cell what it shows of a row
     */
    record Column(String header, boolean isRight, boolean isOptional, Function<Map<String, Object>, String> cell) {
        /** Returns a column that shows a field as text. */
        static Column text(String header, String field) {
            return new Column(header, false, false, row -> Cells.text(row, field));
        }

        /** Returns a column that shows a field as a number. */
        static Column number(String header, String field) {
            return new Column(header, true, false, row -> Cells.number(row, field));
        }

        /** Returns this column, to be left out when it has nothing. */
        Column optional() {
            return new Column(header, isRight, true, cell);
        }
    }

    /** Makes a table of rows that stay in the order in which they come. */
    StreamTable(PrintStream out, List<Column> columns) {
        this(out, null, columns);
    }

    /** Makes a table of rows that are sorted, if they are few. */
    StreamTable(PrintStream out, @Nullable Comparator<Map<String, Object>> order, List<Column> columns) {
        this.out = out;
        this.order = order;
        this.columns = columns;
    }

    /** Takes a row; returns whether anybody still reads the output. */
    boolean row(Map<String, Object> row) {
        rows++;
        if (widths != null) {
            print(row, widths);
            return rows % CHECK_EVERY != 0 || !out.checkError();
        }
        waiting.add(row);
        if (waiting.size() < AHEAD) {
            return true;
        }
        // What is optional may come later; only what tells the instances apart is in every row or in none.
        print(column -> !column.isOptional() || !column.header().equals(Cells.INSTANCE) || hasValue(column));
        return !out.checkError();
    }

    /** Prints what waits. */
    void end() {
        if (widths == null) {
            if (order != null) {
                waiting.sort(order);
            }
            print(column -> !column.isOptional() || hasValue(column));
        }
    }

    private boolean hasValue(Column column) {
        return waiting.stream().anyMatch(row -> !column.cell().apply(row).isEmpty());
    }

    private void print(Predicate<Column> isShown) {
        columns = columns.stream().filter(isShown).toList();
        int[] found =
                columns.stream().mapToInt(column -> column.header().length()).toArray();
        for (Map<String, Object> row : waiting) {
            for (int i = 0; i < found.length; i++) {
                found[i] = Math.max(found[i], columns.get(i).cell().apply(row).length());
            }
        }
        widths = found;
        if (!waiting.isEmpty()) {
            line(columns.stream().map(Column::header).toList(), found);
        }
        for (Map<String, Object> row : waiting) {
            print(row, found);
        }
        waiting.clear();
    }

    private void print(Map<String, Object> row, int[] wide) {
        line(columns.stream().map(column -> column.cell().apply(row)).toList(), wide);
    }

    private void line(List<String> cells, int[] wide) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = Cells.shown(cells.get(i));
            String space = " ".repeat(Math.max(0, wide[i] - cell.length()));
            line.append(i > 0 ? GAP : "").append(columns.get(i).isRight() ? space + cell : cell + space);
        }
        out.println(line.toString().stripTrailing());
    }
}
