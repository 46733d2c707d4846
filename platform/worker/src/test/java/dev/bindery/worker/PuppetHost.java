package dev.bindery.worker;

import dev.bindery.api.Cancellation;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonValue;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.embedded.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A whole host that serves puppets. */
final class PuppetHost implements AutoCloseable {
    private final Path folder;
    private final Host host;
    private final HostedJar puppet;

    PuppetHost(Path folder) throws IOException {
        this.folder = folder;
        host = EmbeddedHost.start(HostOptions.of(folder.resolve("home")));
        puppet = HostedJar.ofPuppet(PuppetJar.in(folder));
    }

    Host host() {
        return host;
    }

    BindingStatus install(String name, String version, String isolation) throws IOException {
        return host.bindings()
                .install(
                        puppet.card(card(name, version, isolation))
                                .writeTo(folder.resolve("incoming.jar")));
    }

    private static String card(String name, String version, String isolation) {
        return """
        name: %s
        author: A
        version: %s
        description: hosted
        url: https://e.org
        license: MIT
        isolation: %s
        capabilities: [chat, completion, stream, embeddings, tokenize]
        settings: [{name: colour, type: str, value: red}]
        """
                .formatted(name, version, isolation);
    }

    String ask(String instance, String order) {
        return ask(instance, order, Cancellation.NONE);
    }

    String ask(String instance, String order, Cancellation cancellation) {
        StringBuilder heard = new StringBuilder();
        String text =
                host.models()
                        .generate(
                                GenerationRequest.prompt(instance + "/puppet", order)
                                        .cancellation(cancellation)
                                        .build(),
                                operation -> {
                                    heard.append(operation.text());
                                    return true;
                                })
                        .text();
        if (!heard.isEmpty() && !heard.toString().equals(text)) {
            throw new AssertionError("heard <%s> but was answered <%s>".formatted(heard, text));
        }
        return text;
    }

    InstanceStatus place(String instance, String isolation, String memory) {
        return host.instances()
                .configure(
                        instance,
                        InstanceChange.placement(Optional.of(isolation), Optional.of(memory)));
    }

    /** How often an instance has told that. */
    long heard(String instance, String told) {
        return host.events().after(0).stream()
                .filter(event -> event.subject().equals(instance) && event.message().equals(told))
                .count();
    }

    InstanceStatus limit(String instance, String limit, long value) {
        return host.instances()
                .configure(
                        instance,
                        new InstanceChange(
                                Optional.empty(),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                Map.of(limit, JsonValue.of(value))));
    }

    /** Callers that ask without a pause until they are closed. */
    Load load(String instance, int callers) {
        return new Load(instance, callers);
    }

    @Override
    public void close() {
        host.close(Duration.ZERO);
    }

    /** Calls beside what a test does, and which of them failed. */
    final class Load implements AutoCloseable {
        private final List<Throwable> failures = new CopyOnWriteArrayList<>();
        private final AtomicInteger answered = new AtomicInteger();
        private final List<Thread> callers;
        private volatile boolean over;

        Load(String instance, int count) {
            callers =
                    java.util.stream.IntStream.range(0, count)
                            .mapToObj(i ->
                                    Thread.ofVirtual().start(() -> call(instance, "caller " + i)))
                            .toList();
        }

        private void call(String instance, String text) {
            while (!over) {
                try {
                    String answer = ask(instance, "say " + text + " one two three four five six");
                    if (!answer.equals(text + " one two three four five six")) {
                        throw new AssertionError("wrong answer: " + answer);
                    }
                    answered.incrementAndGet();
                } catch (RuntimeException | AssertionError e) {
                    failures.add(e);
                    return;
                }
            }
        }

        int answered() {
            return answered.get();
        }

        /** Waits until so many more were answered. */
        void await(int more) {
            int enough = answered.get() + more;
            Await.until(() -> answered.get() >= enough || !failures.isEmpty());
        }

        List<Throwable> failures() {
            return failures;
        }

        @Override
        public void close() {
            over = true;
            for (Thread caller : callers) {
                try {
                    caller.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
