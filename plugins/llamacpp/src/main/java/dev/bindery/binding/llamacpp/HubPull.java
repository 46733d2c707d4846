package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.PackageManager;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Fetches a model from a repository: every file of it, the first one last, so that the model is
 * there when it is whole. A file gets its name when it is known to be GGUF.
 */
final class HubPull {
    private final Hub hub;
    private final Path folder;
    private final PackageManager packages;
    private final ProgressListener listener;

    HubPull(Hub hub, Path folder, PackageManager packages, ProgressListener listener) {
        this.hub = hub;
        this.folder = folder;
        this.packages = packages;
        this.listener = listener;
    }

    private record Part(HubName name, Hub.Found found) {
        long size() {
            return found.size().orElse(0);
        }
    }

    /** What the model is called now that it is here. */
    String pull(HubName asked) throws IOException {
        HubName first = first(asked);
        List<Part> parts = new ArrayList<>();
        for (String path : ModelFiles.all(first.path())) {
            HubName name = first.file(path);
            parts.addFirst(new Part(name, hub.find(name)));
        }
        boolean known = parts.stream().allMatch(part -> part.found().size().isPresent());
        OptionalLong total =
                known
                        ? OptionalLong.of(parts.stream().mapToLong(Part::size).sum())
                        : OptionalLong.empty();
        long done = 0;
        for (Part part : parts) {
            fetch(part, new Offset(listener, done, total));
            done += part.size();
        }
        listener.progress(Progress.of("here as " + first.model()));
        return first.model();
    }

    private HubName first(HubName asked) {
        if (asked.isFile()) {
            return asked.file(ModelFiles.all(asked.path()).getFirst());
        }
        List<String> models = hub.models(asked);
        return asked.file(
                asked.among(models)
                        .orElseThrow(() -> BindingException.modelNotFound(choice(asked, models))));
    }

    private static String choice(HubName asked, List<String> models) {
        return models.isEmpty()
                ? "%s has no GGUF file; look for a repository that has"
                        .formatted(asked.repository())
                : "%s does not name one file; say which, as %s:FILE. There are: %s"
                        .formatted(asked, asked.repository(), String.join(", ", models));
    }

    private void fetch(Part part, ProgressListener heard) throws IOException {
        Path place = part.name().in(folder);
        if (isThere(place, part.found())) {
            return;
        }
        Path parent = Objects.requireNonNull(place.getParent());
        Path beside = parent.resolve(".pulled-" + place.getFileName());
        packages.download(
                part.found().address(), part.found().sha256().orElse(null), beside, heard);
        try {
            GgufHeader.of(beside);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "%s is no model that can be used here: %s"
                            .formatted(part.name(), e.getMessage()),
                    e);
        }
    }

    private static boolean isThere(Path place, Hub.Found found) throws IOException {
        return Files.isRegularFile(place)
                && found.sha256().isPresent()
                && found.size().orElse(Files.size(place)) == Files.size(place)
                && found.sha256().get().equals(sha256(place));
    }

    private static String sha256(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(
                        Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Tells of one file's progress as a part of all. */
    private record Offset(ProgressListener to, long before, OptionalLong total)
            implements ProgressListener {
        @Override
        public void progress(Progress progress) {
            to.progress(
                    new Progress(
                            progress.status(),
                            before + progress.completed(),
                            total.isPresent() ? total : progress.total()));
        }

        @Override
        public Cancellation cancellation() {
            return to.cancellation();
        }
    }
}
