package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.PackageManager;
import dev.bindery.api.ProgressListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches models: those of the catalogue by their name, others by that of a repository and a file.
 *
 * @param folder where they go
 * @param hubUrl where repositories are
 * @param hubToken of an account there; empty for none
 */
record Pulls(Catalogue catalogue, Path folder, String hubUrl, String hubToken) {
    void pull(String name, PackageManager packages, ProgressListener listener) throws IOException {
        if (catalogue.model(name).isPresent()) {
            pull(catalogue.model(name).get(), packages, listener);
            return;
        }
        HubName file =
                HubName.of(name).orElseThrow(() -> BindingException.modelNotFound(unknown(name)));
        try (Hub hub = new Hub(hubUrl, hubToken, listener.cancellation())) {
            new HubPull(hub, folder, packages, listener).pull(file);
        }
    }

    /** From the first of its sources that has it. */
    private void pull(CatalogueModel model, PackageManager packages, ProgressListener listener) {
        List<BindingException> failures = new ArrayList<>();
        for (URI source : model.sources()) {
            try {
                packages.download(source, model.sha256(), place(model), listener);
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

    private Path place(CatalogueModel model) {
        return folder.resolve(model.name() + ModelFiles.ENDING);
    }

    private BindingException noSource(CatalogueModel model, List<BindingException> failures) {
        String reasons =
                String.join("; ", failures.stream().map(BindingException::getMessage).toList());
        BindingException exception =
                new BindingException(
                        failures.getLast().code(),
                        "no source of %s could be used: %s. Or put the file at %s yourself."
                                .formatted(model.name(), reasons, place(model)));
        failures.forEach(exception::addSuppressed);
        return exception;
    }

    private String unknown(String name) {
        return "%s cannot be pulled; there can be %s, and any GGUF file of Hugging Face as hf.co/OWNER/REPOSITORY:FILE. Put GGUF files of your own into %s"
                .formatted(
                        name,
                        String.join(
                                ", ",
                                catalogue.models().stream().map(CatalogueModel::name).toList()),
                        folder);
    }
}
