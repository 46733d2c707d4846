package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.LoadedModel;
import java.time.Duration;
import java.util.List;

/** Frees the models of an endpoint that have had no call for longer than they are to be kept. */
final class IdleModels {
    private final Endpoint endpoint;
    private final ModelUse use;

    IdleModels(Endpoint endpoint, ModelUse use) {
        this.endpoint = endpoint;
        this.use = use;
    }

    void free(FreedModels heard) {
        long seen = System.nanoTime();
        List<String> loaded =
                endpoint.loadedModels().orElse(List.of()).stream().map(LoadedModel::name).toList();
        use.leaving(loaded, seen).forEach((model, idle) -> free(model, idle, heard));
    }

    private void free(String model, Duration idle, FreedModels heard) {
        boolean done = false;
        try {
            done = endpoint.destroy(model);
        } catch (BindingException e) {
            heard.kept(model, e);
        } finally {
            if (done) {
                use.freed(model);
            } else {
                use.kept(model);
            }
        }
        if (done) {
            heard.freed(model, idle);
        }
    }
}
