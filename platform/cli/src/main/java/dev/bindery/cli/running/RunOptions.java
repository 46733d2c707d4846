package dev.bindery.cli.running;

import dev.bindery.server.options.FetchRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How a host is to run in this process.
 *
 * @param home where it keeps its things
 * @param distribution where Bindery itself lies: bindings, settings of the log
 * @param address the name or number of the address to listen on
 * @param port the port; 0 for any that is free
 * @param allowedHosts names by which clients may call it, beyond those of this machine
 * @param allowedOrigins web pages that may call it, beyond its own
 * @param fetch what is fetched that clients name by its address
 * @param grace how long calls in flight may go on when it stops
 * @param provideModel whether a default model is fetched at the first start
 */
public record RunOptions(
        Path home,
        Path distribution,
        String address,
        int port,
        Set<String> allowedHosts,
        Set<String> allowedOrigins,
        FetchRules fetch,
        Duration grace,
        boolean provideModel) {}
