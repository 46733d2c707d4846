package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropFolderTest {
    @TempDir Path home;
    private Host host;
    private Path bindings;

    @BeforeEach
    void start() {
        host = EmbeddedHost.start(HostOptions.of(home));
        bindings = home.resolve("bindings");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private String ask(String model) {
        return host.models()
                .generate(
                        GenerationRequest.chat(model, List.of(Message.user("hello"))).build(),
                        _ -> true)
                .text();
    }

    private boolean answers(String model, String text) {
        try {
            return ask(model).equals(text);
        } catch (BindingException e) {
            return false;
        }
    }

    private BindingStatus status(String id) {
        return host.bindings().find(id).orElseThrow();
    }

    @Test
    void aDroppedJarAnswers() {
        BindingJar.answering("hi", "1.0.0", "hello there")
                .writeTo(bindings.resolve("any-name.jar"));
        Wait.until("it answers", () -> answers("hi/m", "hello there"));
        assertThat(host.models().models()).extracting(model -> model.id()).containsExactly("hi/m");
        Wait.until("it is active", () -> status("hi").state() == BindingState.ACTIVE);
    }

    @Test
    void operationsArriveInOrderOnTheThreadThatAsked() {
        BindingJar.answering("hi", "1.0.0", "one two three").writeTo(bindings.resolve("hi.jar"));
        Wait.until("it answers", () -> answers("hi/m", "one two three"));
        List<String> pieces = new ArrayList<>();
        Thread me = Thread.currentThread();
        host.models()
                .generate(
                        GenerationRequest.chat("hi/m", List.of(Message.user("x"))).build(),
                        operation -> {
                            assertThat(Thread.currentThread()).isEqualTo(me);
                            return pieces.add(operation.text());
                        });
        assertThat(pieces).containsExactly("one", " ", "two", " ", "three");
    }

    @Test
    void anOverwrittenJarIsReplacedAndARemovedOneIsGone() throws IOException {
        Path jar = bindings.resolve("hi.jar");
        BindingJar.answering("hi", "1.0.0", "old").writeTo(jar);
        Wait.until("the old one answers", () -> answers("hi/m", "old"));
        BindingJar.answering("hi", "1.1.0", "new").writeTo(jar);
        Wait.until("the new one answers", () -> answers("hi/m", "new"));
        Wait.until("the new one is listed", () -> status("hi").version().equals("1.1.0"));
        Files.delete(jar);
        Wait.until("it is gone", () -> host.bindings().list().isEmpty());
        assertThatThrownBy(() -> ask("hi/m"))
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND));
    }

    @Test
    void aHalfCopiedJarIsWaitedFor() throws IOException {
        byte[] whole = BindingJar.answering("slow", "1.0.0", "done").bytes();
        Path jar = bindings.resolve("slow.jar");
        Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
        Wait.until(
                "it is seen",
                () -> host.bindings().find("slow").filter(s -> !s.reason().isEmpty()).isPresent());
        assertThat(status("slow").state()).isEqualTo(BindingState.STAGED);
        assertThat(status("slow").reason()).contains("not whole yet");
        Files.write(jar, whole);
        Wait.until("it answers", () -> answers("slow/m", "done"));
    }

    @Test
    void aWrongUpdateLeavesTheOldVersionServingAndSaysWhy() {
        Path jar = bindings.resolve("hi.jar");
        BindingJar.answering("hi", "1.0.0", "old").writeTo(jar);
        Wait.until("the old one answers", () -> answers("hi/m", "old"));
        BindingJar.of(
                        "hi",
                        "2.0.0",
                        """
                        public void start(BindingContext c) { throw new IllegalStateException("no luck"); }
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return null; }
                        """)
                .writeTo(jar);
        Wait.until("it is refused", () -> status("hi").reason().contains("no luck"));
        assertThat(status("hi").state()).isEqualTo(BindingState.ACTIVE);
        assertThat(status("hi").version()).isEqualTo("1.0.0");
        assertThat(ask("hi/m")).isEqualTo("old");
    }

    @Test
    void anUnknownModelIsRefusedWithItsNearestName() {
        BindingJar.answering("hi", "1.0.0", "x").writeTo(bindings.resolve("hi.jar"));
        Wait.until("it answers", () -> answers("hi/m", "x"));
        assertThatThrownBy(() -> ask("hii/m"))
                .hasMessageContaining("model 'hii/m' not found")
                .hasMessageContaining("did you mean 'hi/m'?");
    }
}
