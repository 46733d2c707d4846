package dev.bindery.host.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.host.BindingState;
import dev.bindery.host.HostException;
import dev.bindery.host.fixture.BindingJar;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jars and cards that are made to do harm before any code of theirs runs. */
class HostileJarsTest {
    @TempDir static Path folder;
    @RegisterExtension static final FaultyHost faulty = new FaultyHost(() -> folder);

    private static void refused(Path jar, String reason) {
        assertThatThrownBy(() -> faulty.host().bindings().install(jar))
                .isInstanceOf(HostException.class)
                .hasMessageContaining(reason)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(1000));
    }

    private static Path write(BindingJar jar) {
        return jar.writeTo(folder.resolve("hostile.jar"));
    }

    @Test
    void aSignedJarIsTakenAsItWasSignedAndNotOtherwise() throws Exception {
        Path signed =
                SignedJar.of(write(BindingJar.answering("signed", "1.0.0", "as signed")), folder);
        assertThat(faulty.host().bindings().install(signed).state()).isEqualTo(BindingState.ACTIVE);
        assertThat(faulty.home().ask("signed/m")).isEqualTo("as signed");

        refused(
                rewritten(signed, "config.yaml", content -> content.replace("Tests", "Tasts")),
                "its signature is not right");
        refused(
                rewritten(signed, "added.txt", content -> content),
                "its entry `added.txt` is not covered by the signature");
        assertThat(faulty.home().ask("signed/m")).isEqualTo("as signed");
    }

    /** The jar with one entry changed, or added where there was none; every checksum right. */
    private static Path rewritten(
            Path jar, String name, java.util.function.UnaryOperator<String> change)
            throws IOException {
        Path changed = folder.resolve("changed.jar");
        boolean found = false;
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().equals(name)) {
                    found = true;
                    String text = new String(content, StandardCharsets.UTF_8);
                    content = change.apply(text).getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
            }
            if (!found) {
                out.putNextEntry(new ZipEntry(name));
                out.write("new".getBytes(StandardCharsets.UTF_8));
            }
        }
        return changed;
    }

    @Test
    void oneByteChangedInASignedJarIsNoticed() throws Exception {
        BindingJar jar = BindingJar.answering("flipped", "1.0.0", "x").text("note.txt", "stored");
        Path signed = SignedJar.of(write(jar), Files.createDirectory(folder.resolve("flipped")));
        byte[] bytes = Files.readAllBytes(signed);
        String latin1 = new String(bytes, StandardCharsets.ISO_8859_1);
        int manifest = latin1.indexOf("note.txt");
        bytes[manifest + "note.txt".length() + 2] ^= 1;
        Files.write(signed, bytes);
        assertThatThrownBy(() -> faulty.host().bindings().install(signed))
                .isInstanceOf(HostException.class);
    }

    @Test
    void aMillionEntriesAreCountedAndNotRead() throws IOException {
        Path jar = folder.resolve("million.jar");
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(jar), 1 << 20);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (int i = 0; i < 1_000_000; i++) {
                ZipEntry entry = new ZipEntry(Integer.toString(i, 36));
                entry.setSize(0);
                entry.setCrc(0);
                zip.putNextEntry(entry);
            }
        }
        refused(jar, "it has 1000000 entries; at most 50000 are allowed");
    }

    static Map<String, String> hostileCards() {
        String bomb =
                """
                a: &a [x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
                """;
        return Map.of(
                "a bomb of aliases", bomb,
                "an anchor", "type: &anchor text\n",
                "a merge key", "base: &base {x: 1}\nother: {<<: *base}\n",
                "a tag that names a class", "type: !!javax.script.ScriptEngineManager [x]\n",
                "a tag of its own", "type: !evil text\n",
                "a text of ten megabytes", "type: " + "x".repeat(10_000_000) + "\n",
                "a field twice", "version: 2.0.0\n",
                "a thousand brackets", "capabilities: " + "[".repeat(1000) + "\n",
                "a second document", "---\nid: other\n",
                "binary rubbish", "\u0000\u0001\u0002\n");
    }

    static java.util.List<String> hostileCardNames() {
        return hostileCards().keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("hostileCardNames")
    void aHostileCardIsRefusedWithASentence(String name) {
        String more = hostileCards().get(name);
        refused(
                write(
                        BindingJar.answering("card", "1.0.0", "x")
                                .text("config.yaml", BindingJar.card("card", "1.0.0", more))),
                "config.yaml");
    }

    @Test
    void aSettingOfAMegabyteIsKeptAndSentOnly() {
        BindingJar jar =
                BindingJar.of(
                                "large",
                                "1.0.0",
                                """
                                public List<String> listModels() { return List.of("m"); }
                                public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                                    return GenerationResult.of("" + context().config().string("note").length());
                                }
                                """)
                        .text(
                                "config.yaml",
                                BindingJar.card(
                                        "large", "1.0.0", "settings: [{name: note, type: str}]"));
        faulty.home().install(jar);
        faulty.home().configure("large", "note", "x".repeat(100_000));
        assertThat(faulty.home().ask("large/m")).isEqualTo("100000");
        assertThatThrownBy(() -> faulty.home().configure("large", "note", "x".repeat(1_000_000)))
                .isInstanceOf(RuntimeException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(1000));
        assertThat(faulty.home().ask("large/m")).isEqualTo("100000");
    }
}
