package dev.bindery.binding.llamacpp;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a repository of models: {@code owner/repo:path}. As a model's name it has no {@code
 * .gguf} at its end.
 *
 * @param repository {@code owner/repo}
 * @param path of the file in it, or what its name ends with, such as a quantisation
 */
record HubName(String repository, String path) {
    private static final String PART = "[A-Za-z0-9][A-Za-z0-9._-]*";

    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(?:https?://)?(?:hf\\.co|huggingface\\.co)/)?(%s/%s)(?::(%s(?:/%s)*))?"
                            .formatted(PART, PART, PART, PART));

    static Optional<HubName> of(String name) {
        Matcher form = FORM.matcher(name);
        return form.matches()
                ? Optional.of(
                        new HubName(form.group(1), Optional.ofNullable(form.group(2)).orElse("")))
                : Optional.empty();
    }

    /** Whether it names a file, and not only what to look for. */
    boolean isFile() {
        return ModelFiles.isModel(path);
    }

    HubName file(String other) {
        return new HubName(repository, other);
    }

    /** What the model is called once it is here. */
    String model() {
        return repository + ":" + ModelFiles.stem(path);
    }

    /** Where the file lies under the folder of pulled models. */
    Path in(Path folder) {
        return folder.resolve(repository).resolve(path);
    }

    /** The one of those files that is meant; empty when none is, or several are. */
    Optional<String> among(List<String> files) {
        List<String> exact = files.stream().filter(this::isExactly).toList();
        List<String> fitting = exact.isEmpty() ? files.stream().filter(this::ends).toList() : exact;
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private boolean isExactly(String file) {
        return !path.isEmpty() && ModelFiles.stem(file).equalsIgnoreCase(path);
    }

    private boolean ends(String file) {
        String whole = ModelFiles.withoutPart(ModelFiles.stem(file)).toLowerCase(Locale.ROOT);
        String end = path.toLowerCase(Locale.ROOT);
        return path.isEmpty() || whole.endsWith("-" + end) || whole.endsWith("." + end);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? repository : repository + ":" + path;
    }
}
