package dev.bindery.cli.running;

import dev.bindery.cli.settings.RunSettings;
import java.nio.file.Path;

/**
 * How a host is to run in this process.
 *
 * @param home where it keeps its things
 * @param distribution where Bindery itself lies: bindings, settings of the log
 * @param settings what was chosen for it
 */
public record RunOptions(Path home, Path distribution, RunSettings settings) {}
