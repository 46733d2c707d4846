package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The providers that {@code providers.json} knows. Free for all threads. */
public final class Providers {
    /** Stands for a server of which nothing is known. */
    public static final String OTHER = "other";

    /** Stands for whichever one an address belongs to. */
    public static final String AUTO = "auto";

    private static final String OPENAI = "openai";
    private static final Map<String, Provider> KNOWN = read();

    private Providers() {}

    private static Map<String, Provider> read() {
        try (InputStream in = Providers.class.getResourceAsStream("providers.json")) {
            Map<String, Provider> known = new LinkedHashMap<>();
            Json.parse(Objects.requireNonNull(in, "providers.json").readAllBytes())
                    .forEachEntry((id, entry) -> known.put(id, Provider.of(id, entry)));
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a setting may name, {@link #AUTO} first. */
    public static List<String> options() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(AUTO), KNOWN.keySet().stream())
                .toList();
    }

    /**
     * The provider that a setting names.
     *
     * @param address the operator's own; empty for the provider's. {@link #AUTO} goes by it: the
     *     provider whose host it is, OpenAI where it is empty, else {@link #OTHER}
     * @throws BindingException INVALID_REQUEST for a name that nobody has
     */
    public static Provider named(String name, String address) {
        if (name.equals(AUTO)) {
            return address.isBlank() ? get(OPENAI) : at(address);
        }
        return get(name);
    }

    private static Provider get(String id) {
        Provider found = KNOWN.get(id);
        if (found == null) {
            throw BindingException.invalidRequest(
                    "there is no provider %s; there are: %s"
                            .formatted(id, String.join(", ", options())));
        }
        return found;
    }

    /** By the host of a public address: local ones are anybody's. */
    private static Provider at(String address) {
        Optional<String> host = publicHost(address);
        return KNOWN.values().stream()
                .filter(known -> host.isPresent())
                .filter(known -> known.address().flatMap(Providers::publicHost).equals(host))
                .findFirst()
                .orElseGet(() -> get(OTHER));
    }

    private static Optional<String> publicHost(String address) {
        try {
            URI uri = URI.create(address.strip());
            return "https".equalsIgnoreCase(uri.getScheme())
                    ? Optional.ofNullable(uri.getHost()).map(h -> h.toLowerCase(Locale.ROOT))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
