package dev.bindery.host.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Host;
import dev.bindery.host.embedded.ImpatientHost;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A host whose {@link Neighbours} are asked during every test, and must answer in every one. */
final class FaultyHost
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final int BEATS = 20;

    private final Supplier<Path> folder;
    private final AtomicInteger lastId = new AtomicInteger();
    private HostHome home;
    private Neighbours neighbours;
    private long answeredBefore;

    /**
     * @param folder where the test may write; asked once the tests begin
     */
    FaultyHost(Supplier<Path> folder) {
        this.folder = folder;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        home = new HostHome(ImpatientHost.start(folder.get().resolve("home")), folder.get());
        neighbours = new Neighbours(home);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        answeredBefore = neighbours.answered();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Wait.until("the neighbours answer", () -> neighbours.answered() >= answeredBefore + BEATS);
        assertThat(neighbours.failures()).as("of the neighbours").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        neighbours.stop();
        home.host().close(Duration.ZERO);
    }

    HostHome home() {
        return home;
    }

    Host host() {
        return home.host();
    }

    /** A name that no other test of this host has. */
    String newId() {
        return "bad-" + lastId.incrementAndGet();
    }

    /** Installs a binding with that class body; answers its id. */
    String install(String body) {
        String id = newId();
        home.install(BindingJar.of(id, "1.0.0", body));
        return id;
    }

    /** Installs a binding with one model, {@code m}, that generates so; answers its id. */
    String installGenerating(String generate) {
        String id = newId();
        home.install(BindingJar.generating(id, "1.0.0", generate));
        return id;
    }

    /** Installs a binding that generates so, and calls it once. */
    String answerOf(String generate) {
        return home.ask(installGenerating(generate) + "/m");
    }

    /** Installs a binding that generates so, and calls it once: it fails. */
    BindingException failureOf(String generate) {
        return failure(installGenerating(generate));
    }

    BindingException failure(String id) {
        return catchThrowableOfType(BindingException.class, () -> home.ask(id + "/m"));
    }

    BindingStatus status(String id) {
        return home.binding(id);
    }
}
