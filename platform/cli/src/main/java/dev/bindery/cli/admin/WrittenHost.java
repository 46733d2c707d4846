package dev.bindery.cli.admin;

import dev.bindery.cli.shell.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;

/**
 * What the host that runs on a home wrote down about itself; read at every question, since it
 * changes with the host's certificate.
 */
record WrittenHost(HomeFolder home) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    /** Where it listens; empty where none runs. */
    Optional<String> address() {
        return Optional.of(Json.text(read(), "address")).filter(address -> !address.isEmpty());
    }

    /** Its process; -1 where none is written down. */
    long pid() {
        return read().path("pid").asLong(-1);
    }

    /** When that process began, by the clock at that time. */
    Instant began() {
        return Instant.ofEpochMilli(read().path("began").asLong(0));
    }

    /** The SHA-256 of the certificates that it may show. */
    List<String> certificates() {
        return Json.texts(read(), "certificates");
    }

    /** Whether that is where it listens, and it wrote down by what certificate it is known. */
    boolean isKnownAt(HttpUrl url) {
        return !certificates().isEmpty()
                && own(url).filter(own -> own.host().equals(url.host())).isPresent();
    }

    /**
     * Whether that is where it listens, under one of the names that this machine has for itself.
     */
    boolean listensAt(HttpUrl url) {
        return own(url).filter(own ->
                        own.host().equals(url.host())
                                || (LOOPBACK.contains(own.host()) && LOOPBACK.contains(url.host())))
                .isPresent();
    }

    /** Its own address, where that has the same scheme and port. */
    private Optional<HttpUrl> own(HttpUrl url) {
        return address()
                .map(HttpUrl::parse)
                .filter(own -> own.port() == url.port() && own.isHttps() == url.isHttps());
    }

    private JsonNode read() {
        try {
            return Json.parse(Files.readString(home.runningHost()));
        } catch (IOException | CommandFailure _) {
            return Json.object();
        }
    }
}
