package dev.bindery.binding.bedrock;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import dev.bindery.testkit.upstream.HttpUpstream;

class BedrockContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        HttpUpstream upstream = new HttpUpstream(new BedrockFormat());
        return BindingUnderTest.ofPackedJar()
                .upstream(upstream)
                .settings("region", "us-east-1")
                .settings("access_key_id", "AKIA-OF-THE-CONTRACT-TEST")
                .settings("secret_access_key", "secret-of-the-contract-test")
                .settings("base_url", upstream.url())
                .settings("control_url", upstream.url());
    }
}
