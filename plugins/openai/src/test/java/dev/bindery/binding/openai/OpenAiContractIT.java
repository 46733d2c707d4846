package dev.bindery.binding.openai;

import dev.bindery.fixture.OpenAiFormat;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import dev.bindery.testkit.upstream.HttpUpstream;

class OpenAiContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        HttpUpstream upstream = new HttpUpstream(new OpenAiFormat());
        return BindingUnderTest.ofPackedJar()
                .upstream(upstream)
                .settings("api_key", "sk-of-the-contract-test")
                .settings("base_url", upstream.url() + "/v1");
    }
}
