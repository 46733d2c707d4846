package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave. What they asked for would go on for many minutes. */
class DisconnectIT {
    private static final String LONG_SILENCE = "{\"first_token_delay_ms\":600000}";
    private static final String LONG_ANSWER = "{\"delay_ms\":500}";
    private static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    @TempDir static Path folder;
    private static LiveHost host;

    @BeforeAll
    static void start() throws Exception {
        host = LiveHost.start(folder.resolve("home"));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavingBeforeTheFirstTokenStopsTheWork(boolean streaming) throws Exception {
        try (Socket _ = ask("echo/echo", streaming, LONG_SILENCE)) {
            awaitCalls("echo", 1);
        }

        awaitCalls("echo", 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavingInMidStreamStopsTheWork(boolean politely) throws Exception {
        try (Socket client = ask("echo/echo", true, LONG_ANSWER)) {
            awaitText(client, "once");
            awaitCalls("echo", 1);
            // with no time to linger, closing is a reset
            client.setSoLinger(!politely, 0);
        }

        awaitCalls("echo", 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavingBeforeTheFirstTokenClosesTheProvidersConnection(boolean streaming)
            throws Exception {
        try (SilentUpstream upstream = new SilentUpstream("")) {
            configure(upstream);
            try (Socket _ = ask("openai/big", streaming, "{}")) {
                upstream.asked().get(30, TimeUnit.SECONDS);
                awaitCalls("openai", 1);
            }

            upstream.left().get(30, TimeUnit.SECONDS);
            awaitCalls("openai", 0);
        }
    }

    @Test
    void leavingInMidStreamClosesTheProvidersConnection() throws Exception {
        String begun =
                STREAM_HEAD
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"half\"}}]}\n\n";
        try (SilentUpstream upstream = new SilentUpstream(begun)) {
            configure(upstream);
            try (Socket client = ask("openai/big", true, "{}")) {
                awaitText(client, "half");
                assertThat(upstream.left()).isNotDone();
            }

            upstream.left().get(30, TimeUnit.SECONDS);
            awaitCalls("openai", 0);
        }
    }

    private static void configure(SilentUpstream upstream) throws Exception {
        Command.Result configured =
                host.bindery("config", "openai", "api_key=any", "base_url=" + upstream.url());
        assertThat(configured.exit()).as(configured.output()).isZero();
    }

    private static Socket ask(String model, boolean streaming, String echo) throws IOException {
        String body =
                """
                {"model":"%s","stream":%s,"echo":%s,"messages":[{"role":"user","content":"%s"}]}
                """
                        .formatted(model, streaming, echo, "once more ".repeat(1000));
        Socket client = new Socket(InetAddress.getLoopbackAddress(), host.port());
        client.setSoTimeout(30_000);
        String request =
                """
                POST /v1/chat/completions HTTP/1.1
                Host: 127.0.0.1
                Content-Type: application/json
                Content-Length: %d

                """
                        .formatted(body.length())
                        .replace("\n", "\r\n");
        client.getOutputStream().write((request + body).getBytes(StandardCharsets.UTF_8));
        return client;
    }

    private static void awaitText(Socket client, String text) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("the answer ended without " + text);
    }

    private static void awaitCalls(String instance, int calls) {
        Wait.until(
                "%s is at %d calls".formatted(instance, calls),
                () ->
                        host.admin("GET", "instances/" + instance).get("active_calls").intValue()
                                == calls);
    }
}
