package dev.bindery.binding.router;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.Message;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** A real host with the router and targets aa, bb and cc; cc calls its model n. */
final class RoutedHost implements AutoCloseable {
    private final Path folder;
    private final Host host;

    RoutedHost(Path folder) throws IOException {
        this.folder = folder;
        host = EmbeddedHost.start(HostOptions.of(folder.resolve("home")));
        host.bindings().install(TestJar.ofModule(folder.resolve("router.jar")));
        target("aa", "1.0.0", "");
        target("bb", "1.0.0", "");
        target("cc", "1.0.0", ", images");
        set("cc", "model", "n");
        calls("router", "aa", "bb/*", "cc");
    }

    Host host() {
        return host;
    }

    void target(String id, String version, String more) throws IOException {
        Path jar = folder.resolve("incoming-%s.jar".formatted(id));
        host.bindings().install(Jars.target(jar, id, version, more));
    }

    void calls(String instance, String... calls) {
        host.instances().configure(instance, InstanceChange.calls(new Reach(List.of(calls))));
    }

    void script(String instance, String script) {
        set(instance, "script", script);
    }

    void set(String instance, String name, Object value) {
        host.instances()
                .configure(instance, InstanceChange.settings(Map.of(name, JsonValue.of(value))));
    }

    /** Sets the routes: names and JSON in turn. */
    void routes(Object... namesAndRoutes) {
        JsonObject routes = JsonObject.EMPTY;
        for (int i = 0; i < namesAndRoutes.length; i += 2) {
            routes = routes.with((String) namesAndRoutes[i], namesAndRoutes[i + 1]);
        }
        set("router", "routes", routes);
    }

    /** Other limits of the breaker forget what it knew, so that no test suffers from another. */
    void everyTargetIsWell() {
        for (String target : List.of("aa", "bb", "cc")) {
            script(target, "ok");
        }
        routes("first", List.of("aa/m", "bb/m"), "alone", List.of("aa/m"));
        set("router", "breaker_failures", 999);
        set("router", "breaker_failures", 1000);
        set("router", "first_token_s", 0);
        set("router", "target_retries", 0);
    }

    static GenerationRequest.Builder request(String model) {
        return GenerationRequest.chat(model, List.of(Message.user("who?")));
    }

    GenerationResult result(GenerationRequest request) {
        return host.models().generate(request, _ -> true);
    }

    String ask(String model) {
        return result(request(model).build()).text();
    }

    BindingException failure(String model) {
        return failure(request(model).build(), new ArrayList<>());
    }

    BindingException failure(GenerationRequest request, List<String> heard) {
        return catchThrowableOfType(
                BindingException.class,
                () ->
                        host.models()
                                .generate(
                                        request,
                                        operation -> {
                                            heard.add(operation.text());
                                            return true;
                                        }));
    }

    /** How often the target was asked for an answer, or did something else that it notes. */
    long noted(String instance, String what) throws IOException {
        Path file = host.home().data().resolve(instance).resolve(what);
        return Files.exists(file) ? Files.size(file) : 0;
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 30 s: " + what);
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        host.close(Duration.ZERO);
    }
}
