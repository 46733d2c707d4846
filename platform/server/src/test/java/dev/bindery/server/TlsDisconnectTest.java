package dev.bindery.server;

import static dev.bindery.server.Served.chatBody;

import dev.bindery.server.options.ServerOptions;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that holds of clients that go away holds where they speak TLS. */
class TlsDisconnectTest extends DisconnectTest {
    @TempDir Path folder;

    @Override
    Served served(UnaryOperator<ServerOptions.Builder> options) throws Exception {
        return TestCertificate.of("localhost").into(folder).served(options);
    }

    @Test
    void aClientThatGivesUpAnHttp2StreamCancelsItsCall() throws Exception {
        TestCertificate certificate = TestCertificate.of("localhost").into(folder);
        try (Served served = certificate.served(options -> options);
                Http2Client client = new Http2Client(certificate.clients())) {
            served.router.serve("fake/waits", (request, _) -> waits(request));
            Call call =
                    client.call(
                            new Request.Builder()
                                    .url(served.url() + "/v1/chat/completions")
                                    .post(
                                            RequestBody.create(
                                                    chatBody("fake/waits", "x"),
                                                    MediaType.get("application/json")))
                                    .build());
            happens("waiting");
            call.cancel();
            happens("cancelled");
        }
    }
}
