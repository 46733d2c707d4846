package dev.bindery.server.admin;

import dev.bindery.host.BindingStatus;
import dev.bindery.host.Bindings;
import dev.bindery.host.HostException;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The jars, over HTTP. */
final class BindingsAdmin {
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,120}\\.jar");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

    private final Bindings bindings;

    BindingsAdmin(Bindings bindings) {
        this.bindings = bindings;
    }

    void addTo(Routes.Builder routes) {
        routes.get("/admin/v1/bindings", HostRefusals.told(this::list))
                .post("/admin/v1/bindings", HostRefusals.told(this::install))
                .get("/admin/v1/bindings/{id}", HostRefusals.told(this::show))
                .delete("/admin/v1/bindings/{id}", HostRefusals.told(this::uninstall))
                .post("/admin/v1/bindings/{id}/disable", HostRefusals.told(this::disable));
        change(routes, "enable", bindings::enable);
        change(routes, "reload", bindings::reload);
        change(routes, "rollback", bindings::rollback);
    }

    private static void change(
            Routes.Builder routes, String verb, Function<String, BindingStatus> change) {
        routes.post(
                "/admin/v1/bindings/{id}/" + verb,
                HostRefusals.told(
                        exchange -> answer(exchange, change.apply(exchange.value("id")))));
    }

    private void list(Exchange exchange) {
        exchange.send(200, Exchange.JSON, BindingJson.of(bindings.list()));
    }

    private void show(Exchange exchange) {
        String id = exchange.value("id");
        answer(exchange, bindings.find(id).orElseThrow(() -> HostException.notFound(unknown(id))));
    }

    private String unknown(String id) {
        List<String> there = bindings.list().stream().map(BindingStatus::id).toList();
        return "there is no binding %s; there are: %s"
                .formatted(id, there.isEmpty() ? "none" : String.join(", ", there));
    }

    /** The jar is kept whole in a folder of its own until the host has copied it. */
    private void install(Exchange exchange) throws IOException {
        String name = exchange.query("file").orElse("upload.jar");
        if (!FILE.matcher(name).matches()) {
            throw Refusal.invalid(
                    "file",
                    "expected a plain file name that ends in .jar; letters, digits and . _ + -"
                            + " are allowed");
        }
        Path folder = Files.createTempDirectory("bindery-upload");
        Path jar = folder.resolve(name);
        try {
            String sent = receive(exchange, jar);
            BindingStatus binding = bindings.install(jar);
            boolean current = binding.sha256().equals(sent);
            exchange.send(200, Exchange.JSON, BindingJson.installed(binding, current));
        } finally {
            Files.deleteIfExists(jar);
            Files.deleteIfExists(folder);
        }
    }

    /** Answers its SHA-256. */
    private static String receive(Exchange exchange, Path jar) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream body = exchange.body(exchange.limits().uploadBytes());
                InputStream read = new DigestInputStream(body, digest)) {
            if (Files.copy(read, jar) == 0) {
                throw Refusal.invalid("the request has no body; it needs the bytes of a jar");
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void uninstall(Exchange exchange) throws IOException {
        bindings.uninstall(exchange.value("id"), drain(exchange));
        exchange.sendNothing(204);
    }

    private void disable(Exchange exchange) {
        answer(exchange, bindings.disable(exchange.value("id"), drain(exchange)));
    }

    /** How long calls in flight may go on. */
    private static Duration drain(Exchange exchange) {
        String seconds = exchange.query("drain_s").orElse("");
        if (seconds.isEmpty()) {
            return Bindings.DRAIN;
        }
        if (!SECONDS.matcher(seconds).matches()) {
            throw Refusal.invalid("drain_s", "expected whole seconds, 0 to 99999");
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static void answer(Exchange exchange, BindingStatus binding) {
        exchange.send(200, Exchange.JSON, BindingJson.of(binding));
    }
}
