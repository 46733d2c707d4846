package dev.bindery.binding.lollms;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import dev.bindery.testkit.upstream.HttpUpstream;

class LollmsContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        HttpUpstream upstream = new HttpUpstream(new LollmsFormat());
        return BindingUnderTest.ofPackedJar()
                .upstream(upstream)
                .settings("api_key", "key-of-the-contract-test")
                .settings("base_url", upstream.url());
    }
}
