package dev.bindery.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.ContractVersion;
import dev.bindery.api.LlmBinding;
import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.model.JApiChangeStatus;
import japicmp.model.JApiClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was compiled against a release of the contract goes on working, and compiling. When a
 * release is made, the build leaves its text in {@code target/contract.txt}, to be kept beside the
 * others.
 */
class ContractCompatibilityTest {
    private static final Path RELEASE =
            Path.of("src/test/resources/dev/bindery/compatibility/contract-1.0.txt");

    @TempDir Path folder;

    @Test
    void nothingThatTheReleaseOfferedIsGone() throws Exception {
        assertThat(broken(Files.readAllLines(RELEASE), now()))
                .as("what breaks bindings that were built against 1.0")
                .isEmpty();
    }

    @Test
    void theContractOfThisVersionIsTheReleasesOwn() throws Exception {
        Files.write(Path.of("target/contract.txt"), now());

        if (ContractVersion.CURRENT.equals("1.0")) {
            assertThat(now())
                    .as("the contract grew: it is not 1.0 any more")
                    .isEqualTo(Files.readAllLines(RELEASE));
        }
    }

    @Test
    void aMethodThatIsGoneIsSeen() throws Exception {
        List<String> fewer = new ArrayList<>(now());
        assertThat(fewer.removeIf(line -> line.contains("\tdetokenize\t"))).isTrue();

        assertThat(broken(now(), fewer))
                .anySatisfy(found -> assertThat(found).contains("LlmBinding", "detokenize"));
    }

    @Test
    void anAbstractMethodMoreIsSeen() throws Exception {
        List<String> more = new ArrayList<>(now());
        int models = more.indexOf(line(more, "dev/bindery/api/Models"));
        more.add(models + 1, "method\t401\trerank\t()V\t-\t-");

        assertThat(broken(now(), more))
                .anySatisfy(found -> assertThat(found).contains("Models", "rerank"));
    }

    private static String line(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith("class\t") && line.split("\t", -1)[2].equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The contract as it was just built. */
    private static List<String> now() throws Exception {
        return Signatures.of(
                Path.of(
                        LlmBinding.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI()));
    }

    private List<String> broken(List<String> before, List<String> after) throws Exception {
        Path old = folder.resolve("old.jar");
        Path young = folder.resolve("new.jar");
        SignatureClasses.write(before, old);
        SignatureClasses.write(after, young);
        JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
        options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
        return new JarArchiveComparator(options)
                        .compare(
                                new JApiCmpArchive(old.toFile(), "before"),
                                new JApiCmpArchive(young.toFile(), "after"))
                        .stream()
                        .filter(one -> one.getChangeStatus() != JApiChangeStatus.UNCHANGED)
                        .filter(one -> !one.isBinaryCompatible() || !one.isSourceCompatible())
                        .map(ContractCompatibilityTest::told)
                        .toList();
    }

    private static String told(JApiClass found) {
        List<String> members = new ArrayList<>();
        found.getMethods().stream()
                .filter(method -> !method.isBinaryCompatible() || !method.isSourceCompatible())
                .forEach(method -> members.add(method + " " + method.getCompatibilityChanges()));
        found.getConstructors().stream()
                .filter(made -> !made.isBinaryCompatible() || !made.isSourceCompatible())
                .forEach(made -> members.add(made + " " + made.getCompatibilityChanges()));
        found.getFields().stream()
                .filter(field -> !field.isBinaryCompatible() || !field.isSourceCompatible())
                .forEach(field -> members.add(field + " " + field.getCompatibilityChanges()));
        return "%s %s %s"
                .formatted(found.getFullyQualifiedName(), found.getCompatibilityChanges(), members);
    }
}
