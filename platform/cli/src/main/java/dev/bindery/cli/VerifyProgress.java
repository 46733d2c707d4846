package dev.bindery.cli;

import dev.bindery.cli.shell.ProgressDisplay;
import dev.bindery.cli.shell.Shell;
import dev.bindery.testkit.check.Check;
import dev.bindery.testkit.check.Report;
import java.time.Duration;

/**
 * Shows how far the checks of a jar are, which take minutes where calls are slow to end: the check
 * that is running on a terminal; elsewhere a line for each area, and for each check that took long.
 */
final class VerifyProgress implements Report.Listener, AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final ProgressDisplay display;
    private final boolean moving;

    VerifyProgress(Shell shell) {
        display = ProgressDisplay.on(shell);
        moving = shell.terminal().err();
    }

    void loading(String jar) {
        display.show("loading " + jar, 0, 0);
    }

    @Override
    public void begun(String area, Check check) {
        display.show(moving ? area + ": " + check.name() : "checking " + area, 0, 0);
    }

    @Override
    public void ended(Report.Entry entry) {
        Duration took = entry.outcome().took();
        if (!moving && took.compareTo(LONG) >= 0) {
            String check = entry.area() + ": " + entry.outcome().check();
            display.show("%s took %d s".formatted(check, took.toSeconds()), 0, 0);
        }
    }

    @Override
    public void close() {
        display.close();
    }
}
