package dev.bindery.host.instance;

import dev.bindery.host.checkpoint.Checkpoint;
import dev.bindery.host.document.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the file of an instance and its secrets as one. The new secrets are laid beside the old
 * ones first, under a name with the digest of the file that they belong to; replacing that file
 * decides, and they take their place after it. Whoever finds some beside puts them in place where
 * the file is theirs, and else deletes them. Not for several threads.
 */
final class PairedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PairedFiles.class);
    private static final Pattern ASIDE = Pattern.compile("(.+)\\.([0-9a-f]{64})\\.next");

    private final Path folder;
    private final SecretStore secrets;

    PairedFiles(Path folder, SecretStore secrets) {
        this.folder = folder;
        this.secrets = secrets;
    }

    /**
     * Writes both.
     *
     * @param text of the instance's file
     * @throws IOException when one of them cannot be written; nothing has changed then
     */
    void write(String instance, String text, Secrets wanted) throws IOException {
        if (wanted.equals(secrets.read(instance))) {
            replace(file(instance), text);
        } else {
            replace(instance, text, secrets.text(instance, wanted));
        }
    }

    /** Deletes both. */
    void delete(String instance) throws IOException {
        if (Files.exists(secrets.file(instance))) {
            replace(instance, "", "");
        } else {
            replace(file(instance), "");
        }
    }

    private void replace(String instance, String text, String secretText) throws IOException {
        Path aside = aside(instance, digest(text.getBytes(StandardCharsets.UTF_8)));
        AtomicFiles.writeSecret(aside, secretText);
        Checkpoint.SECRETS_WRITTEN.reached();
        boolean decided = false;
        try {
            replace(file(instance), text);
            decided = true;
        } finally {
            if (!decided) {
                Files.deleteIfExists(aside);
            }
        }
        place(aside, instance);
    }

    private void replace(Path file, String text) throws IOException {
        if (text.isEmpty()) {
            Files.deleteIfExists(file);
            AtomicFiles.forceFolder(folder);
        } else {
            AtomicFiles.write(file, text);
        }
        Checkpoint.INSTANCE_WRITTEN.reached();
    }

    private void place(Path aside, String instance) throws IOException {
        if (Files.size(aside) == 0) {
            Files.deleteIfExists(secrets.file(instance));
            Files.delete(aside);
        } else {
            AtomicFiles.move(aside, secrets.file(instance));
        }
        Checkpoint.SECRETS_PLACED.reached();
    }

    /** Ends what a host that ended suddenly has begun; before anything is read. */
    void finish() {
        Path asides = secrets.folder();
        if (!Files.isDirectory(asides)) {
            return;
        }
        AtomicFiles.sweep(asides);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(asides, "*.next")) {
            for (Path aside : found) {
                finish(aside);
            }
        } catch (IOException e) {
            LOG.warn(
                    "a change of secrets that was broken off cannot be ended: {}; it is tried again at the next start",
                    e.toString());
        }
    }

    private void finish(Path aside) throws IOException {
        Matcher name = ASIDE.matcher(aside.getFileName().toString());
        if (!name.matches()) {
            return;
        }
        Path file = file(name.group(1));
        byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        if (digest(content).equals(name.group(2))) {
            place(aside, name.group(1));
        } else {
            Files.delete(aside);
        }
    }

    private Path file(String instance) {
        return folder.resolve(instance + ".yaml");
    }

    private Path aside(String instance, String digest) {
        return secrets.file(instance).resolveSibling(instance + "." + digest + ".next");
    }

    private static String digest(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
