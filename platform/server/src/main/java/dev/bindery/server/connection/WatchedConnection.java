package dev.bindery.server.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/**
 * A connection of Helidon's that tells its watch when it is over for a reason other than the
 * client: a protocol error, a timeout, the server's stop. HTTP/2 handlers outlive their connection
 * and would wait on.
 */
final class WatchedConnection implements ServerConnection, InterruptableTask<Void> {
    private final ServerConnection connection;
    private final ConnectionWatch watch;

    WatchedConnection(ServerConnection connection, ConnectionWatch watch) {
        this.connection = connection;
        this.watch = watch;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            connection.handle(limit);
        } finally {
            watch.connectionEnded();
        }
    }

    @Override
    public boolean canInterrupt() {
        return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        connection.close(interrupt);
    }
}
