package dev.bindery.binding.openai;

import dev.bindery.api.BindingException;
import dev.bindery.http.Json;
import dev.bindery.openai.Provider;
import dev.bindery.openai.Providers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The provider that the operator means, with what is known of it or said in a file. */
final class ProviderChoice {
    private static final long MOST_BYTES = 1 << 20;

    private ProviderChoice() {}

    /**
     * @throws BindingException INVALID_REQUEST naming what of the file is wrong
     */
    static Provider of(OpenAiSettings settings) {
        Provider known = Providers.named(settings.provider(), settings.baseUrl());
        String file = settings.providerFile().strip();
        return file.isEmpty() ? known : known.with("provider_file " + file, read(file));
    }

    private static JsonNode read(String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MOST_BYTES) {
                throw unreadable(file, "it is larger than a megabyte");
            }
            return Json.parse(Files.readString(path, StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException e) {
            throw unreadable(file, e.toString());
        } catch (JacksonException e) {
            throw unreadable(file, "it is no JSON: " + e.getOriginalMessage());
        }
    }

    private static BindingException unreadable(String file, String why) {
        return BindingException.invalidRequest(
                "provider_file %s cannot be read: %s".formatted(file, why));
    }

    /**
     * Where the provider is: the operator's own address first.
     *
     * @throws BindingException NOT_CONFIGURED where neither says it
     */
    static String address(Provider provider, String own, String instance) {
        if (own.isBlank() && provider.address().isEmpty()) {
            throw Unconfigured.needs(
                    "base_url",
                    instance,
                    "an address such as %s is needed for the provider %s"
                            .formatted(provider.addressExample(), provider.id()));
        }
        String address = own.isBlank() ? provider.address().orElseThrow() : own.strip();
        return address.contains("?") || provider.query().isEmpty()
                ? address
                : address + "?" + query(provider.query());
    }

    private static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("&"));
    }

    /**
     * @throws BindingException NOT_CONFIGURED for a provider that answers nobody without a key
     */
    static void checkKey(Provider provider, String key, String instance) {
        if (key.isBlank() && provider.keyRequired()) {
            String from =
                    provider.keyEnvironment()
                            .map(name ->
                                    "; in the instance's file it may be ${env:%s}".formatted(name))
                            .orElse("");
            throw Unconfigured.needs(
                    "api_key", instance, provider.name() + " answers nobody without a key" + from);
        }
    }
}
