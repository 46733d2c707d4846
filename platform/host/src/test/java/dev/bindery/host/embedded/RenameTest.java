package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceState;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances that get another name while they serve. */
class RenameTest {
    @TempDir Path folder;
    private HostHome home;

    /** Says its name, its secret and what it keeps; with a limit of tokens it says so twice. */
    private static BindingJar keeping(String swap) {
        return BindingJar.of(
                        "keeps",
                        "1.0.0",
                        """
                        public void start(BindingContext c) throws Exception {
                            if (c.instance().equals("cursed")) throw new IllegalStateException("not under this name");
                            Path note = c.dataDirectory().resolve("note");
                            if (!Files.exists(note)) Files.writeString(note, "made by " + c.instance());
                        }
                        public List<String> listModels() { return List.of("m"); }
                        String say() throws Exception {
                            return context().instance() + " " + context().config().string("key") + ", "
                                + Files.readString(context().dataDirectory().resolve("note")) + ". ";
                        }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) throws Exception {
                            String first = say();
                            c.chunk(first);
                            if (r.maxTokens().isEmpty()) return GenerationResult.of(first);
                            while (!Files.exists(context().dataDirectory().resolve("go"))) Thread.sleep(5);
                            String second = say();
                            c.chunk(second);
                            return GenerationResult.of(first + second);
                        }
                        """
                                .replace("Path note", "java.nio.file.Path note")
                                .replace("Files.", "java.nio.file.Files."))
                .text(
                        "config.yaml",
                        BindingJar.card(
                                "keeps",
                                "1.0.0",
                                "swap: %s\nsettings: [{name: key, type: str, value: none, secret: true}]"
                                        .formatted(swap)));
    }

    @BeforeEach
    void start() {
        home = new HostHome(EmbeddedHost.start(HostOptions.of(folder.resolve("home"))), folder);
    }

    @AfterEach
    void stop() {
        home.host().close(Duration.ZERO);
    }

    private Path in(String path) {
        return home.host().home().root().resolve(path);
    }

    private void add(String name) {
        home.host()
                .instances()
                .configure(
                        name,
                        new InstanceChange(
                                Optional.of("keeps"),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                Map.of()));
    }

    private CompletableFuture<String> longCall(String instance, CountDownLatch begun) {
        GenerationRequest request =
                GenerationRequest.chat(instance + "/m", java.util.List.of(Message.user("x")))
                        .maxTokens(1)
                        .build();
        return CompletableFuture.supplyAsync(() ->
                home.host()
                        .models()
                        .generate(
                                request,
                                _ -> {
                                    begun.countDown();
                                    return true;
                                })
                        .text());
    }

