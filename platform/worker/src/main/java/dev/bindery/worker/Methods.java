package dev.bindery.worker;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Health;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.TokenCount;
import dev.bindery.host.protocol.ConfigCodec;
import dev.bindery.host.protocol.EmbeddingCodec;
import dev.bindery.host.protocol.JsonTree;
import dev.bindery.host.protocol.ModelCodec;
import dev.bindery.host.protocol.RequestCodec;
import dev.bindery.host.protocol.ResultCodec;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The methods of the contract by their names in the protocol. */
final class Methods {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Map<String, Method> OF_LIFE =
            Map.of(
                    "install", Methods::install,
                    "uninstall", Methods::uninstall,
                    "start", Methods::start,
                    "stop", Methods::stop);

    private static final Map<String, OnBinding> OF_BINDING =
            Map.ofEntries(
                    Map.entry("settingsUpdated", Methods::settingsUpdated),
                    Map.entry("health", (binding, _) -> health(binding.health())),
                    Map.entry("listModels", (binding, _) -> texts(binding.listModels())),
                    Map.entry("availableModels", Methods::availableModels),
                    Map.entry("buildModel", Methods::buildModel),
                    Map.entry("destroyModel", Methods::destroyModel),
                    Map.entry("loadedModels", Methods::loadedModels),
                    Map.entry("pullModel", Methods::pullModel),
                    Map.entry("deleteModel", Methods::deleteModel),
                    Map.entry("generate", Methods::generate),
                    Map.entry("embed", Methods::embed),
                    Map.entry("tokenize", Methods::tokenize),
                    Map.entry("detokenize", Methods::detokenize),
                    Map.entry("countTokens", Methods::countTokens),
                    Map.entry("execute", Methods::execute));

    private Methods() {}

    static List<String> names() {
        return Stream.concat(OF_LIFE.keySet().stream(), OF_BINDING.keySet().stream())
                .sorted()
                .toList();
    }

    /** Calls a method; what it returns is the answer's result. */
    static JsonNode call(String name, Tenant tenant, RunningCall call) throws Exception {
        Method ofLife = OF_LIFE.get(name);
        if (ofLife != null) {
            return ofLife.call(tenant, call);
        }
        OnBinding method = OF_BINDING.get(name);
        if (method == null) {
            throw BindingException.unsupported("there is no method " + name);
        }
        return method.call(tenant.binding(), call);
    }

    private static JsonNode install(Tenant tenant, RunningCall call) throws Exception {
        tenant.load(call.arguments()).install();
        return NODES.nullNode();
    }

    private static JsonNode uninstall(Tenant tenant, RunningCall call) throws Exception {
        tenant.load(call.arguments()).uninstall();
        return NODES.nullNode();
    }

    private static JsonNode start(Tenant tenant, RunningCall call) throws Exception {
        LlmBinding binding = tenant.load(call.arguments());
        binding.start(binding.context());
        return NODES.nullNode();
    }

    private static JsonNode stop(Tenant tenant, RunningCall call) throws Exception {
        tenant.stop();
        return NODES.nullNode();
    }

    private static JsonNode settingsUpdated(LlmBinding binding, RunningCall call) throws Exception {
        return NODES.booleanNode(
                binding.settingsUpdated(ConfigCodec.decode(call.arguments().object("config"))));
    }

    private static JsonNode availableModels(LlmBinding binding, RunningCall call) throws Exception {
        return array(whole(binding.availableModels(), "availableModels"), ModelCodec::encode);
    }

    private static JsonNode buildModel(LlmBinding binding, RunningCall call) throws Exception {
        binding.buildModel(call.arguments().textIf("model").orElse(null));
        return NODES.nullNode();
    }

    private static JsonNode destroyModel(LlmBinding binding, RunningCall call) throws Exception {
        binding.destroyModel(call.arguments().text("model"));
        return NODES.nullNode();
    }

    private static JsonNode loadedModels(LlmBinding binding, RunningCall call) throws Exception {
        return array(whole(binding.loadedModels(), "loadedModels"), ModelCodec::encode);
    }

    private static JsonNode pullModel(LlmBinding binding, RunningCall call) throws Exception {
        binding.pullModel(call.arguments().text("model"), call.listener());
        return NODES.nullNode();
    }

    private static JsonNode deleteModel(LlmBinding binding, RunningCall call) throws Exception {
        binding.deleteModel(call.arguments().text("model"));
        return NODES.nullNode();
    }

    private static JsonNode generate(LlmBinding binding, RunningCall call) throws Exception {
        return ResultCodec.encode(
                whole(binding.generate(request(call), call.callback()), "generate"), call);
    }

    private static JsonNode embed(LlmBinding binding, RunningCall call) throws Exception {
        EmbeddingRequest request = EmbeddingCodec.request(call.arguments(), call.cancellation());
        call.granted(request.retries());
        return EmbeddingCodec.encode(whole(binding.embed(request), "embed"));
    }

    private static JsonNode tokenize(LlmBinding binding, RunningCall call) throws Exception {
        WireReader arguments = call.arguments();
        ArrayNode tokens = NODES.arrayNode();
        for (int token :
                whole(
                        binding.tokenize(arguments.text("model"), arguments.text("text")),
                        "tokenize")) {
            tokens.add(token);
        }
        return tokens;
    }

    private static JsonNode detokenize(LlmBinding binding, RunningCall call) throws Exception {
        WireReader arguments = call.arguments();
        int[] tokens = arguments.intsIf("tokens").orElseGet(() -> new int[0]);
        return NODES.stringNode(
                whole(binding.detokenize(arguments.text("model"), tokens), "detokenize"));
    }

    private static JsonNode countTokens(LlmBinding binding, RunningCall call) throws Exception {
        TokenCount count = whole(binding.countTokens(request(call)), "countTokens");
        return new WireObject()
                .whole("tokens", count.tokens())
                .truth("exact", count.exact())
                .node();
    }

    private static JsonNode execute(LlmBinding binding, RunningCall call) throws Exception {
        WireReader arguments = call.arguments();
        return JsonTree.encode(
                whole(
                        binding.execute(
                                arguments.text("command"),
                                arguments.jsonObject("arguments").fields(),
                                call.listener()),
                        "execute"));
    }

    private static GenerationRequest request(RunningCall call) {
        GenerationRequest request =
                RequestCodec.decode(call.arguments(), call.blobs(), call.cancellation());
        call.granted(request.retries());
        return request;
    }

    private static JsonNode health(Health health) {
        return new WireObject()
                .text("status", health.status())
                .text("reason", health.reason())
                .node();
    }

    private static JsonNode texts(List<String> texts) {
        return array(whole(texts, "listModels"), NODES::stringNode);
    }

    private static <T> JsonNode array(Collection<T> values, Function<T, JsonNode> encode) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(encode.apply(value)));
        return array;
    }

    private static <T> T whole(@Nullable T value, String method) {
        return Objects.requireNonNull(value, () -> method + " returned null");
    }

    /** A method of the life of a binding. */
    @FunctionalInterface
    private interface Method {
        JsonNode call(Tenant tenant, RunningCall call) throws Exception;
    }

    /** A method of a binding that is there. */
    @FunctionalInterface
    private interface OnBinding {
        JsonNode call(LlmBinding binding, RunningCall call) throws Exception;
    }
}
