package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private Path folder;

    @Test
    void aServerThatNobodyVouchesForIsRefusedUnlessTheOperatorWantsIt() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(selfSigned().getSocketFactory());
            server.start();
            server.enqueue(new MockResponse.Builder().body("{\"ok\":1}").build());

            BindingException e =
                    catchThrowableOfType(BindingException.class, () -> ask(server, true));

            assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
            assertThat(e).hasMessageContaining("no trusted TLS connection");
            assertThat(ask(server, false)).isEqualTo("{\"ok\":1}");
        }
    }

    private static String ask(MockWebServer server, boolean verify) {
        String url = "https://127.0.0.1:" + server.getPort();
        UpstreamOptions options =
                UpstreamOptions.builder(url).verifyTls(verify).maxRetries(0).build();
        try (Upstream upstream = Upstream.of(options)) {
            return upstream.json(UpstreamRequest.get("models").build()).toString();
        }
    }

    private SSLContext selfSigned() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-keyalg",
                                        "EC",
                                        "-dname",
                                        "CN=nobody",
                                        "-keystore",
                                        file.toString(),
                                        "-storepass",
                                        new String(PASSWORD)))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
