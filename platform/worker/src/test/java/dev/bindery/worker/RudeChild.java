package dev.bindery.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A program that shakes hands as it should, and then behaves as its argument says. */
final class RudeChild {
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final String METHODS =
            "\"start\",\"stop\",\"listModels\",\"generate\",\"health\"";

    private final String manner;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private RudeChild(String manner) {
        this.manner = manner;
    }

    public static void main(String[] args) throws Exception {
        RudeChild child = new RudeChild(args[0]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        in.readLine();
        if (args[0].equals("never stops")) {
            Runtime.getRuntime().addShutdownHook(new Thread(RudeChild::waitForEver));
        }
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", child::handle);
        server.start();
        System.out.println(
                "{\"protocol\":1,\"port\":%d,\"methods\":[%s],\"knowsRepeats\":%b}"
                        .formatted(
                                server.getAddress().getPort(),
                                METHODS,
                                !args[0].equals("drops every call")));
        if (args[0].equals("floods")) {
            flood(System.err);
        }
        while (in.readLine() != null || args[0].equals("never stops")) {
            Thread.onSpinWait();
        }
        System.exit(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (path.equals("/v1/events")) {
            events(exchange);
        } else if (manner.startsWith("drops") && body.contains("\"generate\"")) {
            drop(path, exchange);
        } else if (path.endsWith("/cancel") || body.contains("\"generate\"")) {
            waitForEver();
        } else {
            answer(exchange, "{\"result\":null}");
        }
    }

    /** Closes the connection without an answer, the first time, or whenever it is asked. */
    private void drop(String path, HttpExchange exchange) throws IOException {
        boolean again = !seen.add(path);
        switch (manner) {
            case "drops a call once" -> {
                if (again) {
                    answer(
                            exchange,
                            "{\"result\":{\"candidates\":[{\"parts\":[{\"kind\":\"text\",\"text\":\"%s\"}],\"finishReason\":\"stop\"}]}}"
                                    .formatted(seen.size()));
                }
            }
            case "drops a call that it began" -> {
                if (again) {
                    exchange.sendResponseHeaders(409, -1);
                }
            }
            default -> {}
        }
        exchange.close();
    }

    private void events(HttpExchange exchange) throws IOException {
        switch (manner) {
            case "hears nothing" -> waitForEver();
            case "refuses events" -> exchange.sendResponseHeaders(503, -1);
            default -> {
                exchange.sendResponseHeaders(200, 0);
                OutputStream out = exchange.getResponseBody();
                out.flush();
                if (manner.equals("shouts")) {
                    shout(out);
                }
                waitForEver();
            }
        }
    }

    private static void shout(OutputStream out) throws IOException {
        byte[] event =
                "{\"event\":\"notification\",\"level\":\"info\",\"message\":\"hear me\"}\n"
                        .getBytes(UTF_8);
        for (int i = 0; i < 100_000; i++) {
            out.write(event);
        }
        out.write(
                "{\"event\":\"log\",\"level\":\"INFO\",\"message\":\"all shouted\"}\n"
                        .getBytes(UTF_8));
        out.flush();
    }

    /** Two gigabytes without a line's end, and then a line. */
    private static void flood(PrintStream out) {
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        for (int i = 0; i < 2048; i++) {
            out.write(block, 0, block.length);
        }
        out.println();
        out.println("the flood is over");
    }

    private static void answer(HttpExchange exchange, String line) throws IOException {
        byte[] body = (line + "\n").getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void waitForEver() {
        try {
            NEVER.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
