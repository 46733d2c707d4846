package dev.bindery.host.shell;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** Rows under a heading, each column as wide as its widest cell; a row may carry a remark below. */
public final class Table {
    private static final String GAP = "  ";

    private final List<String> heading;
    private final List<Row> rows = new ArrayList<>();

    public Table(String... heading) {
        this.heading = List.of(heading);
    }

    public Table row(String... cells) {
        return row(List.of(cells), List.of());
    }

    /** A row with sentences below it, which are never cut. */
    public Table row(List<String> cells, List<String> remarks) {
        if (cells.size() != heading.size()) {
            throw new IllegalArgumentException(heading + " cannot head " + cells);
        }
        rows.add(new Row(cells, remarks));
        return this;
    }

    public void print(PrintWriter out) {
        print(out, Integer.MAX_VALUE);
    }

    /**
     * Cells that are too long go on below themselves, between words; words are never cut.
     *
     * @param columns how wide it may be, where its words allow it
     */
    public void print(PrintWriter out, int columns) {
        int[] widths = widths(columns);
        lines(heading, widths).forEach(out::println);
        for (Row row : rows) {
            lines(row.cells, widths).forEach(out::println);
            row.remarks.forEach(remark -> out.println(GAP + GAP + remark));
        }
    }

    /** What {@link #print} prints, without the last line's end. */
    public String text() {
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            print(out);
        }
        return text.toString().stripTrailing();
    }

    /** The widest columns give way first, each no further than to its longest word. */
    private int[] widths(int columns) {
        int[] widths = new int[heading.size()];
        int[] least = new int[heading.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = widest(column, Table::length);
            least[column] = widest(column, Table::longestWord);
        }
        int gaps = GAP.length() * (widths.length - 1);
        while (Arrays.stream(widths).sum() + gaps > columns) {
            int widest = -1;
            for (int column = 0; column < widths.length; column++) {
                if (widths[column] > least[column]
                        && (widest < 0 || widths[column] > widths[widest])) {
                    widest = column;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private int widest(int column, ToIntFunction<String> measure) {
        int width = measure.applyAsInt(heading.get(column));
        for (Row row : rows) {
            width = Math.max(width, measure.applyAsInt(row.cells.get(column)));
        }
        return width;
    }

    private static int longestWord(String cell) {
        return Arrays.stream(cell.split(" ", 0)).mapToInt(Table::length).max().orElse(0);
    }

    private static List<String> lines(List<String> cells, int[] widths) {
        List<List<String>> wrapped = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            wrapped.add(wrapped(cells.get(column), widths[column]));
        }
        int height = wrapped.stream().mapToInt(List::size).max().orElse(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                List<String> parts = wrapped.get(column);
                String part = i < parts.size() ? parts.get(i) : "";
                line.append(part);
                line.repeat(' ', widths[column] - length(part)).append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> wrapped(String cell, int width) {
        if (length(cell) <= width) {
            return List.of(cell);
        }
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String word : cell.split(" ", 0)) {
            if (!part.isEmpty() && length(part.toString()) + 1 + length(word) > width) {
                parts.add(part.toString());
                part.setLength(0);
            }
            part.append(part.isEmpty() ? "" : " ").append(word);
        }
        parts.add(part.toString());
        return parts;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private record Row(List<String> cells, List<String> remarks) {}
}
