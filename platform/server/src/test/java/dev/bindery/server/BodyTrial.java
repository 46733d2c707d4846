package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Sends bodies, one after the other on one connection, and sees that none gives a 500 or a hang, or
 * leaves a connection that the next request suffers from.
 */
final class BodyTrial implements AutoCloseable {
    private final Served served;
    private RawHttp http;

    BodyTrial(Served served) throws IOException {
        this.served = served;
        http = served.connect();
    }

    /**
     * @param name what a failure calls it
     */
    void send(String path, byte[] body, String name) throws IOException {
        String what = "%s to %s: %s".formatted(name, path, shown(body));
        next(answer(path, body, what));
        assertThat(http.get("/healthz").answer().status()).as("after " + what).isEqualTo(200);
    }

    private RawHttp.Answer answer(String path, byte[] body, String what) {
        try {
            http.request(
                    "POST",
                    path,
                    "Authorization: Bearer " + Served.TOKEN,
                    "Content-Type: application/json",
                    "Content-Length: " + body.length);
            RawHttp.Answer answer = http.send(body).answer();
            assertThat(answer.status()).as(what + "\n" + answer.body()).isLessThan(500);
            assertThat(answer.body()).as(what).doesNotContain("its log says why");
            return answer;
        } catch (IOException e) {
            throw new AssertionError("no answer to " + what, e);
        }
    }

    /** The connection for the next: the same, unless the server said that it ends. */
    private void next(RawHttp.Answer answer) throws IOException {
        if ("close".equalsIgnoreCase(answer.header("Connection"))) {
            http.close();
            http = served.connect();
        }
    }

    private static String shown(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return text.length() > 3000 ? text.substring(0, 3000) + "…" : text;
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
