package dev.bindery.server.lollms;

import dev.bindery.host.BindingStatus;
import dev.bindery.host.Bindings;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A binding's logo and README, out of its jar; nothing else of it. */
final class BindingFiles {
    private static final int LONGEST = 1 << 20;
    private static final Map<String, String> TYPES =
            Map.of(
                    "logo.png", "image/png",
                    "logo.svg", "image/svg+xml",
                    "logo.jpg", "image/jpeg",
                    "logo.webp", "image/webp",
                    "README.md", "text/markdown; charset=utf-8");
    private static final List<String> LOGOS =
            List.of("logo.png", "logo.svg", "logo.jpg", "logo.webp");

    private final Bindings bindings;

    BindingFiles(Bindings bindings) {
        this.bindings = bindings;
    }

    void addTo(Routes.Builder routes) {
        routes.get("/bindings/{name}/{file}", this::send);
    }

    /** The name of the logo in a binding's jar. */
    static Optional<String> logoOf(BindingStatus binding) {
        try (ZipFile jar = new ZipFile(binding.file().toFile())) {
            return LOGOS.stream().filter(logo -> jar.getEntry(logo) != null).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void send(Exchange exchange) throws IOException {
        String name = exchange.value("name");
        String file = exchange.value("file");
        String type = TYPES.get(file);
        Optional<byte[]> content =
                type == null
                        ? Optional.empty()
                        : bindings.find(name).flatMap(binding -> read(binding.file(), file));
        if (type == null || content.isEmpty()) {
            throw Refusal.of(404, "not_found", "the binding %s has no %s".formatted(name, file));
        }
        // A jar's own file is shown, and never run.
        exchange.set("X-Content-Type-Options", "nosniff");
        exchange.set(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        exchange.send(200, type, content.get());
    }

    private static Optional<byte[]> read(Path file, String name) {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            ZipEntry entry = jar.getEntry(name);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = jar.getInputStream(entry)) {
                byte[] bytes = in.readNBytes(LONGEST + 1);
                return bytes.length > LONGEST ? Optional.empty() : Optional.of(bytes);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
