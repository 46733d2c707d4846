package dev.bindery.benchmarks.report;

import java.util.Collections;
import java.util.List;

/** A Markdown document that grows from top to bottom. For one thread. */
public final class Report {
    private final StringBuilder text = new StringBuilder();

    public Report title(String title) {
        return block("# " + title);
    }

    public Report section(String title) {
        return block("## " + title);
    }

    public Report paragraph(String words) {
        return block(words);
    }

    /** A table; each row has as many cells as there are columns. */
    public Report table(List<String> columns, List<List<String>> rows) {
        StringBuilder table = new StringBuilder(row(columns));
        table.append(row(Collections.nCopies(columns.size(), "---")));
        rows.forEach(cells -> table.append(row(cells)));
        return block(table.toString().strip());
    }

    /** The whole document so far. */
    public String markdown() {
        return text.toString();
    }

    private Report block(String lines) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(lines).append('\n');
        return this;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
