package dev.bindery.server.console;

import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the console, as they lie in the jar. Safe for all threads. */
final class Assets {
    private static final Pattern NAME = Pattern.compile("[a-z]{1,40}\\.(js|css|svg)");

    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    private static final class Asset {
        private final String type;
        private final byte[] content;
        private final String tag;

        private Asset(String type, byte[] content) {
            this.type = type;
            this.content = content;
            this.tag = '"' + digest(content) + '"';
        }
    }

    /** Sends the file that the path names; the browser asks again each time whether it is new. */
    void send(Exchange exchange) {
        Asset asset =
                find(exchange.value("file"))
                        .orElseThrow(() -> Refusal.notFound(exchange.method(), exchange.rawPath()));
        exchange.set("X-Content-Type-Options", "nosniff");
        exchange.set("ETag", asset.tag);
        if (exchange.header("If-None-Match").filter(asset.tag::equals).isPresent()) {
            exchange.sendNothing(304);
        } else {
            exchange.send(200, asset.type, asset.content);
        }
    }

    /** What is not there is not kept, so that nobody fills the memory with names. */
    private Optional<Asset> find(String name) {
        Asset kept = read.get(name);
        Matcher matcher = NAME.matcher(name);
        if (kept != null || !matcher.matches()) {
            return Optional.ofNullable(kept);
        }
        byte[] content = bytes(name);
        if (content.length == 0) {
            return Optional.empty();
        }
        Asset asset = new Asset(type(matcher.group(1)), content);
        read.put(name, asset);
        return Optional.of(asset);
    }

    private static String type(String ending) {
        return switch (ending) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            default -> "image/svg+xml";
        };
    }

    /** A page of the jar, as text. */
    static String page(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** Empty where there is no such file. */
    private static byte[] bytes(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a file of the console cannot be read: " + name, e);
        }
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
