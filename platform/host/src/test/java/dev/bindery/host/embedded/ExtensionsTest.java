package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.Shell;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.Wait;
import dev.bindery.host.generation.LifecycleLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles in the folder of extensions, on a real host. */
class ExtensionsTest {
    @TempDir Path home;
    @TempDir Path jars;
    private EmbeddedHost host;

    @BeforeEach
    void start() {
        host = EmbeddedHost.start(HostOptions.of(home), LifecycleLimits.DEFAULT);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    /** A bundle with a command {@code test:say}, whose activator begins with that statement. */
    private Path bundle(String version, String statement, String said) {
        return BindingJar.of(
                        "none",
                        "1.0.0",
                        "public List<String> listModels() { return null; }"
                                + "public GenerationResult generate(GenerationRequest r,"
                                + " GenerationCallback c) { return null; }")
                .without("config.yaml")
                .without("META-INF/services/dev.bindery.api.LlmBinding")
                .without("sample/Sample.class")
                .source(
                        "test.Start",
                        """
                        package test;
                        import java.util.*;
                        import org.osgi.framework.*;
                        import org.osgi.service.event.*;
                        public class Start implements BundleActivator, EventHandler {
                            private final StringBuffer heard = new StringBuffer("%s");
                            public void start(BundleContext context) throws Exception {
                                %s
                                Hashtable<String, Object> events = new Hashtable<>();
                                events.put(EventConstants.EVENT_TOPIC, "dev/bindery/*");
                                context.registerService(EventHandler.class, this, events);
                                Hashtable<String, Object> command = new Hashtable<>();
                                command.put("osgi.command.scope", "test");
                                command.put("osgi.command.function", "say");
                                context.registerService(Object.class, this, command);
                            }
                            public void stop(BundleContext context) {}
                            public void handleEvent(Event event) {
                                heard.append(' ').append(event.getTopic()).append('=')
                                    .append(event.getProperty("binding"));
                            }
                            public String say() { return heard.toString(); }
                        }
                        """
                                .formatted(said, statement))
                .text(
                        "META-INF/MANIFEST.MF",
                        """
                        Manifest-Version: 1.0
                        Bundle-ManifestVersion: 2
                        Bundle-SymbolicName: test.extension
                        Bundle-Version: %s
                        Bundle-Activator: test.Start
                        Import-Package: org.osgi.framework,org.osgi.service.event,dev.bindery.host

                        """
                                .formatted(version))
                .writeTo(jars.resolve("made-" + version + ".jar"));
    }

    private void drop(Path jar) throws IOException {
        Files.move(
                Files.copy(
                        jar, home.resolve("extensions/.part"), StandardCopyOption.REPLACE_EXISTING),
                home.resolve("extensions/test.jar"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private String events() {
        StringBuilder all = new StringBuilder();
        host.events()
                .after(0)
                .forEach(event ->
                        all.append(
                                "%s %s %s\n"
                                        .formatted(
                                                event.topic(), event.subject(), event.message())));
        return all.toString();
    }

    private String say() {
        StringBuilder said = new StringBuilder();
        try (Shell.Session session = host.shell().open()) {
            Optional<String> failure = session.run("test:say", said::append);
            return failure.orElseGet(said::toString);
        }
    }

    private void awaitEvent(String text) {
        Wait.until(text, () -> events().contains(text));
    }

    @Test
    void itsCommandsAndItsEarsComeAndGoWithItsJar() throws IOException {
        drop(bundle("1.0.0", "", "first"));
        awaitEvent("extension/ACTIVE test.jar test.extension 1.0.0 is started");
        host.bindings()
                .install(BindingJar.answering("hi", "1.0.0", "x").writeTo(jars.resolve("h.jar")));
        Wait.until("it heard", () -> say().contains("dev/bindery/binding/ACTIVE=hi"));
        assertThat(say()).startsWith("first").contains("dev/bindery/instance/ACTIVE=hi");

        drop(bundle("2.0.0", "", "second"));
        awaitEvent("test.extension 2.0.0 is started");
        assertThat(say()).startsWith("second");

        Files.delete(home.resolve("extensions/test.jar"));
        awaitEvent("extension/REMOVED test.jar");
        assertThat(say()).contains("no command test:say");
    }

    @Test
    void itFindsTheDoorsOfTheHost() throws IOException {
        drop(
                bundle(
                        "1.0.0",
                        """
                        var found = context.getServiceReference(dev.bindery.host.Bindings.class);
                        heard.append(context.getService(found).list().size());
                        """,
                        "bindings: "));
        awaitEvent("extension/ACTIVE");
        assertThat(say()).startsWith("bindings: 0");
    }

    @Test
    void oneThatIsThereAtTheStartHearsTheBindingsStart() throws IOException {
        host.bindings()
                .install(BindingJar.answering("hi", "1.0.0", "x").writeTo(jars.resolve("h.jar")));
        host.close();
        drop(bundle("1.0.0", "", "early"));
        host = EmbeddedHost.start(HostOptions.of(home), LifecycleLimits.DEFAULT);
        host.awaitSettled();
        Wait.until("it heard", () -> say().contains("dev/bindery/binding/ACTIVE=hi"));
    }

    @Test
    void aBrokenOneHarmsNothingAndTheOperatorIsTold() throws IOException {
        drop(bundle("1.0.0", "if (true) throw new StackOverflowError(\"broken\");", ""));
        awaitEvent("extension/FAILED test.jar");
        assertThat(events()).contains("broken");
        drop(jar("Bundle-SymbolicName: a\nImport-Package: not.there\n"));
        awaitEvent("not.there");
        drop(jar(""));
        awaitEvent("it is no OSGi bundle");
        drop(jar("Bundle-SymbolicName: a\nFragment-Host: system.bundle; extension:=framework\n"));
        awaitEvent("it is a fragment");
        Files.writeString(home.resolve("extensions/test.jar"), "no zip at all");
        awaitEvent("it is no jar");
        drop(bundle("3.0.0", "", "healed"));
        awaitEvent("test.extension 3.0.0 is started");
        assertThat(say()).startsWith("healed");
    }

    private Path jar(String headers) {
        return BindingJar.of(
                        "none",
                        "1.0.0",
                        "public List<String> listModels() { return null; }"
                                + "public GenerationResult generate(GenerationRequest r,"
                                + " GenerationCallback c) { return null; }")
                .text(
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\n" + headers + "\n")
                .writeTo(jars.resolve("made.jar"));
    }

    @Test
    void aFolderThatOthersCanWriteToIsRefused() throws IOException {
        Path folder = home.resolve("extensions");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        drop(bundle("1.0.0", "", "never"));
        awaitEvent("extension/REFUSED test.jar others can write to");
        assertThat(say()).contains("no command");
        host.close();
        assertThatThrownBy(() -> EmbeddedHost.start(HostOptions.of(home)))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("chmod go-w " + folder);
    }
}
