package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.server.options.ServerLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that connect and do not begin to speak. */
class ArrivalsTest {
    private static final ServerLimits BRIEF =
            ServerLimits.DEFAULTS.withArrival(Duration.ofMillis(300));

    /** The beginning of a handshake that never goes on: a record of a greeting, cut. */
    private static final byte[] HALF_A_GREETING = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01};

    @TempDir Path folder;

    private static Socket connect(Served served) throws IOException {
        InetSocketAddress address = served.server().address();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void isLetGo(Socket client) throws IOException {
        try (client) {
            while (client.getInputStream().read() >= 0) {
                // an alert may come before the end
            }
        }
    }

    private static void areLetGo(Served served) throws Exception {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Socket client = connect(served);
            if (i % 2 == 0) {
                client.getOutputStream().write(HALF_A_GREETING);
            }
            silent.add(client);
        }
        for (Socket client : silent) {
            isLetGo(client);
        }
        assertThat(served.get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void whoIsSilentInsteadOfShakingHandsIsLetGo() throws Exception {
        try (Served served =
                TestCertificate.of("localhost").into(folder).served(o -> o.limits(BRIEF))) {
            areLetGo(served);
        }
    }

    @Test
    void whoIsSilentInClearIsLetGo() throws Exception {
        try (Served served = new Served(o -> o.limits(BRIEF))) {
            isLetGo(connect(served));
            assertThat(served.get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void whoHasBegunToSpeakStays() throws Exception {
        try (Served secure =
                        TestCertificate.of("localhost").into(folder).served(o -> o.limits(BRIEF));
                Served clear = new Served(o -> o.limits(BRIEF))) {
            for (Served served : List.of(secure, clear)) {
                try (RawHttp http = served.connect()) {
                    assertThat(http.get("/healthz").answer().status()).isEqualTo(200);
                    isLetGo(connect(served));
                    assertThat(http.get("/healthz").answer().status()).isEqualTo(200);
                }
            }
        }
    }
}
