package dev.bindery.host.shell;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

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
        out.println(line(heading));
        for (Row row : rows) {
            out.println(line(row.cells));
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

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell);
            line.repeat(' ', width(column) - length(cell)).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int width = length(heading.get(column));
        for (Row row : rows) {
            width = Math.max(width, length(row.cells.get(column)));
        }
        return width;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private record Row(List<String> cells, List<String> remarks) {}
}
