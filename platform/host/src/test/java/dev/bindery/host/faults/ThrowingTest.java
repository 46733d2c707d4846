package dev.bindery.host.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.BindingState;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.Wait;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is thrown, wherever it is thrown. */
class ThrowingTest {
    /** One binding that throws what a file in its jar says, where it says so. */
    private static final String BODY =
            """
            static class Odd extends Error {
                public String getMessage() { throw new LinkageError("no message"); }
                public String toString() { throw new LinkageError("no text"); }
            }
            static void fail(String place, String wanted) {
                if (!place.equals(wanted)) return;
                switch (ERROR) {
                    case 0 -> throw new Error("thrown");
                    case 1 -> throw new StackOverflowError("thrown");
                    case 2 -> throw new NoClassDefFoundError("thrown/Away");
                    case 3 -> Sample.<RuntimeException>sneak(new Exception("thrown"));
                    case 4 -> throw new OutOfMemoryError("thrown");
                    default -> throw new Odd();
                }
            }
            @SuppressWarnings("unchecked") static <T extends Throwable> void sneak(Throwable t) throws T { throw (T) t; }
            static final String PLACE = told(0);
            static final int ERROR = Integer.parseInt(told(1));
            static String told(int word) {
                try (var in = Sample.class.getResourceAsStream("/fault.txt")) {
                    return new String(in.readAllBytes()).split(" ")[word];
                } catch (java.io.IOException e) { throw new AssertionError(e); }
            }
            static { fail(PLACE, "static"); }
            public Sample() { fail(PLACE, "constructor"); }
            public void install() { fail(PLACE, "install"); }
            public void start(BindingContext context) { fail(PLACE, "start"); }
            public void stop() { fail(PLACE, "stop"); }
            public Health health() { fail(PLACE, "health"); return Health.UP; }
            public boolean settingsUpdated(TypedConfig updated) { fail(PLACE, "settingsUpdated"); return true; }
            public List<String> listModels() { fail(PLACE, "listModels"); return List.of("m"); }
            public List<ModelInfo> availableModels() { fail(PLACE, "availableModels"); return List.of(ModelInfo.of("m")); }
            public TokenCount countTokens(GenerationRequest request) { fail(PLACE, "countTokens"); return TokenCount.exactly(1); }
            public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
                fail(PLACE, "generate");
                if (PLACE.equals("afterSome")) { callback.chunk("some"); fail(PLACE, "afterSome"); }
                return GenerationResult.of("fine");
            }
            """;

    private static final int ERRORS = 6;

    @TempDir static Path folder;
    @RegisterExtension static final FaultyHost faulty = new FaultyHost(() -> folder);

    private static String throwing(String place, int error) {
        String id = faulty.newId();
        faulty.home()
                .install(
                        BindingJar.of(id, "1.0.0", BODY)
                                .text("fault.txt", place + " " + error)
                                .text(
                                        "config.yaml",
                                        BindingJar.card(
                                                id,
                                                "1.0.0",
                                                "models: open\nsettings: [{name: word, type: str}]")));
        return id;
    }

    @ParameterizedTest
    @ValueSource(strings = {"static", "constructor", "install", "start"})
    void aBindingThatThrowsAtItsStartFailsWithASentence(String place) {
        for (int error = 0; error < ERRORS; error++) {
            String id = throwing(place, error);
            assertThat(faulty.status(id).state()).isEqualTo(BindingState.FAILED);
            assertThat(faulty.status(id).reason()).isNotBlank();
            assertThat(faulty.status(id).reason().lines()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "afterSome"})
    void aCallThatThrowsFailsAloneWithoutAnythingOfTheBindingsClasses(String place) {
        for (int error = 0; error < ERRORS; error++) {
            String id = throwing(place, error);
            BindingException failure = faulty.failure(id);
            assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(failure).hasMessageContaining("the binding failed: ").hasNoCause();
            assertThat(failure.getSuppressed()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"listModels", "availableModels", "health", "countTokens", "stop"})
    void whatThrowsBesideTheCallsLeavesTheCallsAlone(String place) {
        for (int error = 0; error < ERRORS; error++) {
            String id = throwing(place, error);
            assertThat(faulty.home().ask(id + "/m")).isEqualTo("fine");
            assertThat(faulty.host().instances().list()).isNotEmpty();
            faulty.home().uninstall(id);
            Wait.until("it is gone", () -> faulty.host().bindings().find(id).isEmpty());
        }
    }

    @Test
    void settingsThatTheBindingChokesOnAreRefusedAndTheOldOnesStayInForce() {
        for (int error = 0; error < ERRORS; error++) {
            String id = throwing("settingsUpdated", error);
            assertThatThrownBy(() -> faulty.home().configure(id, "word", "new"))
                    .hasMessageContaining("settingsUpdated failed")
                    .hasMessageContaining("nothing was changed");
            assertThat(faulty.home().ask(id + "/m")).isEqualTo("fine");
            assertThat(faulty.home().instance(id).settings().toString()).doesNotContain("new");
        }
    }

    @Test
    void anExceptionInACancellationListenerHarmsNobody() {
        String id =
                faulty.installGenerating(
                        """
                        request.cancellation().onCancel(() -> { throw new StackOverflowError("listener"); });
                        while (callback.chunk("x")) Thread.sleep(1);
                        return GenerationResult.of("");
                        """);
        for (int i = 0; i < 3; i++) {
            List<String> heard = new java.util.ArrayList<>();
            faulty.host()
                    .models()
                    .generate(
                            dev.bindery.host.fixture.HostHome.request(id + "/m"),
                            operation -> heard.add(operation.text()) && heard.size() < 3);
            assertThat(heard).hasSize(3);
        }
    }
}
