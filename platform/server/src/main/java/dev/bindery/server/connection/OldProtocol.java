package dev.bindery.server.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/**
 * Says to a client of HTTP/1.0 that it is not served, and what to do: nginx speaks it to those
 * behind it unless told otherwise. Helidon would close the connection without a word.
 */
final class OldProtocol implements ServerConnectionSelector {
    private static final String BODY =
            "{\"error\":{\"message\":\"HTTP/1.0 is not served; use HTTP/1.1 (nginx:"
                    + " proxy_http_version 1.1;)\",\"type\":\"invalid_request_error\","
                    + "\"param\":null,\"code\":\"protocol_error\"}}";
    private static final byte[] ANSWER =
            """
            HTTP/1.1 505 HTTP Version Not Supported\r
            Content-Type: application/json; charset=utf-8\r
            Content-Length: %d\r
            Connection: close\r
            x-should-retry: false\r
            \r
            %s\
            """
                    .formatted(BODY.length(), BODY)
                    .getBytes(StandardCharsets.US_ASCII);

    private final Arrivals arrivals;

    OldProtocol(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        int end = data.indexOf((byte) '\n');
        boolean old = end >= 0 && data.readString(end).endsWith(" HTTP/1.0\r");
        return old ? Support.SUPPORTED : Support.UNSUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        arrivals.begun(context.remotePeer().address());
        return new Refused(context);
    }

    private record Refused(ConnectionContext context) implements ServerConnection {
        /** What the client has sent is read first, or its reset could overtake the answer. */
        @Override
        public void handle(Limit limit) {
            context.dataReader().skip(context.dataReader().available());
            context.dataWriter().writeNow(BufferData.create(ANSWER));
        }

        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {}
    }
}
