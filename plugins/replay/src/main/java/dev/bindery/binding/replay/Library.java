package dev.bindery.binding.replay;

import dev.bindery.api.BindingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of recordings, one file for each call. People may rename, edit and delete files at any
 * time: a recording is found by the request in it. Free for all threads.
 */
final class Library {
    private final Path folder;
    private final List<String> ignored;
    private final Consumer<String> complaints;
    private final Map<Path, Entry> read = new ConcurrentHashMap<>();

    /**
     * @param ignored fields of a request that make no other call of it
     * @param complaints hears of files that are no recordings
     */
    Library(Path folder, List<String> ignored, Consumer<String> complaints) {
        this.complaints = complaints;
        this.folder = folder;
        this.ignored = List.copyOf(ignored);
    }

    /** A file as it was read; without a question when it is no recording. */
    private record Entry(FileTime time, long size, Optional<Question> question) {}

    MediaShelf media() {
        return new MediaShelf(folder.resolve("media"));
    }

    Question question(ObjectNode asked) {
        return Question.of(asked, ignored);
    }

    /** The recording of that question. */
    Optional<Recording> find(Question question) {
        Path usual = folder.resolve(question.fileName());
        if (Files.exists(usual)) {
            Recording recording = Recording.read(usual);
            if (recording.question(ignored).key().equals(question.key())) {
                return Optional.of(recording);
            }
        }
        return place(question).map(Recording::read);
    }

    /** Where it is, whatever the file's name. */
    private Optional<Path> place(Question question) {
        String key = question.key();
        return all().entrySet().stream()
                .filter(entry -> entry.getValue().key().equals(key))
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder());
    }

    /** Puts a recording in the place of that of the same question. */
    void keep(Question question, ObjectNode content) throws IOException {
        Path file = place(question).orElse(folder.resolve(question.fileName()));
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".part", "");
        Files.write(part, new Recording(file, content).bytes());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The models that something is recorded of. */
    List<String> models() {
        TreeSet<String> models = new TreeSet<>();
        all().values().forEach(question -> models.add(question.model()));
        return List.copyOf(models);
    }

    /** Why there is no answer: what came nearest, and where it differs. */
    BindingException miss(Question question) {
        Map<Path, Question> all = all();
        String what =
                "no recording of this call (%s of %s)".formatted(question.kind(), question.model());
        String why =
                all.entrySet().stream()
                        .filter(entry -> entry.getValue().kind().equals(question.kind()))
                        .map(entry -> new Near(entry.getKey(), entry.getValue(), question))
                        .min(Comparator.comparingDouble(Near::distance))
                        .map(near ->
                                "; nearest is %s, which differs in %s"
                                        .formatted(
                                                near.file().getFileName(),
                                                Difference.text(near.differences())))
                        .orElse(", nor of any other of its kind, among %d".formatted(all.size()));
        return BindingException.modelNotFound(
                what + why + "; to record it, set mode to auto or record and ask again");
    }

    /**
     * A recording beside what is asked.
     *
     * @param differences where they differ
     */
    private record Near(Path file, List<Difference> differences) {
        Near(Path file, Question recorded, Question asked) {
            this(file, Difference.between(recorded.compared(), asked.compared()));
        }

        double distance() {
            return differences.stream().mapToDouble(Difference::weight).sum();
        }
    }

    /** What is in the folder now; files that were read already are not read again. */
    private Map<Path, Question> all() {
        Map<Path, Question> all = new TreeMap<>();
        List<Path> files = files();
        for (Path file : files) {
            entry(file).flatMap(Entry::question).ifPresent(found -> all.put(file, found));
        }
        read.keySet().retainAll(files);
        return all;
    }

    /** What was read of a file, or is read now; empty when it is gone. */
    private Optional<Entry> entry(Path file) {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            Entry known = read.get(file);
            if (known == null || !known.time().equals(time) || known.size() != size) {
                known = new Entry(time, size, question(file));
                read.put(file, known);
            }
            return Optional.of(known);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private Optional<Question> question(Path file) {
        try {
            return Optional.of(Recording.read(file).question(ignored));
        } catch (UncheckedIOException | UnreadableException e) {
            complaints.accept("a recording is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
