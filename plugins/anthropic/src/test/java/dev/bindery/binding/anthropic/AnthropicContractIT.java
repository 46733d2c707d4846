package dev.bindery.binding.anthropic;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import dev.bindery.testkit.upstream.HttpUpstream;

class AnthropicContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        HttpUpstream upstream = new HttpUpstream(new AnthropicFormat());
        return BindingUnderTest.ofPackedJar()
                .upstream(upstream)
                .settings("api_key", "sk-ant-of-the-contract-test")
                .settings("base_url", upstream.url());
    }
}
