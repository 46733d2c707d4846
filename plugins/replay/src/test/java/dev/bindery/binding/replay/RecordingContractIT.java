package dev.bindery.binding.replay;

import dev.bindery.binding.openai.OpenAiBinding;
import dev.bindery.fixture.OpenAiFormat;
import dev.bindery.fixture.PackedBinding;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import dev.bindery.testkit.upstream.HttpUpstream;
import java.util.Map;

/** Every call goes through to the target, and what comes back is written down. */
class RecordingContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        HttpUpstream upstream = new HttpUpstream(new OpenAiFormat());
        return BindingUnderTest.ofPackedJar()
                .upstream(upstream)
                .companion(
                        "openai",
                        PackedBinding.of(OpenAiBinding.class),
                        Map.of(
                                "api_key",
                                "sk-of-the-contract-test",
                                "base_url",
                                upstream.url() + "/v1"))
                .calls("openai")
                .settings("target", "openai")
                .settings("mode", "record");
    }
}
