package dev.bindery.binding.managed;

import dev.bindery.fixture.OpenAiFormat;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import dev.bindery.testkit.upstream.HttpUpstream;
import java.net.URI;

/** The server that it starts does nothing; who answers at its port is the suite's. */
class ManagedContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        HttpUpstream upstream = new HttpUpstream(new OpenAiFormat());
        return BindingUnderTest.ofPackedJar()
                .upstream(upstream)
                .settings("model", "/models/gpt-mock.gguf")
                .settings("command", "sleep 86400")
                .settings("health_path", "/v1/models")
                .settings("port", URI.create(upstream.url()).getPort())
                .settings("start_timeout", 8.0)
                .settings("api_key", "key-of-the-contract-test");
    }
}
