package dev.bindery.binding.router;

import dev.bindery.binding.openai.OpenAiBinding;
import dev.bindery.fixture.OpenAiFormat;
import dev.bindery.fixture.PackedBinding;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import dev.bindery.testkit.upstream.HttpUpstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A route over two instances that share an upstream. */
class RouterContractIT extends BindingContract {
    private static final String PAUSED =
            "a target that asks for a pause is given one, and the second call finds none to ask";

    @Override
    protected BindingUnderTest binding() {
        HttpUpstream upstream = new HttpUpstream(new OpenAiFormat());
        Map<String, ?> provider =
                Map.of(
                        "api_key",
                        "sk-of-the-contract-test",
                        "base_url",
                        upstream.url() + "/v1",
                        "max_retries",
                        0);
        Path openai = PackedBinding.of(OpenAiBinding.class);
        return BindingUnderTest.ofPackedJar()
                .upstream(upstream)
                .companion("openai", openai, provider)
                .companion("openai-too", openai, provider)
                .calls("openai", "openai-too/*")
                .without("a pause in seconds is passed on", PAUSED)
                .without("a pause until a date is passed on", PAUSED)
                .settings("breaker_failures", 1000)
                .settings(
                        "routes",
                        Map.of("mock", List.of("openai/gpt-mock", "openai-too/gpt-mock")));
    }
}
