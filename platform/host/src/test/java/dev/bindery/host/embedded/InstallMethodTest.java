package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the author's guide says of {@code install()}. */
class InstallMethodTest {
    private static final String SOURCE = "sample.words";

    @TempDir Path folder;
    private HostHome home;

    @BeforeEach
    void start() {
        Host host = EmbeddedHost.start(HostOptions.of(folder.resolve("home")));
        home = new HostHome(host, folder);
    }

    @AfterEach
    void stop() {
        home.host().close();
        System.clearProperty(SOURCE);
    }

    /** As in the guide: the address can be told otherwise, for tests. */
    private static BindingJar fetching() {
        return BindingJar.of(
                "hi",
                "1.0.0",
                """
                private static final String WORDS = System.getProperty("sample.words", "https://example.invalid/words");
                @Override public void install() throws Exception {
                    java.nio.file.Files.writeString(context().dataDirectory().resolve("seen"),
                            context().instance() + " " + context().card().id());
                    context().packages().download(java.net.URI.create(WORDS), null,
                            context().modelsDirectory().resolve("words.txt"), ProgressListener.IGNORE);
                }
                @Override public List<String> listModels() { return List.of("m"); }
                @Override public GenerationResult generate(GenerationRequest request, GenerationCallback callback) throws Exception {
                    Answer answer = new Answer(callback);
                    answer.chunk(java.nio.file.Files.readString(context().modelsDirectory().resolve("words.txt")));
                    return answer.result(FinishReason.STOP);
                }
                """);
    }

    @Test
    void itDownloadsFromAFileWithoutNetworkAndFindsItsFolders() throws Exception {
        Path words = Files.writeString(folder.resolve("words"), "from a file");
        System.setProperty(SOURCE, words.toUri().toString());

        home.install(fetching());

        assertThat(home.ask("hi/m")).isEqualTo("from a file");
        assertThat(folder.resolve("home/models/hi/words.txt")).hasContent("from a file");
        assertThat(folder.resolve("home/data/hi/seen")).hasContent("hi hi");
    }
}
