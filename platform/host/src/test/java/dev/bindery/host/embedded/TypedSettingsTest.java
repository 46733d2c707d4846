package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonValue;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceState;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings as people type them: lists, and paths to files and folders of the host. */
class TypedSettingsTest {
    private static final String SETTINGS =
            """
            settings:
              - {name: words, type: list, value: [], help: "Words"}
              - {name: page, type: file, value: "", help: "A file that is there"}
              - {name: shelf, type: folder, value: "", help: "A folder"}
              - {name: heat, type: int, value: 1, help: "Another"}
            """;

    @TempDir static Path folder;
    private static HostHome home;

    @BeforeAll
    static void start() {
        home = new HostHome(EmbeddedHost.start(HostOptions.of(folder.resolve("home"))), folder);
        home.install(
                BindingJar.answering("hi", "1.0.0", "hi")
                        .card("hi", "1.0.0", new String[] {SETTINGS}));
    }

    @AfterAll
    static void stop() {
        home.host().close(Duration.ZERO);
    }

    private static List<Object> words() {
        JsonArray words = home.instance("hi").settings().array("words");
        return words.items().stream().map(JsonValue::toJava).toList();
    }

    @Test
    void aListIsWordsBetweenCommasOrJson() {
        home.configure("hi", "words", "one, two,");
        assertThat(words()).containsExactly("one", "two");

        home.configure("hi", "words", " [\"/a, b\", \"/c\\u00e9\"] ");
        assertThat(words()).containsExactly("/a, b", "/cé");

        home.configure("hi", "words", "[]");
        assertThat(words()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"one\"", "[1, 2]", "[one], two", "[{}]"})
    void whatBeginsAsJsonAndIsNoListOfTextsIsRefused(String text) {
        assertThatThrownBy(() -> home.configure("hi", "words", text))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("words: ")
                .hasMessageContaining("is not a list of texts");
    }

    @Test
    void aPathThatIsNotThereIsRefusedWhenItIsSet() throws IOException {
        Path page = Files.writeString(folder.resolve("page.txt"), "x");

        assertThatThrownBy(
                        () -> home.configure("hi", "page", folder.resolve("pgae.txt").toString()))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("page: there is no file " + folder.resolve("pgae.txt"))
                .hasMessageContaining("conf/instances/");
        assertThatThrownBy(() -> home.configure("hi", "page", folder.toString()))
                .hasMessageContaining("is a folder; name a file");
        assertThatThrownBy(() -> home.configure("hi", "shelf", page.toString()))
                .hasMessageContaining("is a file; name a folder");
        Path deep = folder.resolve("no/where");
        assertThatThrownBy(() -> home.configure("hi", "shelf", deep.toString()))
                .hasMessageContaining("neither %s nor %s".formatted(deep, deep.getParent()));
        assertThatThrownBy(() -> home.configure("hi", "page", "a\0b"))
                .hasMessageContaining("page: this is no path");

        home.configure("hi", "page", page.toString(), "shelf", folder.resolve("new").toString());
        assertThat(home.instance("hi").settings().text("page")).contains(page.toString());
        home.configure("hi", "page", "", "shelf", "");
    }

    @Test
    void aPathThatWentAwayHoldsUpNoOtherChange() throws IOException {
        Path page = Files.writeString(folder.resolve("brief.txt"), "x");
        home.configure("hi", "page", page.toString());
        Files.delete(page);

        home.configure("hi", "page", page.toString(), "heat", 2);

        assertThat(home.instance("hi").settings().whole("heat")).hasValue(2);
        home.configure("hi", "page", "");
    }

    @Test
    void aFileOfConfInstancesMayNameWhatIsMountedLater() throws Exception {
        Files.writeString(
                folder.resolve("home/conf/instances/later.yaml"),
                "binding: hi\nsettings: {page: /not/there/yet}\n");

        Wait.until(
                "it is started",
                () ->
                        home.host()
                                .instances()
                                .find("later")
                                .filter(found -> found.state() == InstanceState.ACTIVE)
                                .isPresent());
        assertThat(home.instance("later").settings().text("page")).contains("/not/there/yet");
    }
}
