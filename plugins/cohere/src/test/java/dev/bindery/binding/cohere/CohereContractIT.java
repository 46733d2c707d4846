package dev.bindery.binding.cohere;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import dev.bindery.testkit.upstream.HttpUpstream;

class CohereContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        HttpUpstream upstream = new HttpUpstream(new CohereFormat());
        return BindingUnderTest.ofPackedJar()
                .upstream(upstream)
                .settings("api_key", "co-of-the-contract-test")
                .settings("base_url", upstream.url());
    }
}
