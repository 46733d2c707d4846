package dev.bindery.binding.replay;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonValue;
import dev.bindery.api.Message;
import dev.bindery.api.Operation;
import dev.bindery.binding.replay.subject.SubjectBinding;
import dev.bindery.fixture.TestJar;
import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.Reach;
import dev.bindery.host.embedded.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real host with the binding's jar and a subject to record. */
final class ReplayedHost implements AutoCloseable {
    private static final String CARD =
            """
            id: subject
            name: Subject
            author: Tests
            version: 1.0.0
            description: Is recorded
            url: https://example.org
            license: Apache-2.0
            capabilities: [chat, completion, stream, images, tools, reasoning, embeddings, tokenize, corrections, logprobs, candidates, media_output]
            """;

    private final Host host;
    private final Path recordings;

    ReplayedHost(Path folder) throws IOException {
        host = EmbeddedHost.start(HostOptions.of(folder.resolve("home")));
        recordings = folder.resolve("recordings");
        host.bindings().install(TestJar.ofModule(folder.resolve("replay.jar")));
        host.bindings()
                .install(TestJar.of(folder.resolve("subject.jar"), CARD, SubjectBinding.class));
        host.instances().configure("replay", InstanceChange.calls(new Reach(List.of("subject"))));
        set("target", "subject", "folder", recordings.toString());
    }

    Host host() {
        return host;
    }

    Path recordings() {
        return recordings;
    }

    void set(Object... namesAndValues) {
        Map<String, JsonValue> settings = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put((String) namesAndValues[i], JsonValue.of(namesAndValues[i + 1]));
        }
        host.instances().configure("replay", InstanceChange.settings(settings));
    }

    static GenerationRequest.Builder request(String text) {
        return GenerationRequest.chat("replay/m", List.of(Message.user(text)));
    }

    GenerationResult ask(GenerationRequest request, List<Operation> heard) {
        return host.models()
                .generate(
                        request,
                        operation -> {
                            heard.add(operation);
                            return true;
                        });
    }

    String ask(String text) {
        return host.models().generate(request(text).build(), _ -> true).text();
    }

    BindingException failure(GenerationRequest request) {
        return catchThrowableOfType(
                BindingException.class, () -> host.models().generate(request, _ -> true));
    }

    /** How often the subject was asked. */
    long calls() throws IOException {
        Path calls = host.home().data().resolve("subject").resolve("calls");
        return Files.exists(calls) ? Files.size(calls) : 0;
    }

    /** The recordings by name. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(recordings)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public void close() {
        host.close(Duration.ZERO);
    }
}
