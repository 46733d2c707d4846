package dev.bindery.server.admin;

import dev.bindery.host.HostException;
import dev.bindery.host.Shell;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The shell's sessions by the names that clients have for them. A session that nobody has used for
 * an hour is ended when another begins: its client has gone without a word. Thread-safe.
 */
final class ShellSessions implements AutoCloseable {
    private static final Duration IDLE = Duration.ofHours(1);
    private static final int MOST = 32;

    private final Shell shell;
    private final LongSupplier nanoTime;
    private final Map<String, Used> sessions = new ConcurrentHashMap<>();

    ShellSessions(Shell shell, LongSupplier nanoTime) {
        this.shell = shell;
        this.nanoTime = nanoTime;
    }

    String open() {
        sessions.entrySet().stream()
                .filter(entry -> isIdle(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::end);
        if (sessions.size() >= MOST) {
            throw new HostException(
                    HostException.Kind.CONFLICT,
                    "%d sessions of the shell are open; end one first".formatted(MOST));
        }
        String name = UUID.randomUUID().toString();
        sessions.put(name, new Used(shell.open(), nanoTime.getAsLong()));
        return name;
    }

    private boolean isIdle(Used used) {
        return nanoTime.getAsLong() - used.last > IDLE.toNanos();
    }

    Shell.Session find(String name) {
        Used used =
                sessions.computeIfPresent(
                        name, (_, known) -> new Used(known.session, nanoTime.getAsLong()));
        if (used == null) {
            throw HostException.notFound("this session of the shell has ended");
        }
        return used.session;
    }

    void end(String name) {
        Used used = sessions.remove(name);
        if (used != null) {
            used.session.close();
        }
    }

    @Override
    public void close() {
        sessions.keySet().forEach(this::end);
    }

    private record Used(Shell.Session session, long last) {}
}
