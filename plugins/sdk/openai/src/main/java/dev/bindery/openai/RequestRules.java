package dev.bindery.openai;

import dev.bindery.api.BindingException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a request's fields a provider does not take as OpenAI does. */
final class RequestRules {
    private final Provider provider;

    RequestRules(Provider provider) {
        this.provider = provider;
    }

    /**
     * Leaves out what only tunes, and renames what has another name there.
     *
     * @throws BindingException UNSUPPORTED for a field without which the answer would be another
     */
    ObjectNode applied(ObjectNode body) {
        for (String field : provider.refuses()) {
            if (body.has(field)) {
                throw BindingException.unsupported(
                        "%s does not take %s; leave it out".formatted(provider.name(), field));
            }
        }
        body.remove(provider.omits());
        provider.renames()
                .forEach((from, to) -> {
                    JsonNode value = body.remove(from);
                    if (value != null) {
                        body.set(to, value);
                    }
                });
        return body;
    }
}
