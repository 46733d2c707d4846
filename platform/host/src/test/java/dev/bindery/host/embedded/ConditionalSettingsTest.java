package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceState;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that are needed for some values of another only, as the binding says in its start. */
class ConditionalSettingsTest {
    private static final String SETTINGS =
            """
            settings:
              - {name: provider, type: str, value: strict, options: [strict, open]}
              - {name: key, type: str, secret: true}
            """;

    @TempDir Path folder;
    private HostHome home;

    private static BindingJar choosy() {
        return BindingJar.of(
                        "choosy",
                        "1.0.0",
                        """
                        TypedConfig now;
                        public void start(BindingContext c) {
                            now = c.config();
                            if (now.string("provider").equals("strict") && now.string("key").isEmpty()) {
                                throw new BindingException(ErrorCode.NOT_CONFIGURED, "key needs a value");
                            }
                        }
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                            return GenerationResult.of(now.string("provider"));
                        }
                        """)
                .text("config.yaml", BindingJar.card("choosy", "1.0.0", SETTINGS));
    }

    @BeforeEach
    void start() throws IOException {
        home = new HostHome(EmbeddedHost.start(HostOptions.of(folder.resolve("home"))), folder);
        home.install(choosy());
    }

    @AfterEach
    void stop() {
        home.host().close(Duration.ZERO);
    }

    @Test
    void anInstanceThatNeedsASettingWaitsForItAndHasNotFailed() {
        assertThat(home.instance("choosy").state()).isEqualTo(InstanceState.NEEDS_CONFIGURATION);
        assertThat(home.instance("choosy").reason()).isEqualTo("key needs a value");

        assertThat(home.configure("choosy", "provider", "open").state())
                .isEqualTo(InstanceState.ACTIVE);
        assertThat(home.ask("choosy/m")).isEqualTo("open");
    }

    @Test
    void whatIsNeededMayBeGivenOneAfterTheOther() {
        assertThat(home.configure("choosy", "provider", "strict").state())
                .isEqualTo(InstanceState.NEEDS_CONFIGURATION);
        assertThat(home.configure("choosy", "key", "k").state()).isEqualTo(InstanceState.ACTIVE);
    }

    @Test
    void anInstanceThatServesIsNotPutToRestByAChangeThatLacksASetting() {
        home.configure("choosy", "provider", "open");

        assertThatThrownBy(() -> home.configure("choosy", "provider", "strict"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("key needs a value");
        assertThat(home.ask("choosy/m")).isEqualTo("open");
    }

    @Test
    void aSecretGoesToNoOtherProviderByItself() {
        home.configure("choosy", "key", "k");

        assertThatThrownBy(() -> home.configure("choosy", "provider", "open"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("provider would move from strict to open, but key was given");
        assertThat(home.configure("choosy", "provider", "open", "key", "k").state())
                .isEqualTo(InstanceState.ACTIVE);
    }
}
