package dev.bindery.binding.managed;

import dev.bindery.fixture.OpenAiFormat;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import dev.bindery.testkit.upstream.HttpUpstream;
import java.net.URI;
import java.nio.file.Path;

/** The server that it starts passes everything on to the suite's upstream, which answers. */
class ManagedContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        HttpUpstream upstream = new HttpUpstream(new OpenAiFormat());
        return BindingUnderTest.ofPackedJar()
                .upstream(upstream)
                .settings("model", "/models/gpt-mock.gguf")
                .settings("command", relayTo(URI.create(upstream.url()).getPort()))
                .settings("health_path", "/v1/models")
                .settings("start_timeout", 8.0)
                .settings("api_key", "key-of-the-contract-test");
    }

    private static String relayTo(int upstream) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path classes =
                Path.of(
                        URI.create(
                                Relay.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toString()));
        return "'%s' -XX:TieredStopAtLevel=1 -cp '%s' %s {port} %d"
                .formatted(java, classes, Relay.class.getName(), upstream);
    }
}
