package dev.bindery.server.ollama;

import dev.bindery.host.ModelRouter;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.answer.Generating;
import dev.bindery.server.http.Access;
import dev.bindery.server.http.Api;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;

/** The endpoints of Ollama's API. */
public final class OllamaApi {
    /** The version of Ollama whose answers these were compared with; clients ask for it. */
    private static final String LEVEL = "0.24.0";

    private final GenerationEndpoints generation;
    private final EmbeddingEndpoints embedding;
    private final ModelEndpoints models;

    public OllamaApi(ModelRouter router, Calls calls, JsonBody bodies) {
        ModelNames names = new ModelNames(router);
        generation = new GenerationEndpoints(router, new Generating(router, calls), names, bodies);
        embedding = new EmbeddingEndpoints(router, calls, names, bodies);
        models = new ModelEndpoints(router, calls, names, bodies);
    }

    public Api api() {
        Routes.Builder routes = Routes.builder().get("/api/version", OllamaApi::version);
        generation.addTo(routes);
        embedding.addTo(routes);
        models.addTo(routes);
        return new Api("ollama", "/api/", Access.API_KEY, OllamaErrors.FORM, routes.build());
    }

    private static void version(Exchange exchange) {
        JsonText out = new JsonText().beginObject().field("version").text(LEVEL);
        exchange.send(200, Exchange.JSON, out.endObject().toBytes());
    }
}
