package dev.bindery.server.ollama;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Fields;

/**
 * Names of models as Ollama's clients write them: a name without a tag and the same with {@code
 * :latest} are one. Safe for all threads.
 */
final class ModelNames {
    static final String NOT_FOUND = "model '%s' not found";
    static final String NOT_FOUND_TO_EMBED = "model \"%s\" not found, try pulling it first";
    private static final String LATEST = ":latest";

    private final ModelRouter router;

    ModelNames(ModelRouter router) {
        this.router = router;
    }

    /** The name as Ollama lists it: with a tag, always. */
    static String tagged(String name) {
        return isTagged(name) ? name : name + LATEST;
    }

    private static boolean isTagged(String name) {
        return name.indexOf(':', name.lastIndexOf('/') + 1) >= 0;
    }

    /** The name that a request gives, under today's field or the older one; empty for none. */
    static String asked(Fields body) {
        String today = textOf(body, "model");
        String older = textOf(body, "name");
        return today.isEmpty() ? older : today;
    }

    private static String textOf(Fields body, String field) {
        String text = body.text(field);
        return text == null ? "" : text;
    }

    /** As {@link #asked}, for endpoints that refuse a request without a name. */
    static String required(Fields body) {
        String asked = asked(body);
        if (asked.isEmpty()) {
            throw Refusal.invalid("model is required").about("model");
        }
        return asked;
    }

    /**
     * The model of that name.
     *
     * @param notFound what is said where there is none
     */
    AskedModel find(String asked, String notFound) {
        Refusal unknown =
                Refusal.of(404, ErrorCode.MODEL_NOT_FOUND.name(), notFound.formatted(asked));
        if (asked.isEmpty()) {
            throw unknown;
        }
        String name = known(asked);
        try {
            return new AskedModel(asked, name, router.resolve(name));
        } catch (BindingException e) {
            throw e.code().equals(ErrorCode.MODEL_NOT_FOUND) ? unknown : e;
        }
    }

    /** The name as the host knows it, of a model that need not be there yet. */
    String known(String asked) {
        if (asked.endsWith(LATEST)) {
            return isListed(asked) ? asked : asked.substring(0, asked.length() - LATEST.length());
        }
        return !isTagged(asked) && !isServed(asked) && isListed(asked + LATEST)
                ? asked + LATEST
                : asked;
    }

    /** Some bindings list tags of their own. */
    private boolean isListed(String name) {
        return router.models().stream().anyMatch(model -> isNameOf(name, model));
    }

    static boolean isNameOf(String name, ServedModel model) {
        return model.id().equals(name) || model.info().name().equals(name);
    }

    private boolean isServed(String name) {
        try {
            router.resolve(name);
            return true;
        } catch (BindingException e) {
            return !e.code().equals(ErrorCode.MODEL_NOT_FOUND);
        } catch (Refusal e) {
            // A key that is limited to some models does not learn of this one.
            return false;
        }
    }
}
