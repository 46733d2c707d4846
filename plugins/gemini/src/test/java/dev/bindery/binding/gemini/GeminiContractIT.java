package dev.bindery.binding.gemini;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import dev.bindery.testkit.upstream.HttpUpstream;

class GeminiContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        HttpUpstream upstream = new HttpUpstream(new GeminiFormat());
        return BindingUnderTest.ofPackedJar()
                .upstream(upstream)
                .settings("api_key", "AIza-of-the-contract-test")
                .settings("base_url", upstream.url() + "/v1beta");
    }
}