    @Test
    void everythingThatItHasComesAlongAndCallsInFlightEndProperly() throws Exception {
        home.install(keeping("overlap"));
        add("work");
        home.configure("work", "key", "s3");
        add("last");
        Files.writeString(
                in("conf/instances/work.yaml"),
                "# mine\n" + Files.readString(in("conf/instances/work.yaml")));
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> call = longCall("work", begun);
        begun.await();

        assertThat(home.host().instances().rename("work", "office").state())
                .isEqualTo(InstanceState.ACTIVE);
        assertThat(home.ask("office/m")).isEqualTo("office s3, made by work. ");
        assertThat(in("conf/instances/office.yaml")).content().startsWith("# mine\n");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(in("secrets/instances/office.yaml"))))
                .isEqualTo("rw-------");
        assertThat(in("conf/instances/work.yaml")).doesNotExist();
        assertThat(in("secrets/instances/work.yaml")).doesNotExist();
        assertThat(home.host().models().models())
                .extracting(model -> model.id())
                .as("the order stays")
                .containsExactly("keeps/m", "office/m", "last/m");
        assertThatThrownBy(() -> home.ask("work/m"))
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND))
                .hasMessageContaining("the instance work is called office now: 'office/m'");
        assertThat(home.host().instances().find("work")).isEmpty();
        assertThat(home.host().instances().renamed("work")).hasValue("office");
        assertThatThrownBy(() -> home.configure("work", "key", "x"))
                .hasMessageContaining("there is no instance work; it is called office now");

        Files.writeString(in("data/office/go"), "");
        assertThat(call.get(30, TimeUnit.SECONDS))
                .isEqualTo("work s3, made by work. work s3, made by work. ");
        Wait.until("nothing is left of the old name", () -> Files.notExists(in("data/work")));
    }

    @Test
    void theNewNameStaysAndTheOldOneMayBeTakenAgain() {
        home.install(keeping("overlap"));
        add("work");
        home.host().instances().rename("work", "office");
        home.host().instances().rename("office", "desk");
        home.host().close(Duration.ZERO);
        start();
        home.host().awaitSettled();
        assertThat(home.ask("desk/m")).isEqualTo("desk none, made by work. ");
        assertThatThrownBy(() -> home.ask("work/m")).hasMessageContaining("called desk now");
        add("work");
        assertThat(home.ask("work/m")).isEqualTo("work none, made by work. ");
        assertThat(in("data/work").toAbsolutePath()).isNotEqualTo(in("data/desk"));
        assertThat(home.host().instances().renamed("work")).isEmpty();
        assertThat(home.host().instances().list()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlap", "exclusive"})
    void whatDoesNotStartUnderItsNewNameKeepsTheOldOne(String swap) {
        home.install(keeping(swap));
        home.configure("keeps", "key", "s1");
        assertThatThrownBy(() -> home.host().instances().rename("keeps", "cursed"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("not under this name")
                .hasMessageContaining("nothing was changed");
        assertThat(home.ask("keeps/m")).isEqualTo("keeps s1, made by keeps. ");
        assertThat(in("data/cursed")).doesNotExist();
        assertThat(home.host().instances().list()).hasSize(1);
        assertThat(home.host().instances().renamed("keeps")).isEmpty();
        home.host().close(Duration.ZERO);
        start();
        home.host().awaitSettled();
        assertThat(home.ask("keeps/m")).isEqualTo("keeps s1, made by keeps. ");
        assertThat(home.host().instances().list()).hasSize(1);
        home.host().instances().rename("keeps", "blessed");
        assertThat(home.ask("blessed/m")).isEqualTo("blessed s1, made by keeps. ");
    }

    @ParameterizedTest
    @CsvSource({
        "keeps, keeps, keeps is its name already",
        "keeps, other, there is an instance other already",
        "keeps, Big Name, 'found the name `Big Name`; an instance''s name has 1 to 40'",
        "keeps, ../x, found the name `../x`",
        "keeps, wrong, there is an instance wrong already",
        "keeps, past, still holds what another instance of the name past has left",
        "nobody, x, there is no instance nobody; there are: keeps",
    })
    void aNameThatCannotBeIsRefused(String name, String to, String reason) throws IOException {
        home.install(keeping("overlap"));
        add("other");
        Files.writeString(in("conf/instances/wrong.yaml"), "binding: [");
        Files.createDirectories(in("data/past/more"));
        assertThatThrownBy(() -> home.host().instances().rename(name, to))
                .isInstanceOf(HostException.class)
                .hasMessageContaining(reason);
        assertThat(home.ask("keeps/m")).startsWith("keeps none");
        assertThat(in("conf/instances/keeps.yaml")).doesNotExist();
    }

    @Test
    void anInstanceThatDoesNotServeIsRenamedToo() {
        home.install(keeping("overlap"));
        add("work");
        InstanceChange off =
                new InstanceChange(
                        Optional.empty(),
                        Map.of(),
                        Optional.of(false),
                        Optional.empty(),
                        Map.of(),
                        Map.of());
        home.host().instances().configure("work", off);
        assertThat(home.host().instances().rename("work", "office").state())
                .isEqualTo(InstanceState.DISABLED);
        home.host().bindings().disable("keeps");
        home.host().instances().rename("office", "desk");
        home.host().bindings().enable("keeps");
        assertThat(home.instance("desk").state()).isEqualTo(InstanceState.DISABLED);
        assertThat(home.host().instances().find("work")).isEmpty();
        assertThat(home.host().instances().find("office")).isEmpty();
    }
}
