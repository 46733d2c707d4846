package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.PackageManager;
import dev.bindery.api.ProgressListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The models on disk: those that were pulled, and the operator's own. Reads the folders anew each
 * time, since other instances and processes put files there too. Any number of threads.
 */
final class ModelShelf {
    private static final String ENDING = ".gguf";

    /** The later files of a model in several, and what only goes beside a model. */
    private static final Pattern NO_MODEL =
            Pattern.compile(".*-(?!00001)\\d{5}-of-\\d{5}|mmproj.*", Pattern.CASE_INSENSITIVE);

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
                    "the model %s is not here yet; pull it: bindery models pull llamacpp/%s"
                            .formatted(name, name));
        }
        throw BindingException.modelNotFound(
                "there is no model %s; there are: %s"
                        .formatted(
                                name,
                                models.isEmpty() ? "none" : String.join(", ", models.keySet())));
    }

    /** Fetches the model from the first of its sources that has it. */
    void pull(String name, PackageManager packages, ProgressListener listener) {
        CatalogueModel model =
                catalogue
                        .model(name)
                        .orElseThrow(() -> BindingException.modelNotFound(notInCatalogue(name)));
        List<BindingException> failures = new ArrayList<>();
        for (URI source : model.sources()) {
            try {
                packages.download(source, model.sha256(), folder.resolve(name + ENDING), listener);
                return;
            } catch (BindingException e) {
                if (e.code().equals(ErrorCode.CANCELLED)) {
                    throw e;
                }
                failures.add(e);
            }
        }
        throw noSource(model, failures);
    }

    void delete(String name) throws IOException {
        InstalledModel model = find(name);
        if (!model.own()) {
            throw BindingException.invalidRequest(
                    "%s is a file of your own, %s; take it out of model_paths instead"
                            .formatted(name, model.file()));
        }
        Files.deleteIfExists(model.file());
    }

    private BindingException noSource(CatalogueModel model, List<BindingException> failures) {
        String reasons =
                String.join("; ", failures.stream().map(BindingException::getMessage).toList());
        BindingException exception =
                new BindingException(
                        failures.getLast().code(),
                        "no source of %s could be used: %s. Or put the file at %s yourself."
                                .formatted(
                                        model.name(),
                                        reasons,
                                        folder.resolve(model.name() + ENDING)));
        failures.forEach(exception::addSuppressed);
        return exception;
    }

    private String notInCatalogue(String name) {
        return "%s cannot be pulled; there can be: %s. Put GGUF files of your own into %s"
                .formatted(
                        name,
                        String.join(
                                ", ",
                                catalogue.models().stream().map(CatalogueModel::name).toList()),
                        folder);
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

    private static void add(Map<String, InstalledModel> models, Path file, boolean own) {
        String name = String.valueOf(file.getFileName());
        if (!name.toLowerCase(Locale.ROOT).endsWith(ENDING) || !Files.isRegularFile(file)) {
            return;
        }
        String stem = name.substring(0, name.length() - ENDING.length());
        if (!stem.startsWith(".") && !NO_MODEL.matcher(stem).matches()) {
            models.putIfAbsent(stem, new InstalledModel(stem, file, own));
        }
    }
}
