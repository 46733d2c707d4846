package dev.bindery.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.protocol.FailureCodec;
import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.Wire;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** The protocol's HTTP: who may speak, and which address means what. */
final class ProtocolServer {
    private static final int BACKLOG = 256;
    private static final int NO_CONTENT = 204;

    private final byte[] authorization;
    private final EventStream events = new EventStream();
    private final BlobStore blobs;
    private final HostRequests requests;
    private final Calls calls;

    private ProtocolServer(String secret, Path folder) {
        authorization = ("Bearer " + secret).getBytes(UTF_8);
        blobs = new BlobStore(folder);
        requests = new HostRequests(events, blobs);
        calls = new Calls(blobs, new Host(events, requests));
    }

    /** Serves on a free port of the loopback interface, and says which. */
    static int serve(String secret, Path folder) throws IOException {
        ProtocolServer protocol = new ProtocolServer(secret, folder);
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", protocol::handle);
        server.start();
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isAuthorized(exchange)) {
                refuse(exchange, 401, ErrorCode.INVALID_REQUEST, "the secret is missing or wrong");
                return;
            }
            try {
                route(exchange);
            } catch (ProtocolException e) {
                refuse(exchange, 400, ErrorCode.INVALID_REQUEST, String.valueOf(e.getMessage()));
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        List<String> path = List.of(exchange.getRequestURI().getPath().substring(1).split("/"));
        String route = exchange.getRequestMethod() + " " + shape(path);
        switch (route) {
            case "POST v1/calls/*" -> {
                if (!calls.perform(path.get(2), body(exchange), exchange)) {
                    refuse(exchange, 409, ErrorCode.INVALID_REQUEST, "this call was begun before");
                }
            }
            case "POST v1/calls/*/cancel" -> {
                calls.cancel(path.get(2));
                done(exchange);
            }
            case "DELETE v1/calls/*" -> {
                blobs.forget(path.get(2));
                done(exchange);
            }
            case "PUT v1/blobs/*" -> {
                blobs.put(path.get(2), exchange.getRequestBody());
                done(exchange);
            }
            case "GET v1/blobs/*" -> blobs.send(path.get(2), exchange);
            case "GET v1/events" -> events.serve(exchange);
            case "POST v1/replies/*" -> {
                boolean more = requests.reply(path.get(2), body(exchange));
                answer(exchange, 200, new WireObject().truth("continue", more).node());
            }
            default -> refuse(exchange, 404, ErrorCode.UNSUPPORTED, "there is no " + route);
        }
    }

    private static String shape(List<String> path) {
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < path.size(); i++) {
            shape.append(i == 0 ? "" : "/").append(i == 2 ? "*" : path.get(i));
        }
        return shape.toString();
    }

    private boolean isAuthorized(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null && MessageDigest.isEqual(given.getBytes(UTF_8), authorization);
    }

    private static WireReader body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(Wire.MAX_LINE + 1);
        if (body.length > Wire.MAX_LINE) {
            throw new ProtocolException("a body of more than %d bytes".formatted(Wire.MAX_LINE));
        }
        return Wire.read(body);
    }

    private static void refuse(HttpExchange exchange, int status, ErrorCode code, String message)
            throws IOException {
        JsonNode error = FailureCodec.encode(new BindingException(code, message));
        answer(exchange, status, new WireObject().node("error", error).node());
    }

    private static void answer(HttpExchange exchange, int status, JsonNode node)
            throws IOException {
        byte[] body = Wire.line(node);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void done(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(NO_CONTENT, -1);
    }
}
