package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The models on disk: those that were pulled, and the operator's own. Reads the folders anew each
 * time, since other instances and processes put files there too. What a repository's file is called
 * begins with the repository's name. Any number of threads.
 */
final class ModelShelf {
    /** A file that only names another: the way of LoLLMs. */
    private static final String REFERENCE = ".reference";

    private static final long LONGEST_REFERENCE = 1 << 16;

    /** How far below the folder a pulled file may lie: owner, repository, folders, file. */
    private static final int DEPTH = 6;

    private final Path folder;
    private final List<Path> others;
    private final Catalogue catalogue;

    /**
     * @param folder where pulled models lie
     * @param others files and folders of the operator's own
     */
    ModelShelf(Path folder, List<Path> others, Catalogue catalogue) {
        this.folder = folder;
        this.others = List.copyOf(others);
        this.catalogue = catalogue;
    }

    /** All models that are there, by name. */
    Map<String, InstalledModel> installed() throws IOException {
        Map<String, InstalledModel> models = new TreeMap<>();
        for (Path file : modelFiles(folder)) {
            add(models, file, true);
        }
        for (Path file : hubFiles()) {
            add(models, hubName(file), file, true);
        }
        for (Path other : others) {
            List<Path> files = Files.isDirectory(other) ? modelFiles(other) : List.of(other);
            for (Path file : files) {
                add(models, file, false);
            }
        }
        return models;
    }

    /**
     * @throws BindingException MODEL_NOT_FOUND, naming what there is and what could be pulled
     */
    InstalledModel find(String name) throws IOException {
        Map<String, InstalledModel> models = installed();
        InstalledModel model = models.get(name);
        if (model != null) {
            return model;
        }
        if (catalogue.model(name).isPresent()) {
            throw BindingException.modelNotFound(
                    "the model %s is not here yet; pull it: bindery pull llamacpp/%s"
                            .formatted(name, name));
        }
        throw BindingException.modelNotFound(
                "there is no model %s; there are: %s"
                        .formatted(
                                name,
                                models.isEmpty() ? "none" : String.join(", ", models.keySet())));
    }

    void delete(String name) throws IOException {
        InstalledModel model = find(name);
        if (!model.own()) {
            throw BindingException.invalidRequest(
                    "%s is a file of your own, %s; take it out of model_paths, or remove the .reference file that names it"
                            .formatted(name, model.file()));
        }
        for (Path file : model.files()) {
            Files.deleteIfExists(file);
        }
        deleteEmptyFolders(model.file().getParent());
    }

    /** The folders of a repository whose last model went. */
    private void deleteEmptyFolders(@Nullable Path first) throws IOException {
        Path empty = first;
        while (empty != null && !empty.equals(folder) && modelFiles(empty).isEmpty()) {
            Files.delete(empty);
            empty = empty.getParent();
        }
    }

    private static List<Path> modelFiles(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
                all.forEach(files::add);
            }
        }
        files.sort(null);
        return files;
    }

    /** What was pulled from repositories: OWNER/REPOSITORY/FILE. */
    private List<Path> hubFiles() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            return all.filter(file -> folder.relativize(file).getNameCount() > 2).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private String hubName(Path file) {
        Path place = folder.relativize(file);
        Path inside = place.subpath(2, place.getNameCount());
        return "%s/%s:%s"
                .formatted(
                        place.getName(0),
                        place.getName(1),
                        String.join(
                                "/",
                                StreamSupport.stream(inside.spliterator(), false)
                                        .map(Path::toString)
                                        .toList()));
    }

    private static void add(Map<String, InstalledModel> models, Path file, boolean own) {
        String name = String.valueOf(file.getFileName());
        if (name.toLowerCase(Locale.ROOT).endsWith(REFERENCE)) {
            String stem = name.substring(0, name.length() - REFERENCE.length());
            referred(file)
                    .ifPresent(to ->
                            add(models, ModelFiles.stem(stem) + ModelFiles.ENDING, to, false));
        } else {
            add(models, name, file, own);
        }
    }

    private static void add(
            Map<String, InstalledModel> models, String name, Path file, boolean own) {
        boolean hidden = String.valueOf(file.getFileName()).startsWith(".");
        if (ModelFiles.isFirst(name) && !hidden && Files.isRegularFile(file)) {
            String stem = ModelFiles.stem(name);
            models.putIfAbsent(stem, new InstalledModel(stem, file, own));
        }
    }

    private static Optional<Path> referred(Path reference) {
        try {
            String path =
                    Files.size(reference) > LONGEST_REFERENCE
                            ? ""
                            : Files.readString(reference).strip();
            return path.isEmpty() ? Optional.empty() : Optional.of(reference.resolveSibling(path));
        } catch (IOException | InvalidPathException _) {
            return Optional.empty();
        }
    }
}
