package dev.bindery.binding.openai;

import dev.bindery.fixture.TestContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** Instances of the binding, with a key unless a test says otherwise. */
final class Instance {
    private Instance() {}

    static OpenAiBinding start(String baseUrl, Map<String, ?> settings) {
        return of(baseUrl, settings).start(new OpenAiBinding());
    }

    /** With a key, and the address that the settings say. */
    static OpenAiBinding with(Map<String, ?> settings) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.putIfAbsent("api_key", "sk-test-key");
        return TestContext.of(new OpenAiBinding()).settings(all).build().start(new OpenAiBinding());
    }

    static TestContext of(String baseUrl, Map<String, ?> settings) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.putIfAbsent("api_key", "sk-test-key");
        all.put("base_url", baseUrl);
        return TestContext.of(new OpenAiBinding()).settings(all).build();
    }
}
