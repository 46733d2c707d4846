package dev.bindery.server.admin;

import dev.bindery.host.Shell;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.ResponseStream;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The operator's shell over HTTP: a session is made, runs lines, and is ended. A client that goes
 * away while its line runs interrupts it. Safe for all threads.
 */
final class ShellAdmin implements AutoCloseable {
    private static final byte[] LINE_END = {'\n'};

    private final ShellSessions sessions;
    private final JsonBody bodies;

    ShellAdmin(Shell shell, JsonBody bodies) {
        this.sessions = new ShellSessions(shell, System::nanoTime);
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.post("/admin/v1/shell", HostRefusals.told(this::open))
                .delete("/admin/v1/shell/{session}", HostRefusals.told(this::end))
                .post("/admin/v1/shell/{session}/run", HostRefusals.told(this::run))
                .post("/admin/v1/shell/{session}/complete", HostRefusals.told(this::complete));
    }

    @Override
    public void close() {
        sessions.close();
    }

    private void open(Exchange exchange) {
        JsonText out = new JsonText().beginObject();
        out.field("session").text(sessions.open()).endObject();
        exchange.send(201, Exchange.JSON, out.toBytes());
    }

    private void end(Exchange exchange) {
        sessions.end(exchange.value("session"));
        exchange.sendNothing(204);
    }

    private void run(Exchange exchange) throws IOException {
        Shell.Session session = sessions.find(exchange.value("session"));
        String line = bodies.read(exchange).requiredText("line");
        Lines lines = new Lines(exchange);
        try (var _ = exchange.onDisconnect(session::interrupt)) {
            Optional<String> failure = session.run(line, lines::output);
            lines.end(failure);
        }
    }

    private void complete(Exchange exchange) throws IOException {
        Shell.Session session = sessions.find(exchange.value("session"));
        String line = bodies.read(exchange).requiredText("line");
        JsonText out = new JsonText().beginObject().field("completions").beginArray();
        for (Shell.Completion completion : session.complete(line)) {
            out.beginObject().field("value").text(completion.value());
            out.field("description").text(completion.description()).endObject();
        }
        exchange.send(200, Exchange.JSON, out.endArray().endObject().toBytes());
    }

    /**
     * What a line prints, piece by piece, and how it ended. It begins with the first of these, so
     * that a refusal has a status of its own. Pieces may come on several threads.
     */
    private static final class Lines {
        private final Exchange exchange;
        private final ReentrantLock lock = new ReentrantLock();
        private Optional<ResponseStream> response = Optional.empty();

        Lines(Exchange exchange) {
            this.exchange = exchange;
        }

        void output(String text) {
            JsonText out = new JsonText().beginObject();
            write(out.field("output").text(text).endObject());
        }

        void end(Optional<String> failure) {
            JsonText out = new JsonText().beginObject().field("done").flag(true);
            failure.ifPresent(reason -> out.field("failure").text(reason));
            write(out.endObject());
        }

        private void write(JsonText line) {
            line.raw(LINE_END);
            lock.lock();
            try {
                if (response.isEmpty()) {
                    response = Optional.of(exchange.stream("application/x-ndjson"));
                }
                response.get().add(line.buffer(), line.length());
                response.get().flush();
            } finally {
                lock.unlock();
            }
        }
    }
}
