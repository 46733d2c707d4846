package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonValue;
import dev.bindery.host.BindingState;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceState;
import dev.bindery.host.Limits;
import dev.bindery.host.ServedModel;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstancesTest {
    private static final String SECRET = "sk-very-secret";
    private static final String SETTINGS =
            """
            settings:
              - {name: api_key, type: str, secret: true, required: true}
              - {name: base_url, type: str, value: "https://api.example.org/v1"}
              - {name: size, type: int, value: 5, min: 1, max: 10}
              - {name: mode, type: str, value: plain, options: [plain, loud]}
              - {name: tags, type: list}
              - {name: ratio, type: float, value: 0.5}
              - {name: on, type: bool, value: false}
            """;

    /** Says its settings; takes a new size live, refuses the mode loud while size is 9. */
    private static BindingJar configurable() {
        return BindingJar.of(
                        "conf",
                        "1.0.0",
                        """
                        static int made;
                        final int number = ++made;
                        volatile TypedConfig now;
                        public void start(BindingContext c) {
                            now = c.config();
                            if (now.string("api_key").startsWith("bad")) {
                                throw new IllegalStateException("the key " + now.string("api_key") + " is wrong");
                            }
                            info("using key " + now.string("api_key"));
                        }
                        public boolean settingsUpdated(TypedConfig updated) {
                            if (updated.integer("size") == 9) {
                                throw BindingException.invalidRequest("size 9 with key " + updated.string("api_key"));
                            }
                            boolean live = updated.string("mode").equals(now.string("mode"));
                            if (live) now = updated;
                            return live;
                        }
                        public Health health() { return Health.degraded("key " + now.string("api_key")); }
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                            if (r.maxTokens().isPresent()) throw new IllegalStateException("with " + now.string("api_key"));
                            return GenerationResult.of(now.string("mode") + " " + now.integer("size") + " " + now.list("tags"));
                        }
                        """)
                .text("config.yaml", BindingJar.card("conf", "1.0.0", SETTINGS));
    }

    @TempDir Path folder;
    private HostHome home;

    @BeforeEach
    void start() {
        home = new HostHome(EmbeddedHost.start(HostOptions.of(folder.resolve("home"))), folder);
    }

    @AfterEach
    void stop() {
        home.host().close(Duration.ZERO);
    }

    private Path file(String instance) {
        return home.host().home().instances().resolve(instance + ".yaml");
    }

    private void refuses(String reason, Object... settings) {
        String before = home.ask("conf/m");
        assertThatThrownBy(() -> home.configure("conf", settings))
                .isInstanceOf(HostException.class)
                .hasMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
        assertThat(home.ask("conf/m")).isEqualTo(before);
    }

    @Test
    void aRequiredSettingIsNamedWithTheCommandAndConfiguringItServesAtOnce() throws IOException {
        assertThat(home.install(configurable()).state()).isEqualTo(BindingState.ACTIVE);
        String needs = "api_key needs a value: bindery config conf api_key=…";
        assertThat(home.binding("conf").reason()).isEqualTo(needs);
        assertThat(home.instance("conf").state()).isEqualTo(InstanceState.NEEDS_CONFIGURATION);
        assertThat(home.instance("conf").reason()).isEqualTo(needs);
        assertThatThrownBy(() -> home.ask("conf/m"))
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED))
                .hasMessageContaining(needs);

        assertThat(home.configure("conf", "api_key", SECRET, "tags", "a, b").state())
                .isEqualTo(InstanceState.ACTIVE);
        assertThat(home.ask("conf/m")).isEqualTo("plain 5 [a, b]");
        assertThat(home.binding("conf").reason()).isEmpty();

        InstanceChange second =
                new InstanceChange(
                        Optional.of("conf"),
                        Map.of("api_key", JsonValue.of("other"), "size", JsonValue.of("7")),
                        Optional.empty(),
                        Optional.of("m"),
                        Map.of("gpt-3.5", "m"),
                        Map.of("concurrency", JsonValue.of(2)));
        home.host().instances().configure("second", second);
        assertThat(home.ask("second/m")).isEqualTo("plain 7 []");
        assertThat(home.ask("second")).isEqualTo("plain 7 []");
        assertThat(home.ask("gpt-3.5")).isEqualTo("plain 7 []");
        assertThat(home.ask("m")).as("the first instance has the bare name").startsWith("plain 5");
        assertThatThrownBy(() -> home.ask("conf"))
                .hasMessageEndingWith("one of its models: conf/m");
        assertThat(home.instance("second").limits().concurrency()).isEqualTo(2);
        assertThat(Files.readString(file("second"))).contains("gpt-3.5: m");

        home.host().instances().remove("second");
        assertThat(home.host().instances().find("second")).isEmpty();
        assertThatThrownBy(() -> home.ask("second/m")).hasMessageContaining("there are: conf/m");
    }

    @Test
    void secretsAreMaskedEverywhereAndKeptApart() throws IOException {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET);
        assertThat(home.instance("conf").settings().text("api_key")).hasValue("***");
        assertThat(home.instance("conf").health().reason()).isEqualTo("key ***");
        assertThat(file("conf")).content().doesNotContain(SECRET);
        Path secrets = home.host().home().secrets().resolve("instances/conf.yaml");
        assertThat(secrets).content().contains(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rw-------");
        var failing = HostHome.request("conf/m").toBuilder().maxTokens(1).build();
        assertThatThrownBy(() -> home.host().models().generate(failing, _ -> true))
                .hasMessageContaining("with ***");
        refuses("the key *** is wrong", "api_key", "bad" + SECRET, "mode", "loud");
        assertThat(home.events()).contains("using key ***").doesNotContain(SECRET);

        home.configure("conf", "api_key", "");
        assertThat(home.instance("conf").settings().text("api_key")).hasValue("");
    }

    @Test
    void aSecretMovesToNoOtherAddressByItself() throws IOException {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET);
        home.configure("conf", "base_url", "https://API.example.org:443/v2");
        refuses(
                "base_url would move from https://api.example.org to https://evil.example.net, but api_key was given for the old address",
                "base_url",
                "https://evil.example.net/v1");
        home.configure("conf", "base_url", "http://my_server:1", "api_key", "new-key");
        refuses("would move from http://my_server:1", "base_url", "http://my_other:1");
    }

    @Test
    void anEditOfTheFileSendsNoSecretElsewhereEither() throws IOException {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET, "size", 4);
        String good = Files.readString(file("conf"));
        editIsRefused(
                good + "  base_url: https://evil.example.net/v1\n",
                "but api_key was given for the old address");
        Files.writeString(file("conf"), good + "  base_url: https://api.example.org/v2\n");
        Wait.until("the report is gone", () -> home.instance("conf").reason().isEmpty());
        assertThat(home.ask("conf/m")).isEqualTo("plain 4 []");
    }

    @Test
    void wrongValuesAreRefusedWithWhatIsAllowedAndChangeNothing() throws IOException {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET);
        String before = Files.readString(file("conf"));
        Path secrets = home.host().home().secrets().resolve("instances/conf.yaml");
        String secretsBefore = Files.readString(secrets);
        refuses("there is no setting colour; there are: api_key, base_url, size", "colour", "red");
        refuses("size: 11 is out of range: from 1 to 10", "size", "11");
        refuses("size: \"many\" is not a whole number from 1 to 10", "size", "many");
        refuses("mode: \"quiet\" is not one of plain, loud", "mode", "quiet");
        refuses("read only from conf/instances/", "api_key", "${env:HOME}");
        refuses("size 9 with key ***", "size", 9, "api_key", SECRET + "2");
        assertThat(file("conf")).hasContent(before);
        assertThat(secrets).hasContent(secretsBefore);
        InstanceChange limits =
                new InstanceChange(
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Map.of("concurrency", JsonValue.of(0)));
        assertThatThrownBy(() -> home.host().instances().configure("conf", limits))
                .hasMessageContaining("concurrency: found 0, expected a whole number from 1");
    }

    @Test
    void settingsApplyLiveOrByAFreshInstance() {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET, "ratio", "1", "on", "yes");
        assertThat(home.instance("conf").settings().flag("on")).hasValue(true);
        int generation = home.binding("conf").generation();
        home.configure("conf", "size", "6");
        assertThat(home.ask("conf/m")).isEqualTo("plain 6 []");
        home.configure("conf", "mode", "loud");
        assertThat(home.ask("conf/m")).isEqualTo("loud 6 []");
        home.configure("conf", "size", null);
        assertThat(home.ask("conf/m")).isEqualTo("loud 5 []");
        assertThat(home.binding("conf").generation()).isEqualTo(generation);
    }

    @Test
    void changesAtTheSameTimeAreAllKept() throws InterruptedException {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET);
        CountDownLatch go = new CountDownLatch(1);
        List<Runnable> changes =
                List.of(
                        () -> home.configure("conf", "size", 3),
                        () -> home.configure("conf", "tags", "x"),
                        () -> home.configure("conf", "mode", "loud"));
        List<Thread> threads =
                changes.stream()
                        .map(change ->
                                Thread.startVirtualThread(() -> {
                                    try {
                                        go.await();
                                        change.run();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                }))
                        .toList();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(home.ask("conf/m")).isEqualTo("loud 3 [x]");
    }

    @Test
    void theFileMayBeEditedByHandAndKeepsItsComments() throws IOException {
        Files.writeString(file("conf"), "# mine alone\n");
        home.install(configurable());
        home.configure("conf", "api_key", SECRET);
        assertThat(file("conf")).content().startsWith("# mine alone\n").contains("binding: conf");
        Files.writeString(
                file("conf"), "# mine\nbinding: conf\nsettings:\n  # a few\n  size: 4 # four\n");
        Wait.until("the edit serves", () -> home.answers("conf/m", "plain 4 []"));
        home.configure("conf", "size", 6, "mode", "loud");
        assertThat(file("conf"))
                .content()
                .contains("# mine", "# a few", "size: 6 # four", "mode: loud")
                .doesNotContain(SECRET);
    }

    @Test
    void aWrongEditIsReportedWithItsLineAndTheOldSettingsStay() throws IOException {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET, "size", 4);
        String good = Files.readString(file("conf"));
        editIsRefused(
                "binding: conf\nsettings:\n  size: 99\n",
                "line 3: settings.size: size: 99 is out of range");
        editIsRefused("binding: conf\nsettings: [\n", "not valid YAML");
        editIsRefused("binding: conf\nsetings: {}\n", "line 2: setings: unknown field");
        editIsRefused(
                "binding: conf\nlimits: {concurrency: 99999999999}\n",
                "line 2: limits.concurrency");
        assertThatThrownBy(() -> home.configure("conf", "size", 5))
                .hasMessageContaining("correct the file first");
        home.host().bindings().reload("conf");
        assertThat(home.ask("conf/m")).isEqualTo("plain 4 []");
        Files.writeString(file("conf"), good);
        Wait.until("the report is gone", () -> home.instance("conf").reason().isEmpty());
        home.configure("conf", "size", 5);
        assertThat(home.ask("conf/m")).isEqualTo("plain 5 []");
    }

    private void editIsRefused(String text, String report) throws IOException {
        Files.writeString(file("conf"), text);
        Wait.until(
                "it is reported: " + report, () -> home.instance("conf").reason().contains(report));
        assertThat(home.instance("conf").state()).isEqualTo(InstanceState.ACTIVE);
        assertThat(home.ask("conf/m")).isEqualTo("plain 4 []");
    }

    @Test
    void anInstanceWhoseFileIsRenamedServesUnderItsNewName() throws IOException {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET);
        InstanceChange second =
                new InstanceChange(
                        Optional.of("conf"),
                        Map.of("api_key", JsonValue.of("other"), "size", JsonValue.of("7")),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Map.of());
        home.host().instances().configure("second", second);
        Files.move(file("second"), file("renamed"));
        Wait.until(
                "it waits for its secret under the new name",
                () ->
                        home.host().instances().find("second").isEmpty()
                                && home.host().instances().find("renamed").stream()
                                        .anyMatch(one ->
                                                one.state() == InstanceState.NEEDS_CONFIGURATION));
        home.configure("renamed", "api_key", "other");
        assertThat(home.ask("renamed/m")).isEqualTo("plain 7 []");
    }

    @Test
    void everyInstanceThatIsRemovedIsStoppedToo() {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET);
        InstanceChange again =
                new InstanceChange(
                        Optional.of("conf"),
                        Map.of("api_key", JsonValue.of("other")),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Map.of());
        for (int i = 0; i < 30; i++) {
            home.host().instances().configure("second", again);
            home.host().instances().remove("second");
            assertThat(home.host().models().models())
                    .extracting(ServedModel::instance)
                    .doesNotContain("second");
        }
        assertThat(home.events().lines().filter(line -> line.startsWith("instance/STOPPED second")))
                .hasSize(30);
    }

    @Test
    void limitsAndAliasesChangeWithoutAFreshInstance() {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET);
        InstanceChange change =
                new InstanceChange(
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("fast", "m"),
                        Map.of("queue", JsonValue.of("0"), "idle_s", JsonValue.of(3)));
        home.host().instances().configure("conf", change);
        assertThat(home.instance("conf").limits().queue()).isZero();
        assertThat(home.instance("conf").limits().idle()).hasSeconds(3);
        assertThat(home.ask("fast")).isEqualTo("plain 5 []");
    }

    @Test
    void limitsInTheFileHoldForTheSameInstance() throws IOException {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET);
        String before = Files.readString(file("conf"));
        Files.writeString(
                file("conf"),
                before
                        + "limits: # few\n  concurrency: 3\n  queue: 1\n  first_token_s: 5\n"
                        + "  idle_s: 6\n  total_s: 70\n  unload_after_s: 80\n  retries: 0\n");
        Limits wanted =
                new Limits(
                        3,
                        1,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(70),
                        Optional.of(Duration.ofSeconds(80)),
                        0);
        Wait.until("they hold", () -> home.instance("conf").limits().equals(wanted));
        assertThat(home.events().split("using key")).as("it was started once").hasSize(2);
        Files.writeString(file("conf"), before);
        Wait.until("they are gone", () -> home.instance("conf").limits().idle().toMinutes() == 2);
    }

    @Test
    void damagedSecretsAreSaidByTheirInstanceAndTheListStillWorks() throws IOException {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET);
        Files.writeString(
                home.host().home().secrets().resolve("instances/conf.yaml"), "api_key: [");
        assertThat(home.host().instances().list()).hasSize(1);
        home.host().bindings().reload("conf");
        assertThat(home.binding("conf").reason()).contains("the secrets of conf in");
        assertThat(home.ask("conf/m")).isEqualTo("plain 5 []");
    }

    @Test
    void aDisabledInstanceDoesNotServeUntilItIsEnabled() {
        home.install(configurable());
        home.configure("conf", "api_key", SECRET);
        assertThat(enabled(false)).isEqualTo(InstanceState.DISABLED);
        assertThatThrownBy(() -> home.ask("conf/m")).hasMessageContaining("DISABLED");
        assertThat(enabled(true)).isEqualTo(InstanceState.ACTIVE);
        assertThat(home.ask("conf/m")).isEqualTo("plain 5 []");
    }

    private InstanceState enabled(boolean enabled) {
        InstanceChange change =
                new InstanceChange(
                        Optional.empty(),
                        Map.of(),
                        Optional.of(enabled),
                        Optional.empty(),
                        Map.of(),
                        Map.of());
        return home.host().instances().configure("conf", change).state();
    }
}
