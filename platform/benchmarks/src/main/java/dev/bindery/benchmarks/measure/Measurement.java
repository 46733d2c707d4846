package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.report.Report;
import java.io.IOException;

/** Measures one thing and reports it. */
public interface Measurement {
    /** The word by which it is chosen on the command line. */
    String name();

    /**
     * @throws IOException when something does not work, so that there is no figure
     */
    void run(Bench bench, Report report) throws IOException, InterruptedException;
}
